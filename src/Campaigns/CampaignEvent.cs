namespace SafetyCampaign.Campaigns;

/// <summary>Where an event is in its life. The store keeps the number.</summary>
public enum EventState
{
    Draft = 0,
    Rehearsal = 1,
    Open = 2,
    Closed = 3,
}

/// <summary>Whether signatures are taken at a moment, and if not, why.</summary>
public enum SigningStatus
{
    NotYet,
    Rehearsal,
    Open,
    Ended,
}

/// <summary>One gathering: where and when, who holds it, which classes take part, what happens in which order.</summary>
public sealed class CampaignEvent
{
    public const int TitleMaxLength = 80;
    public const int PlaceMaxLength = 120;
    public const int PartnerMaxLength = 60;
    public const int MaxPartners = 12;
    public const int MaxScenes = 30;
    public const string DefaultZone = "Asia/Shanghai";

    private CampaignEvent() => Title = Place = Code = "";

    public CampaignEvent(Campaign campaign, Organization organization, string title, string place,
        DateTimeOffset startsAt, DateTimeOffset endsAt, string? code = null)
    {
        Campaign = campaign;
        Organization = organization;
        Code = code ?? EventCode.New();
        Title = title;
        Place = place;
        Schedule(startsAt, endsAt, null);
    }

    public int Id { get; private set; }
    public int CampaignId { get; private set; }
    public Campaign Campaign { get; private set; } = null!;
    public int OrganizationId { get; private set; }
    public Organization Organization { get; private set; } = null!;

    /// <summary>Six characters, see <see cref="EventCode"/>.</summary>
    public string Code { get; private set; }

    public string Title { get; private set; }
    public string Place { get; private set; }
    public DateTimeOffset StartsAt { get; private set; }
    public DateTimeOffset EndsAt { get; private set; }

    /// <summary>Until when families may still sign from home; null: until the organizer closes.</summary>
    public DateTimeOffset? HomeSigningUntil { get; private set; }

    /// <summary>IANA name of the zone in which times are shown.</summary>
    public string TimeZone { get; private set; } = DefaultZone;

    public EventState State { get; private set; }
    public DateTimeOffset? OpenedAt { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>Masked names may appear on the stage: of families who agreed, each approved by the host. Off unless the organizer says so.</summary>
    public bool ShowsNames { get; private set; }

    public List<string> Hosts { get; private set; } = [];
    public List<string> Partners { get; private set; } = [];
    public List<Scene> Scenes { get; private set; } = [];
    public List<ClassGroup> Classes { get; private set; } = [];

    /// <summary>Grows with every change a phone or a screen can see; the store raises it on saving.</summary>
    public long Revision { get; private set; }

    public void Describe(string title, string place, IEnumerable<string> hosts, IEnumerable<string> partners)
    {
        Title = title;
        Place = place;
        Hosts = [.. hosts];
        Partners = [.. partners];
    }

    /// <summary>Sets the times. The end may not come before the start, nor the end of home signing before the start.</summary>
    public void Schedule(DateTimeOffset startsAt, DateTimeOffset endsAt, DateTimeOffset? homeSigningUntil)
    {
        if (endsAt < startsAt)
            throw new ArgumentException("An event cannot end before it starts.", nameof(endsAt));
        if (homeSigningUntil < startsAt)
            throw new ArgumentException("Home signing cannot end before the event starts.", nameof(homeSigningUntil));
        StartsAt = startsAt.ToUniversalTime();
        EndsAt = endsAt.ToUniversalTime();
        HomeSigningUntil = homeSigningUntil?.ToUniversalTime();
    }

    public void ShowNames(bool shown) => ShowsNames = shown;

    public void Arrange(IEnumerable<Scene> scenes)
    {
        Scenes = [.. scenes];
        for (var i = 0; i < Scenes.Count; i++)
            Scenes[i].Position = i;
    }

    public void Invite(IEnumerable<ClassGroup> classes)
    {
        var invited = classes.ToList(); // the argument may be Classes itself, which is cleared below
        Classes.Clear();
        Classes.AddRange(invited);
    }

    /// <summary>Signatures made from now on are for practice. Only before the first opening: real ones are never mixed with practice.</summary>
    public void Rehearse()
    {
        if (State != EventState.Draft)
            throw new InvalidOperationException($"An event that is {State} cannot go into rehearsal.");
        State = EventState.Rehearsal;
    }

    /// <summary>Signatures count from now on. The ledger wipes those of the rehearsal.</summary>
    public void Open(DateTimeOffset now)
    {
        if (State == EventState.Open)
            throw new InvalidOperationException("The event is open already.");
        State = EventState.Open;
        OpenedAt ??= now;
        ClosedAt = null;
    }

    public void Close(DateTimeOffset now)
    {
        if (State != EventState.Open)
            throw new InvalidOperationException($"An event that is {State} cannot be closed.");
        State = EventState.Closed;
        ClosedAt = now;
    }

    /// <summary>Whether a signature arriving at <paramref name="now"/> is taken.</summary>
    public static SigningStatus SigningAt(EventState state, DateTimeOffset? homeSigningUntil, DateTimeOffset now) => state switch
    {
        EventState.Draft => SigningStatus.NotYet,
        EventState.Rehearsal => SigningStatus.Rehearsal,
        EventState.Open when homeSigningUntil is null || now < homeSigningUntil => SigningStatus.Open,
        _ => SigningStatus.Ended,
    };

    /// <summary>
    /// A new draft with the same places, partners, classes and scenes, at another time and with a code of its own; next
    /// year's belongs to another campaign.
    /// </summary>
    public CampaignEvent Duplicate(string title, DateTimeOffset startsAt, Campaign? campaign = null, Organization? organization = null)
    {
        var copy = new CampaignEvent(campaign ?? Campaign, organization ?? Organization, title, Place, startsAt, startsAt + (EndsAt - StartsAt)) { TimeZone = TimeZone };
        copy.Describe(title, Place, Hosts, Partners);
        copy.ShowNames(ShowsNames);
        copy.Arrange(Scenes.OrderBy(s => s.Position).Select(s => s.Copy()));
        copy.Invite(Classes);
        return copy;
    }

    internal void Touch() => Revision++;
}
