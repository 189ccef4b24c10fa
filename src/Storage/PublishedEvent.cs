using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Storage;

/// <summary>A class as phones and screens see it.</summary>
/// <param name="School">The name of its school, which tells it from the event's other schools, see <see cref="SchoolNames"/>.</param>
/// <param name="NeedsGuardian">See <see cref="ClassName.NeedsGuardian"/>.</param>
public sealed record PublishedClass(int Id, string School, ClassName Name, bool NeedsGuardian, int? Expected);

/// <summary>A scene as the stage shows it; the host's notes are not part of it.</summary>
public sealed record PublishedScene(int Id, SceneKind Kind, string Title, SceneSettings Settings);

/// <summary>The current version of a role's text.</summary>
public sealed record PublishedText(int Id, SignerRole Role, int Version, PledgeWording Wording)
{
    /// <summary>What may be read beside the wording, in order of the tags.</summary>
    public IReadOnlyList<PledgeTranslation> Translations { get; init; } = [];

    /// <summary>SHA-256 over the wording and its translations, 32 bytes; see <see cref="PledgeTextHash"/>.</summary>
    public byte[] ContentHash { get; init; } = [];

    internal static PublishedText Of(PledgeText text) => new(text.Id, text.Role, text.Version, text.Wording)
    {
        Translations = text.Translations,
        ContentHash = text.ContentHash(),
    };
}

/// <summary>A picture of the event; its bytes are read when they are asked for.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Subject">See <see cref="EventPicture.Subject"/>.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
public sealed record PublishedPicture(int Id, EventPictureKind Kind, string? Subject, int Width, int Height);

/// <summary>One version of the rules on children's personal data.</summary>
public sealed record PublishedRules(int Version, DateTimeOffset Since, RulesSettings Settings);

