using System.Globalization;
using System.Text.RegularExpressions;

namespace SafetyCampaign.Campaigns;

/// <summary>A language that an organizer may choose for a translation.</summary>
/// <param name="Tag">BCP 47.</param>
/// <param name="Name">In the language itself.</param>
/// <param name="Direction">How its script is written.</param>
public sealed record TranslationLanguage(string Tag, string Name, TextDirection Direction = TextDirection.LeftToRight);

/// <summary>
/// Languages into which a pledge text may be translated: those offered by name, written in China with a script of their
/// own or spoken by many pupils' families, and any other by its tag.
/// </summary>
public static partial class TranslationLanguages
{
    /// <summary>Of a tag, in characters (RFC 5646, 4.4.1: 35 hold every tag without extensions).</summary>
    public const int TagMaxLength = 35;

    /// <summary>Offered by name: the other languages of the interface, then those of China.</summary>
    public static IReadOnlyList<TranslationLanguage> Offered { get; } =
    [
        .. InterfaceLanguages.OfTheProduct.Skip(1)
            .Select(language => new TranslationLanguage(language.Tag, language.Name, language.Direction)),
        new("ug", "ئۇيغۇرچە", TextDirection.RightToLeft),
        new("bo", "བོད་ཡིག"),
        new("mn-Mong", "ᠮᠣᠩᠭᠣᠯ", TextDirection.Vertical),
        new("kk-Arab", "قازاقشا", TextDirection.RightToLeft),
        new("ky-Arab", "قىرعىزچا", TextDirection.RightToLeft),
        new("za", "Vahcuengh"),
        new("ii", "ꆈꌠꉙ"),
        new("ko", "조선말"),
    ];

    private static readonly HashSet<string> RightToLeftScripts = ["Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"];
    private static readonly HashSet<string> VerticalScripts = ["Mong", "Phag"];

    /// <summary>Written right to left where the tag names no script (CLDR, likely scripts).</summary>
    private static readonly HashSet<string> RightToLeftLanguages = ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];

    /// <summary>Reads a tag of language, script, region and variants (RFC 5646, 2.1), in any case; no extensions, no private use.</summary>
    /// <param name="typed">As it was typed; spaces around it do not count.</param>
    /// <param name="tag">In canonical letters: <c>ug</c>, <c>mn-Mong</c>, <c>en-GB</c>.</param>
    /// <returns>False for what is no such tag, and for the language of the pledge texts itself.</returns>
    public static bool TryReadTag(string? typed, out string tag)
    {
        tag = "";
        var trimmed = (typed ?? "").Trim();
        if (trimmed.Length > TagMaxLength || !Tag().IsMatch(trimmed) || IsOfSignedText(trimmed))
            return false;
        var parts = trimmed.Split('-');
        for (var i = 0; i < parts.Length; i++)
            parts[i] = i == 0 ? parts[i].ToLowerInvariant() : Canonical(parts[i]);
        tag = string.Join('-', parts);
        return true;
    }

    /// <summary>How the language is usually written; an organizer may know better.</summary>
    public static TextDirection DirectionOf(string tag)
    {
        if (Offered.FirstOrDefault(offered => string.Equals(offered.Tag, tag, StringComparison.OrdinalIgnoreCase)) is { } known)
            return known.Direction;
        var parts = tag.Split('-');
        var script = parts.Skip(1).FirstOrDefault(part => part.Length == 4 && char.IsAsciiLetter(part[0]));
        return script is null
            ? RightToLeftLanguages.Contains(parts[0]) ? TextDirection.RightToLeft : TextDirection.LeftToRight
            : RightToLeftScripts.Contains(script) ? TextDirection.RightToLeft
            : VerticalScripts.Contains(script) ? TextDirection.Vertical
            : TextDirection.LeftToRight;
    }

    /// <summary>The language's name in itself, as far as it is known here; else the tag.</summary>
    public static string NameOf(string tag)
    {
        if (Offered.FirstOrDefault(offered => string.Equals(offered.Tag, tag, StringComparison.OrdinalIgnoreCase)) is { } known)
            return known.Name;
        try
        {
            var culture = CultureInfo.GetCultureInfo(tag, predefinedOnly: true);
            return culture.NativeName is { Length: > 0 } name && !name.StartsWith("Unknown", StringComparison.Ordinal) ? name : tag;
        }
        catch (CultureNotFoundException)
        {
            return tag;
        }
    }

    /// <summary>Whether two tags name one language, whatever the script or region.</summary>
    public static bool AreOfOneLanguage(string tag, string other) =>
        Primary(tag).Equals(Primary(other), StringComparison.OrdinalIgnoreCase);

    private static bool IsOfSignedText(string tag) => AreOfOneLanguage(tag, InterfaceLanguages.Default.Tag);

    private static ReadOnlySpan<char> Primary(string tag) => tag.IndexOf('-') is var end and > 0 ? tag.AsSpan(0, end) : tag;

    private static string Canonical(string part) => part.Length switch
    {
        2 => part.ToUpperInvariant(),
        4 when char.IsAsciiLetter(part[0]) => char.ToUpperInvariant(part[0]) + part[1..].ToLowerInvariant(),
        _ => part.ToLowerInvariant(),
    };

    [GeneratedRegex(@"\A[A-Za-z]{2,3}(-[A-Za-z]{4})?(-(?:[A-Za-z]{2}|[0-9]{3}))?(-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*\z")]
    private static partial Regex Tag();
}
