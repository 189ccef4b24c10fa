using System.Globalization;

namespace SafetyCampaign.Campaigns;

/// <summary>
/// The order in which names of people and of schools are listed, the same on every page, in every language of the interface and on every
/// database: Chinese names by pinyin as Unicode's collation (CLDR) has it, those of one sound by tone and strokes, names in other scripts
/// behind them, seat numbers by their value. A character with several sounds stands at its most frequent one, so 单 and 解 are not where
/// their families would look first.
/// </summary>
public sealed class NameOrder : IComparer<string>
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
    public int Compare(string? x, string? y) =>
        collation.Compare(x, y, CompareOptions.NumericOrdering) is var order and not 0 ? order : string.CompareOrdinal(x, y);
}
