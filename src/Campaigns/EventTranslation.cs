using System.Globalization;

namespace SafetyCampaign.Campaigns;

/// <summary>
/// What an event is called in a further language of <see cref="InterfaceLanguages"/>. What it leaves out is read as the organizer wrote
/// it first. The lengths are those of the event's own texts.
/// </summary>
public sealed class EventTranslation
{
    private EventTranslation() => Language = "";

    internal EventTranslation(string language) => Language = language;

    /// <summary>Of the event; given by the store.</summary>
    public int EventId { get; private set; }

    /// <summary>BCP 47, as in <see cref="InterfaceLanguage.Tag"/>.</summary>
    public string Language { get; private set; }

    /// <summary>At most <see cref="CampaignEvent.TitleMaxLength"/> UTF-16 units; null where there is none.</summary>
    public string? Title { get; internal set; }

    /// <summary>At most <see cref="CampaignEvent.PlaceMaxLength"/> UTF-16 units; null where there is none.</summary>
    public string? Place { get; internal set; }

    /// <summary>
    /// Names of hosts and partners by what they are called in <see cref="CampaignEvent.Hosts"/> and
    /// <see cref="CampaignEvent.Partners"/>, so that another order changes nothing; each at most
    /// <see cref="CampaignEvent.PartnerMaxLength"/> UTF-16 units.
    /// </summary>
    public IReadOnlyDictionary<string, string> Partners { get; internal set; } = new Dictionary<string, string>();

    /// <summary>It says nothing.</summary>
    public bool IsEmpty => Title is null && Place is null && Partners.Count == 0;

    /// <summary>A host or partner as this language calls it.</summary>
    public string NameOf(string partner) => Partners.GetValueOrDefault(partner, partner);

    /// <summary>The translation for a reader; null where there is none.</summary>
    /// <param name="translations">Those of one event.</param>
    /// <param name="culture">Answered by its own language or one of its parents' (<c>en-GB</c>: <c>en</c>).</param>
    public static EventTranslation? For(IReadOnlyCollection<EventTranslation> translations, CultureInfo culture)
    {
        if (translations.Count > 0)
            for (var asked = culture; asked.Name.Length > 0; asked = asked.Parent)
                foreach (var translation in translations)
                    if (string.Equals(translation.Language, asked.Name, StringComparison.OrdinalIgnoreCase))
                        return translation;
        return null;
    }
}
