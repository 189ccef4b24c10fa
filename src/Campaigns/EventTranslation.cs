namespace SafetyCampaign.Campaigns;

/// <summary>
/// What an event is called in a further language of <see cref="InterfaceLanguages"/>. What it leaves out is read as the organizer wrote
/// it first. The lengths are those of the event's own texts.
/// </summary>
public sealed class EventTranslation : ITranslation
{
    private EventTranslation() => Language = "";

    internal EventTranslation(string language) => Language = language;

    /// <summary>Of the event; given by the store.</summary>
    public int EventId { get; private set; }

    /// <inheritdoc/>
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
}
