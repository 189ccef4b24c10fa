namespace SafetyCampaign.Campaigns;

/// <summary>The language of what an organizer has written, told by its letters.</summary>
public static class TextLanguage
{
    /// <summary>
    /// The product's first language as a BCP 47 tag where the text has a letter of it; null where it has none (a screen reader then reads
    /// it in the language of the page).
    /// </summary>
    public static string? Of(string text) => text.Any(IsWide) ? InterfaceLanguages.Default.Tag : null;

    /// <summary>A Chinese character or mark, as wide as it is high; half of a pair of UTF-16 units counts as one.</summary>
    public static bool IsWide(char unit) => unit >= '\u2E80';
}
