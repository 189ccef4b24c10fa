using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Layout;

/// <summary>A wording as a page shows it: what is signed and, beside each of its parts, a translation where there is one to read.</summary>
public sealed record WordingOnPage(PledgeWording Signed, PledgeTranslation? Translation = null)
{
    /// <summary>The class by which the style sheet turns a vertical script; null for the others.</summary>
    public string? Style => Translation?.Direction == TextDirection.Vertical ? "vertical" : null;
}

/// <summary>Which translation a reader is shown.</summary>
public static class ReadableTexts
{
    /// <summary>The translation into the page's language; null where there is none, or the wording itself is in that language.</summary>
    public static PledgeTranslation? TranslationFor(
        this InterfaceLanguage page, PledgeWording signed, IReadOnlyList<PledgeTranslation> translations) =>
        signed.SignedLanguage() is { } own && TranslationLanguages.AreOfOneLanguage(own, page.Tag)
            ? null
            : PledgeTranslation.For(translations, page.Tag);

    /// <summary>The same for an event's current text.</summary>
    public static PledgeTranslation? TranslationFor(this InterfaceLanguage page, PublishedText text) =>
        page.TranslationFor(text.Wording, text.Translations);

    /// <summary>The title as a reader of the page's language knows it, with the language it is in; null where that is the page's.</summary>
    public static (string Title, string? Language) TitleFor(this InterfaceLanguage page, PublishedText text) =>
        page.TranslationFor(text) is { } translation
            ? (translation.Wording.Title, null)
            : (text.Wording.Title, text.Wording.SignedLanguage());

    /// <summary>The <c>lang</c> of what an organizer has written, on a page in another language; null where it needs none.</summary>
    public static string? LanguageOf(this InterfaceLanguage page, string written) =>
        TextLanguage.Of(written) is { } own && !TranslationLanguages.AreOfOneLanguage(own, page.Tag) ? own : null;
}
