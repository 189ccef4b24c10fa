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

    /// <summary>What a campaign is called that nobody has given a title.</summary>
    /// <param name="language">The organizer's.</param>
    /// <param name="day">Of its first event: what begins after the season is not called after the summer.</param>
    public static string CampaignTitleIn(CultureInfo language, DateOnly day) =>
        CampaignTitleIn(language, day.Year, isSummer: day <= Campaign.SeasonEnd(day.Year));

    private static string CampaignTitleIn(CultureInfo language, int year, bool isSummer) => string.Format(CultureInfo.InvariantCulture,
        CampaignsText.In(language, isSummer ? "Template.CampaignTitle" : "Template.CampaignTitle.Winter"), year);

    /// <summary>A campaign's title for a reader: one that nobody has given is read in each language.</summary>
    public static string CampaignTitleIn(CultureInfo culture, string written) =>
        YearIn(written) is not { } year ? written
        : IsTitle(written, year, isSummer: true) ? CampaignTitleIn(culture, year, isSummer: true)
        : IsTitle(written, year, isSummer: false) ? CampaignTitleIn(culture, year, isSummer: false)
        : written;

    private static bool IsTitle(string written, int year, bool isSummer) =>
        InterfaceLanguages.OfTheProduct.Any(language => CampaignTitleIn(language.Culture, year, isSummer) == written);

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
            Of(SceneKind.Thanks, new SceneSettings { Promises = PromisesIn(culture) }),
        ];

        Scene Of(SceneKind kind, SceneSettings? settings = null) =>
            new(kind, CampaignsText.In(culture, $"Template.{kind}.Title"), CampaignsText.In(culture, $"Template.{kind}.Notes"), settings);
    }

    /// <summary>A scene's title for a reader: what the template wrote, and nobody has changed since, is read in each language.</summary>
    public static string TitleIn(CultureInfo culture, SceneKind kind, string written) => TextIn(culture, $"Template.{kind}.Title", written);

    /// <summary>
    /// The same of the host's notes. Once signing has ended those that ask people to scan or to sign are read without it.
    /// </summary>
    public static string NotesIn(CultureInfo culture, SceneKind kind, string written, bool signingEnded = false)
    {
        var key = $"Template.{kind}.Notes";
        return signingEnded && IsText(key, written) && CampaignsText.Find(culture, $"{key}.Closed") is { } closed
            ? closed
            : TextIn(culture, key, written);
    }

    /// <summary>The same of the speech's key sentence and of what the community promises at the end.</summary>
    public static SceneSettings SettingsIn(CultureInfo culture, SceneKind kind, SceneSettings written)
    {
        if (kind == SceneKind.Speech && TextIn(culture, "Template.Speech.KeySentence", written.KeySentence) is var sentence
            && sentence != written.KeySentence)
            return written with { KeySentence = sentence };
        if (kind == SceneKind.Thanks && InterfaceLanguages.OfTheProduct.Any(l => PromisesIn(l.Culture).SequenceEqual(written.Promises))
            && PromisesIn(culture) is var promises && !promises.SequenceEqual(written.Promises))
            return written with { Promises = promises };
        return written;
    }

    /// <summary>Of a kind that the template does not have nothing is known.</summary>
    private static string TextIn(CultureInfo culture, string key, string written) =>
        IsText(key, written) ? CampaignsText.In(culture, key) : written;

    private static bool IsText(string key, string written) =>
        InterfaceLanguages.OfTheProduct.Any(language => CampaignsText.Find(language.Culture, key) == written);

    /// <summary>The only number of four digits; null where there is none.</summary>
    private static int? YearIn(string title) =>
        string.Concat(title.Where(char.IsAsciiDigit)) is { Length: 4 } digits ? int.Parse(digits, CultureInfo.InvariantCulture) : null;

    private static IReadOnlyList<string> PromisesIn(CultureInfo culture) => [.. CommunityIn(culture).Clauses.Take(3)];

    /// <summary>What the community promises: the official volunteer text, translated where there is a translation.</summary>
    private static PledgeWording CommunityIn(CultureInfo culture)
    {
        var official = OfficialTexts.For(SignerRole.Volunteer)[0];
        return PledgeTranslation.For(OfficialTexts.TranslationsOf(official), culture.Name)?.Wording ?? official;
    }
}
