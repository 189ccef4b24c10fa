namespace SafetyCampaign.Campaigns;

/// <summary>Numbers as classes are counted, in Chinese numerals or in Arabic ones.</summary>
internal static class ChineseNumerals
{
    /// <summary>The characters of a number of either kind, for a regular expression's class.</summary>
    public const string Characters = "0-9一二三四五六七八九十百";

    private const string Digits = "零一二三四五六七八九";

    /// <summary>Whether the character is part of a number.</summary>
    public static bool IsNumeral(char c) => char.IsAsciiDigit(c) || c is '十' or '百' || Digits.IndexOf(c, 1) > 0;

    /// <summary>1 to 100 in Chinese (十二, 一百), up to 9,999 in Arabic numerals; null for anything else.</summary>
    public static int? Read(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > 4)
            return null;
        if (!text.ContainsAnyExceptInRange('0', '9'))
            return int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        if (text is "一百")
            return 100;
        var ten = text.IndexOf('十');
        if (ten < 0)
            return text.Length == 1 ? Digit(text[0]) : null;
        var tens = ten == 0 ? 1 : ten == 1 ? Digit(text[0]) : null;
        var ones = ten + 1 == text.Length ? 0 : ten + 2 == text.Length ? Digit(text[^1]) : null;
        return tens * 10 + ones;
    }

    private static int? Digit(char c) => Digits.IndexOf(c, 1) is var value and > 0 ? value : null;
}
