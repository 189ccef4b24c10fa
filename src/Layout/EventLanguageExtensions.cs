using System.Globalization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Layout;

/// <summary>What an event and an organization are called in the reader's language.</summary>
public static class EventLanguageExtensions
{
    /// <inheritdoc cref="PublishedEvent.In"/>
    public static PublishedEvent Localized(this PublishedEvent e) => e.In(CultureInfo.CurrentUICulture);

    public static string LocalizedTitle(this CampaignEvent e) => e.TitleIn(CultureInfo.CurrentUICulture);

    public static string LocalizedPlace(this CampaignEvent e) => e.PlaceIn(CultureInfo.CurrentUICulture);

    public static string LocalizedName(this Organization organization) => organization.NameIn(CultureInfo.CurrentUICulture);

    public static string LocalizedTitle(this Campaign campaign) => campaign.TitleIn(CultureInfo.CurrentUICulture);

    /// <summary>For rows of a list, which hold the name and the translations alone.</summary>
    public static string Localized(this IReadOnlyCollection<OrganizationTranslation> translations, string name) =>
        translations.For(CultureInfo.CurrentUICulture)?.Name ?? name;

    public static string LocalizedTitle(this Scene scene) => scene.TitleIn(CultureInfo.CurrentUICulture);

    /// <param name="e">Whose hosts or partners they are.</param>
    /// <param name="partners">As the organizer wrote them first.</param>
    public static List<string> LocalizedNames(this CampaignEvent e, IEnumerable<string> partners) =>
        [.. partners.Select(partner => e.PartnerIn(CultureInfo.CurrentUICulture, partner))];

    /// <summary>For rows of a list, which hold these and the translations alone.</summary>
    public static (string Title, string Place) Localized(
        this IReadOnlyCollection<EventTranslation> translations, string title, string place) =>
        translations.For(CultureInfo.CurrentUICulture) is { } translation
            ? (translation.Title ?? title, translation.Place ?? place)
            : (title, place);
}
