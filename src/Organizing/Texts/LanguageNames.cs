using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Organizing.Texts;

/// <summary>Names of languages for an organizer, who may not read what the language calls itself.</summary>
public static class LanguageNames
{
    /// <summary>The name of an offered language in the desk's language; the tag where there is none.</summary>
    public static string NameOf(this IStringLocalizer<EventsText> localizer, TranslationLanguage language) =>
        localizer[$"Language.{language.Tag}"] is { ResourceNotFound: false } name ? name.Value : language.Tag;
}