/// <summary>
/// What phones and screens may know of an event: the facts, the current texts, the rules on children's data
/// (every version, the one in force first), the classes by school as each lists them, the scenes in the
/// organizer's order. Immutable; <see cref="Revision"/> tells a newer one. Of a draft that is not <see cref="IsPublic"/>, strangers
/// are told nothing: <see cref="VisibleEvents"/>.
/// </summary>
public sealed partial record PublishedEvent(
    int Id,
    string Code,
    string Title,
    string Place,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    DateTimeOffset? HomeSigningUntil,
    TimeZoneInfo Zone,
    EventState State,
    string Organization,
    IReadOnlyList<string> Hosts,
    IReadOnlyList<string> Partners,
    IReadOnlyList<PublishedText> Texts,
    IReadOnlyList<PublishedRules> Rules,
    IReadOnlyList<PublishedClass> Classes,
    IReadOnlyList<PublishedScene> Scenes,
    bool ShowsNames,
    long Revision)
{
    /// <summary>Classes that were merged into one of these, by their ids: what names them means the other one.</summary>
    public IReadOnlyDictionary<int, int> MergedClasses { get; init; } = new Dictionary<int, int>();

    /// <summary>One of the classes has a list of pupils: the rules on children's data say so.</summary>
    public bool HasRosters { get; init; }

    /// <summary>An archive package was made: receipts have a proof that they are in it.</summary>
    public bool IsSealed { get; init; }

    /// <inheritdoc cref="CampaignEvent.IsPublic"/>
    public required bool IsPublic { get; init; }

    /// <summary>An organizer has put it away: the stage opens no signing of it.</summary>
    public bool IsArchived { get; init; }

    /// <summary>Of the organization that made it, see <see cref="Campaigns.Organization.Path"/>.</summary>
    public required string OrganizationPath { get; init; }

    /// <summary>Logos, the picture of the place and those of cards, in the order in which they were given.</summary>
    public IReadOnlyList<PublishedPicture> Pictures { get; init; } = [];

    /// <summary>The logos of those whom the event names, hosts first, in its order.</summary>
    public IEnumerable<PublishedPicture> Logos =>
        from partner in Hosts.Concat(Partners).Distinct()
        from picture in Pictures
        where picture.Kind == EventPictureKind.Logo && picture.Subject == partner
        select picture;

    /// <summary>Null where none was given.</summary>
    public PublishedPicture? PlacePicture => Pictures.FirstOrDefault(picture => picture.Kind == EventPictureKind.Place);

    /// <summary>The picture of a card of a lecture; null where it has none, or none any more.</summary>
    public PublishedPicture? PictureOf(LectureCardContent card) => card.Picture is null ? null
        : Pictures.FirstOrDefault(picture => picture.Kind == EventPictureKind.Card && picture.Subject == card.Picture);

    /// <summary>Who asks for the pledge: the hosts, or else the organization that made the event.</summary>
    public IReadOnlyList<string> Askers => Hosts.Count > 0 ? Hosts : [Organization];

    public SigningStatus SigningAt(DateTimeOffset now) => CampaignEvent.SigningAt(State, HomeSigningUntil, now);

    /// <summary>The state to show: an open event whose home signing has run out is closed, though its state has not been changed.</summary>
    public EventState StateAt(DateTimeOffset now) =>
        State == EventState.Open && SigningAt(now) == SigningStatus.Ended ? EventState.Closed : State;

    /// <summary>When signing was first opened; null before.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>When the organizer closed signing; null while it is not closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <inheritdoc cref="CampaignEvent.GraceMinutes"/>
    public TimeSpan Grace { get; init; }

    /// <summary>Issues the keys of sign requests, and recognises them.</summary>
    public SigningKeys Keys { get; init; } = new([]);

    /// <summary>
    /// A new key of a page that is opened now. Never of a time before the opening: the clock of another node may be ahead of this one's.
    /// </summary>
    public Guid IssueKey(DateTimeOffset now) => Keys.Issue(now < OpenedAt ? OpenedAt.Value : now);

    /// <summary>
    /// Whether a key was issued with a page of the rehearsal, which says that nothing counts, though signing has been opened since. A key
    /// knows its time to the millisecond alone.
    /// </summary>
    public bool IsOfRehearsal(Guid key) => Keys.IssuedAt(key) is { } issued && issued.AddMilliseconds(1) <= OpenedAt;

    /// <summary>
    /// Until when requests are taken whose key was issued while signing was open: for the grace after its end, and never from the day on
    /// which names are erased, as the rules on children's data promise it.
    /// </summary>
    /// <returns>UTC; null while signing has not ended, and once that is over.</returns>
    public DateTimeOffset? GraceUntil(DateTimeOffset now) => LateUntil(Grace, now);

    /// <summary>
    /// Whether a request is taken though signing has ended: its key was issued while signing was open, and <see cref="GraceUntil"/> has
    /// not come.
    /// </summary>
    public bool TakesLate(Guid key, DateTimeOffset now) =>
        GraceUntil(now) is not null && Keys.IssuedAt(key) is { } issued && OpenedAt <= issued && issued < EndOfSigning;

    /// <summary>
    /// Whether what a class signed without a network is taken though signing has ended: it was signed before that, and is sent within
    /// <see cref="CampaignEvent.MaxClassDelay"/>. Never from the day on which names are erased.
    /// </summary>
    public bool TakesLate(DateTimeOffset signedAt, DateTimeOffset now) =>
        TakesPaperLate(now) && OpenedAt <= signedAt && signedAt < EndOfSigning;

    /// <summary>
    /// Whether a paper that was signed before signing ended is still transcribed: within <see cref="CampaignEvent.MaxClassDelay"/>
    /// after that. Never from the day on which names are erased.
    /// </summary>
    public bool TakesPaperLate(DateTimeOffset now) => LateUntil(CampaignEvent.MaxClassDelay, now) is not null;

    /// <summary>
    /// Until when something is taken though signing has ended: that long after the end, but not from the day on which names are erased.
    /// </summary>
    private DateTimeOffset? LateUntil(TimeSpan delay, DateTimeOffset now)
    {
        if (SigningAt(now) != SigningStatus.Ended || EndOfSigning is not { } end)
            return null;
        var erased = Rules[0].Settings.EraseOn.BeginsIn(CampaignEvent.DefaultZone);
        var until = end + delay < erased ? end + delay : erased;
        return now < until ? until : null;
    }

    /// <summary>The sooner of the two ends that signing may have; null where it has none.</summary>
    public DateTimeOffset? EndOfSigning => ClosedAt < HomeSigningUntil ? ClosedAt : HomeSigningUntil ?? ClosedAt;

    /// <summary>How far it is prepared.</summary>
    public EventReadiness Readiness => new()
    {
        StartsAt = StartsAt,
        EndsAt = EndsAt,
        IsRehearsed = State == EventState.Rehearsal,
        WasOpened = OpenedAt is not null,
        IsPublic = IsPublic,
        Classes = Classes.Count,
        Scenes = Scenes.Count,
        FilmScenes = [.. Scenes.Where(s => s.Kind == SceneKind.Film).Select(s => s.Settings)],
        Texts = [.. Texts.Select(t => t.Role)],
        Rules = Rules[0].Settings,
    };

    public PublishedText? TextFor(SignerRole role) => Texts.FirstOrDefault(t => t.Role == role);

    /// <inheritdoc cref="SmallClassRule.Untold"/>
    public IReadOnlySet<int> ClassesWithoutNumbers() => SmallClassRule.Untold([.. Classes.Select(c => (c.Id, c.Expected))]);

    /// <summary>The class of an id, also of one that was merged into it since a page, a poster or a link named it.</summary>
    public PublishedClass? ClassOf(int? id) => Classes.FirstOrDefault(c => c.Id == id)
        ?? (id is { } former && MergedClasses.TryGetValue(former, out var into) ? Classes.FirstOrDefault(c => c.Id == into) : null);

    /// <summary>A moment in the event's time zone.</summary>
    public DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Zone);
}
