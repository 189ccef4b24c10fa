using System.Security.Cryptography;

namespace SafetyCampaign.Campaigns;

/// <summary>One gathering: where and when, who holds it, which classes take part, what happens in which order.</summary>
public sealed partial class CampaignEvent
{
    /// <summary>Longest <see cref="Title"/>, in UTF-16 units.</summary>
    public const int TitleMaxLength = 80;

    /// <summary>Longest <see cref="Place"/>, in UTF-16 units.</summary>
    public const int PlaceMaxLength = 120;

    /// <summary>Longest name of a host or partner, in UTF-16 units.</summary>
    public const int PartnerMaxLength = 60;

    /// <summary>Most hosts, and most partners.</summary>
    public const int MaxPartners = 12;

    /// <summary>Most scenes of one event.</summary>
    public const int MaxScenes = 30;

    /// <summary>How long an event lasts where nobody says otherwise.</summary>
    public static readonly TimeSpan UsualDuration = TimeSpan.FromHours(2);

    /// <summary>Usual <see cref="GraceMinutes"/>.</summary>
    public const int UsualGraceMinutes = 30;

    /// <summary>Longest <see cref="GraceMinutes"/>: a day.</summary>
    public const int MaxGraceMinutes = 24 * 60;

    /// <summary>
    /// How long after the end of signing what was signed before it is taken from a class's device and from paper: a tablet that had no
    /// network at school is brought to one within a week.
    /// </summary>
    public static readonly TimeSpan MaxClassDelay = TimeSpan.FromDays(7);

    /// <summary>IANA name of the zone in which times are shown and days begin: all of China keeps one.</summary>
    public const string DefaultZone = "Asia/Shanghai";

    private CampaignEvent() => Title = Place = Code = "";

    /// <summary>A draft with a code of its own, without scenes and classes.</summary>
    /// <exception cref="ArgumentException">It would end before it starts.</exception>
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

    /// <summary>Given by the store.</summary>
    public int Id { get; private set; }

    /// <summary>Of <see cref="Campaign"/>.</summary>
    public int CampaignId { get; private set; }

    /// <summary>Whose pledge texts are signed and whose rules on children's data hold.</summary>
    public Campaign Campaign { get; private set; } = null!;

    /// <summary>Of <see cref="Organization"/>.</summary>
    public int OrganizationId { get; private set; }

    /// <summary>Who holds it; accounts of this organization and of those above it reach it.</summary>
    public Organization Organization { get; private set; } = null!;

    /// <summary>Six characters, see <see cref="EventCode"/>.</summary>
    public string Code { get; private set; }

    /// <summary>As the organizer wrote it first; in other languages: <see cref="Translations"/>.</summary>
    public string Title { get; private set; }

