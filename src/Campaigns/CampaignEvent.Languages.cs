using System.Globalization;

namespace SafetyCampaign.Campaigns;

/// <summary>How an event is called for readers of other languages.</summary>
public sealed partial class CampaignEvent
{
    /// <summary>At most one a language; none that is empty.</summary>
    public List<EventTranslation> Translations { get; private set; } = [];

    /// <summary>The title as a reader of a language is told it.</summary>
    public string TitleIn(CultureInfo culture) => Translations.For(culture)?.Title ?? Title;

    /// <summary>The place as a reader of a language is told it.</summary>
    public string PlaceIn(CultureInfo culture) => Translations.For(culture)?.Place ?? Place;

    /// <summary>
    /// A host or partner as a reader of a language is told of it; the event's own organization, where the event does not say, as it
    /// calls itself there.
    /// </summary>
    public string PartnerIn(CultureInfo culture, string partner) =>
        Translations.For(culture)?.Partners.GetValueOrDefault(partner)
        ?? (partner == Organization?.Name ? Organization.NameIn(culture) : partner);

    /// <summary>Sets what it is called in a language; the caller has checked lengths.</summary>
    /// <param name="language">A tag of <see cref="InterfaceLanguages"/>.</param>
    /// <param name="title">Null or empty for none.</param>
    /// <param name="place">Null or empty for none.</param>
    /// <param name="partners">By their names in <see cref="Hosts"/> and <see cref="Partners"/>; others are left out.</param>
    public void Translate(string language, string? title, string? place, IReadOnlyDictionary<string, string>? partners = null)
    {
        var translation = Translations.Find(known => known.Language == language);
        if (translation is null)
            Translations.Add(translation = new EventTranslation(language));
        translation.Title = string.IsNullOrEmpty(title) ? null : title;
        translation.Place = string.IsNullOrEmpty(place) ? null : place;
        translation.Partners = (partners ?? new Dictionary<string, string>())
            .Where(name => name.Value.Length > 0 && (Hosts.Contains(name.Key) || Partners.Contains(name.Key)))
            .ToDictionary(name => name.Key, name => name.Value);
        Translations.RemoveAll(known => known.IsEmpty);
    }

    /// <summary>What is written anew has no translation until somebody gives one: the one there is would say something else.</summary>
    private void DropOutdatedTranslations(bool titleChanged, bool placeChanged)
    {
        foreach (var translation in Translations.ToList())
            Translate(translation.Language, titleChanged ? null : translation.Title, placeChanged ? null : translation.Place,
                translation.Partners);
    }
}
