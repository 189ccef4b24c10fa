using System.Globalization;

namespace SafetyCampaign.Campaigns;

/// <summary>
/// The programme of the founding case (docs/domain.md 1): film, speech, lecture, CPR practice,
/// oath, signing, with a welcome before, the wave and thanks after. Starting points in the organizer's language, to be
/// edited; the words stand in CampaignsText.
/// </summary>
public static class EventTemplate
{
    /// <param name="language">The organizer's; the default language where none is given.</param>
    public static string TitleIn(CultureInfo? language = null) =>
        CampaignsText.In(language ?? InterfaceLanguages.Default.Culture, "Template.Title");

    /// <summary>An event that is called as the template calls it in one language is called so in each.</summary>
    public static void TranslateTitle(CampaignEvent e)
    {
        var titles = InterfaceLanguages.OfTheProduct.Select(language => (language.Tag, Title: TitleIn(language.Culture))).ToList();
        if (titles.Exists(known => known.Title == e.Title))
            foreach (var (tag, title) in titles.Where(known => known.Title != e.Title))
                e.Translate(tag, title, place: null);
    }

    /// <param name="language">The organizer's; the default language where none is given.</param>
    public static IReadOnlyList<Scene> Scenes(CultureInfo? language = null)
    {
        var culture = language ?? InterfaceLanguages.Default.Culture;
        return
        [
            Of(SceneKind.Welcome),
            Of(SceneKind.Film),
            Of(SceneKind.Speech, new SceneSettings { KeySentence = CampaignsText.In(culture, "Template.Speech.KeySentence") }),
            Of(SceneKind.Lecture),
            Of(SceneKind.Cpr),
            Of(SceneKind.Oath),
            Of(SceneKind.Signing),
            Of(SceneKind.Wave),
            Of(SceneKind.Thanks, new SceneSettings { Promises = [.. CommunityIn(culture).Clauses.Take(3)] }),
        ];

        Scene Of(SceneKind kind, SceneSettings? settings = null) =>
            new(kind, CampaignsText.In(culture, $"Template.{kind}.Title"), CampaignsText.In(culture, $"Template.{kind}.Notes"), settings);
    }

    /// <summary>What the community promises: the official volunteer text, translated where there is a translation.</summary>
    private static PledgeWording CommunityIn(CultureInfo culture)
    {
        var official = OfficialTexts.For(SignerRole.Volunteer)[0];
        return PledgeTranslation.For(OfficialTexts.TranslationsOf(official), culture.Name)?.Wording ?? official;
    }
}