    /// <summary>Where people meet, in words.</summary>
    public string Place { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset StartsAt { get; private set; }

    /// <summary>UTC; not before <see cref="StartsAt"/>. Signing does not end by it.</summary>
    public DateTimeOffset EndsAt { get; private set; }

    /// <summary>Until when families may still sign from home; null: until the organizer closes.</summary>
    public DateTimeOffset? HomeSigningUntil { get; private set; }

    /// <summary>
    /// Until when host links open the event, UTC: the end of its last day in its zone, or of the day on which home signing ends where
    /// that is later.
    /// </summary>
    public DateTimeOffset HostLinksUntil => HostLinksEnd(EndsAt, HomeSigningUntil, TimeZone);

    /// <summary>IANA name of the zone in which times are shown.</summary>
    public string TimeZone { get; private set; } = DefaultZone;

    /// <summary>
    /// Where it is in its life; moved by <see cref="Rehearse"/>, <see cref="EndRehearsal"/>, <see cref="Open"/> and
    /// <see cref="Close"/> alone.
    /// </summary>
    public EventState State { get; private set; }

    /// <summary>The organizer has let everybody who has the code read the draft. Nothing takes it back.</summary>
    public bool IsPublished { get; private set; }

    /// <summary>
    /// Whoever has the code may read the event. A draft that is not published is read by accounts within whose access scope it lies alone;
    /// in rehearsal and while signing is open phones have to reach it.
    /// </summary>
    public bool IsPublic => IsPublished || State != EventState.Draft;

    /// <summary>When signing was first opened; null before. Families have been promised their day of erasure since then.</summary>
    public DateTimeOffset? OpenedAt { get; private set; }

    /// <summary>When signing was closed; null while it is not.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>When an organizer put it away; null while it stands in the lists. What was signed stays as it is.</summary>
    public DateTimeOffset? ArchivedAt { get; private set; }

    /// <summary>
    /// How long after the end of signing a signature is still taken whose page was opened before it: it may have waited on the
    /// phone for a network. 0 for not at all.
    /// </summary>
    public int GraceMinutes { get; private set; } = UsualGraceMinutes;

    /// <summary>Of the keys of sign requests, see <see cref="SigningKeys"/>: random, and of this event alone.</summary>
    public byte[] KeySecret { get; private set; } = RandomNumberGenerator.GetBytes(SigningKeys.SecretLength);

    /// <summary>
    /// Masked names may appear on the stage: of families who agreed, each approved by the host. Off unless the organizer
    /// says so.
    /// </summary>
    public bool ShowsNames { get; private set; }

    /// <summary>Names of those who hold it, in order; at most <see cref="MaxPartners"/>.</summary>
    public List<string> Hosts { get; private set; } = [];

    /// <summary>Names of those who help, in order; at most <see cref="MaxPartners"/>.</summary>
    public List<string> Partners { get; private set; } = [];

    /// <summary>What happens, by <see cref="Scene.Position"/>.</summary>
    public List<Scene> Scenes { get; private set; } = [];

    /// <summary>Which classes take part; none where signers do not belong to one.</summary>
    public List<ClassGroup> Classes { get; private set; } = [];

    /// <summary>Grows with every change a phone or a screen can see; the store raises it on saving.</summary>
    public long Revision { get; private set; }

    /// <summary>
    /// Replaces title, place, hosts and partners; the caller has checked their lengths. What is called otherwise now loses its
    /// translations.
    /// </summary>
    public void Describe(string title, string place, IEnumerable<string> hosts, IEnumerable<string> partners)
    {
        var (titleChanged, placeChanged) = (title != Title, place != Place);
        (Title, Place, Hosts, Partners) = (title, place, [.. hosts], [.. partners]);
        DropOutdatedTranslations(titleChanged, placeChanged);
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

    /// <summary>Sets <see cref="GraceMinutes"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0, or more than <see cref="MaxGraceMinutes"/>.</exception>
    public void AllowGrace(int minutes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minutes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minutes, MaxGraceMinutes);
        GraceMinutes = minutes;
    }

    /// <summary>Sets <see cref="ShowsNames"/>.</summary>
    public void ShowNames(bool shown) => ShowsNames = shown;

    /// <summary>Replaces the scenes, numbered in the order given.</summary>
    public void Arrange(IEnumerable<Scene> scenes)
    {
        Scenes = [.. scenes];
        for (var i = 0; i < Scenes.Count; i++)
            Scenes[i].Position = i;
    }

    /// <summary>Replaces the classes that take part.</summary>
    public void Invite(IEnumerable<ClassGroup> classes)
    {
        var invited = classes.ToList(); // the argument may be Classes itself, which is cleared below
        Classes.Clear();
        Classes.AddRange(invited);
    }

    /// <summary>Sets <see cref="IsPublished"/>.</summary>
    public void Publish() => IsPublished = true;

    /// <summary>
    /// Signatures made from now on are for practice. Only before the first opening: real ones are never mixed with practice.
    /// </summary>
    public void Rehearse()
    {
        if (State != EventState.Draft)
            throw new InvalidOperationException($"An event that is {State} cannot go into rehearsal.");
        State = EventState.Rehearsal;
        Restore();
    }

    /// <summary>Signatures count from now on. The ledger wipes those of the rehearsal.</summary>
    public void Open(DateTimeOffset now)
    {
        if (State == EventState.Open)
            throw new InvalidOperationException("The event is open already.");
        State = EventState.Open;
        OpenedAt ??= now;
        ClosedAt = null;
        Restore();
    }

    /// <summary>Ends signing.</summary>
    /// <exception cref="InvalidOperationException">It is not open.</exception>
    public void Close(DateTimeOffset now)
    {
        if (State != EventState.Open)
            throw new InvalidOperationException($"An event that is {State} cannot be closed.");
        State = EventState.Closed;
        ClosedAt = now;
    }

    /// <summary><see cref="HostLinksUntil"/> of an event of which only these are known.</summary>
    public static DateTimeOffset HostLinksEnd(DateTimeOffset endsAt, DateTimeOffset? homeSigningUntil, string zone) =>
        (homeSigningUntil > endsAt ? homeSigningUntil.Value : endsAt).EndOfDayIn(zone);

    /// <summary>Whether a signature arriving at <paramref name="now"/> is taken.</summary>
    public static SigningStatus SigningAt(EventState state, DateTimeOffset? homeSigningUntil, DateTimeOffset now) => state switch
    {
        EventState.Draft => SigningStatus.NotYet,
        EventState.Rehearsal => SigningStatus.Rehearsal,
        EventState.Open when homeSigningUntil is null || now < homeSigningUntil => SigningStatus.Open,
        _ => SigningStatus.Ended,
    };

    /// <summary>Signing goes on though the event is over, and nobody has stated until when.</summary>
    public static bool IsOpenAfterEnd(
        EventState state, DateTimeOffset endsAt, DateTimeOffset? homeSigningUntil, DateTimeOffset now) =>
        state == EventState.Open && homeSigningUntil is null && endsAt <= now;

    /// <summary>The event's day has passed, and signing was never opened: it was not held, or is to be held later.</summary>
    public static bool WasMissed(EventState state, DateTimeOffset endsAt, TimeZoneInfo zone, DateTimeOffset now) =>
        state is EventState.Draft or EventState.Rehearsal && endsAt.IsPastDay(zone, now);

    /// <summary>When signing ended: closed, or home signing ran out, whichever came first; null while it has not ended.</summary>
    public DateTimeOffset? SigningEndedAt(DateTimeOffset now) => SigningEndedAt(State, ClosedAt, HomeSigningUntil, now);

    /// <summary>The same of an event of which only these are known.</summary>
    public static DateTimeOffset? SigningEndedAt(
        EventState state, DateTimeOffset? closedAt, DateTimeOffset? homeSigningUntil, DateTimeOffset now) =>
        SigningAt(state, homeSigningUntil, now) != SigningStatus.Ended ? null
        : closedAt < homeSigningUntil ? closedAt
        : homeSigningUntil <= now ? homeSigningUntil
        : closedAt;

    /// <summary>
    /// A new draft with the same places, partners, classes and scenes, at another time and with a code of its own, with the
    /// translations of what it is called as before; next year's belongs to another campaign.
    /// </summary>
    public CampaignEvent Duplicate(string title, DateTimeOffset startsAt, Campaign? campaign = null, Organization? organization = null)
    {
        var copy = new CampaignEvent(campaign ?? Campaign, organization ?? Organization, title, Place, startsAt,
            startsAt + (EndsAt - StartsAt))
        { TimeZone = TimeZone };
        copy.Describe(Title, Place, Hosts, Partners);
        foreach (var translation in Translations)
            copy.Translate(translation.Language, translation.Title, translation.Place, translation.Partners);
        copy.Describe(title, Place, Hosts, Partners);
        copy.ShowNames(ShowsNames);
        copy.AllowGrace(GraceMinutes);
        copy.Arrange(Scenes.OrderBy(s => s.Position).Select(s => s.Copy()));
        copy.Invite(Classes);
        return copy;
    }

    internal void Touch() => Revision++;
}
