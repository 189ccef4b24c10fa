using System.Globalization;
using System.Text.RegularExpressions;

namespace SafetyCampaign.Campaigns;

/// <summary>
/// The order in which names of people and of schools are listed, the same on every page, in every language of the interface and on every
/// database: Chinese names by pinyin as Unicode's collation (CLDR) has it, those of one sound by tone and strokes, names in other scripts
/// behind them, seat numbers by their value. A character with several sounds stands at its most frequent one, so 单 and 解 are not where
/// their families would look first. What is numbered in Chinese goes by its number: 第二小学 before 第十小学.
/// </summary>
public sealed partial class NameOrder : IComparer<string>
{
    private readonly CompareInfo collation = InterfaceLanguages.Default.Culture.CompareInfo;

    private NameOrder()
    {
    }

    /// <summary>The one order.</summary>
    public static NameOrder Instance { get; } = new();

    /// <summary>Names that differ never compare as equal, so that a list has one order only.</summary>
    /// <param name="x">In its stored form, see <see cref="PersonName"/>.</param>
    /// <param name="y">In its stored form.</param>
    public int Compare(string? x, string? y)
    {
        var order = collation.Compare(InDigits(x), InDigits(y), CompareOptions.NumericOrdering);
        return order != 0 ? order : string.CompareOrdinal(x, y);
    }

    private static string? InDigits(string? name) => name is null || !name.Contains(Ordinal)
        ? name
        : Numbered().Replace(name, match => ChineseNumerals.Read(match.Value)?.ToString(CultureInfo.InvariantCulture) ?? match.Value);

    private const char Ordinal = '第';

    [GeneratedRegex("(?<=第)[一二三四五六七八九十百]+")]
    private static partial Regex Numbered();
}
