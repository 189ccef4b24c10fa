namespace SafetyCampaign.Campaigns;

/// <summary>Something that an event still lacks before it can be held, in the order of the work.</summary>
public enum ReadinessGap
{
    /// <summary>Its end has passed without signing having been opened: its time is still to be set.</summary>
    Time,

    /// <summary>No class takes part.</summary>
    Classes,

    /// <summary>It has no scene.</summary>
    Scenes,

    /// <summary>A film scene has no film, neither uploaded nor on the laptop at the projector.</summary>
    Film,

    /// <summary>Students or guardians have no text to sign.</summary>
    Texts,

    /// <summary>The rules on children's data name nobody to turn to; without it signing cannot open (docs/domain.md 6).</summary>
    Contact,

    /// <summary>Nobody but organizers can open it yet, so that a printed code leads nowhere.</summary>
    Publication,

    /// <summary>It starts within the hour, or has started, and is still in rehearsal: whoever signs now signs for practice.</summary>
    Rehearsal,
}

/// <summary>How far an event is prepared. A gap is a reminder: of these, <see cref="ReadinessGap.Contact"/> alone stops anything.</summary>
public sealed record EventReadiness
{
    /// <summary>So long before the start people come in and scan the code; a rehearsal is over by then.</summary>
    public static readonly TimeSpan RehearsalEndsBefore = TimeSpan.FromHours(1);

    private static readonly SignerRole[] Families = [SignerRole.Student, SignerRole.Guardian];

    /// <summary>When it starts, UTC.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>When it ends, UTC.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>It is in rehearsal: signatures are for practice.</summary>
    public required bool IsRehearsed { get; init; }

    /// <summary>Signing has been opened, so it is prepared.</summary>
    public required bool WasOpened { get; init; }

    /// <inheritdoc cref="CampaignEvent.IsPublic"/>
    public required bool IsPublic { get; init; }

    /// <summary>How many classes take part.</summary>
    public required int Classes { get; init; }

    /// <summary>How many scenes it has.</summary>
    public required int Scenes { get; init; }

    /// <summary>The settings of its film scenes.</summary>
    public required IReadOnlyList<SceneSettings> FilmScenes { get; init; }

    /// <summary>The roles that have a text to sign.</summary>
    public required IReadOnlyList<SignerRole> Texts { get; init; }

    /// <summary>The rules on children's data in force.</summary>
    public required RulesSettings Rules { get; init; }

    /// <summary>Whether a film scene can be shown: its film is uploaded, or lies on the laptop at the projector.</summary>
    public static bool HasFilm(SceneSettings settings) => settings.Film != "" || settings.FilmOnLaptop;

    /// <summary>What is missing, in the order of <see cref="ReadinessGap"/>; once signing has been opened, a contact at most.</summary>
    /// <param name="now">By which its time has passed or is to come.</param>
    public IReadOnlyList<ReadinessGap> GapsAt(DateTimeOffset now) =>
        [.. Enum.GetValues<ReadinessGap>().Where(gap => (!WasOpened || gap == ReadinessGap.Contact) && Lacks(gap, now))];

    private bool Lacks(ReadinessGap gap, DateTimeOffset now) => gap switch
    {
        ReadinessGap.Time => EndsAt <= now,
        ReadinessGap.Classes => Classes == 0,
        ReadinessGap.Scenes => Scenes == 0,
        ReadinessGap.Film => !FilmScenes.All(HasFilm),
        ReadinessGap.Texts => Families.Except(Texts).Any(),
        ReadinessGap.Contact => !Rules.HasContact,
        ReadinessGap.Publication => !IsPublic,
        ReadinessGap.Rehearsal => IsRehearsed && StartsAt - RehearsalEndsBefore <= now,
        _ => false,
    };
}
