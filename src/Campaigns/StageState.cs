namespace SafetyCampaign.Campaigns;

/// <summary>
/// The state of an event's stage: scene, step, and since when. It is kept in the store, so that a restarted
/// program, another node and a screen that comes late all show the same. Every act sets an absolute state, never "one
/// further", so repeating a request changes nothing.
/// </summary>
public sealed class StageState
{
    private StageState()
    {
    }

    /// <summary>Of an event whose stage nobody has led yet.</summary>
    public StageState(int eventId) => EventId = eventId;

    /// <summary>The event whose stage it is.</summary>
    public int EventId { get; private set; }

    /// <summary>Grows with every act.</summary>
    public long Version { get; private set; }

    /// <summary>The scene that the host has brought on; null until then.</summary>
    public int? SceneId { get; private set; }

    /// <summary>Where in the scene: the lecture's card, the oath's line, the group at CPR practice; from 0.</summary>
    public int Step { get; private set; }

    /// <summary>When the film or the metronome last began to run; null while it stands.</summary>
    public DateTimeOffset? RunningSince { get; private set; }

    /// <summary>Where the film or the metronome was at <see cref="RunningSince"/>, or is while it stands, in milliseconds.</summary>
    public long PositionAtStart { get; private set; }

    /// <summary>When the countdown after 现在签 is over and those who signed meanwhile are shown at once; null without one.</summary>
    public DateTimeOffset? SigningUntil { get; private set; }

    /// <summary>
    /// The snapshot of the counts that the screens keep showing, or from which the wave rises; null while they follow.
    /// </summary>
    public string? Held { get; private set; }

    /// <summary>What stands here was done in the rehearsal, and ends with it.</summary>
    public bool Practised { get; private set; }

    /// <summary>The screens show nothing, until the host lets them.</summary>
    public bool Blank { get; private set; }

    /// <summary>Off until the host turns it on.</summary>
    public bool Sound { get; private set; }

    /// <summary>0 to 100.</summary>
    public int Volume { get; private set; } = 80;

    /// <summary>Whether the film or the metronome runs.</summary>
    public bool IsRunning => RunningSince is not null;

    /// <summary>Whether this still holds in an event of a state: what was practised does not, once the rehearsal is over.</summary>
    public bool HoldsIn(EventState state) => !Practised || state == EventState.Rehearsal;

    /// <summary>Before each act: forgets the rehearsal when it is over.</summary>
    public void Enter(EventState state)
    {
        if (!HoldsIn(state))
            (SceneId, Step, RunningSince, PositionAtStart, SigningUntil, Held, Blank, Sound) = (null, 0, null, 0, null, null, false, false);
        Practised = state == EventState.Rehearsal;
    }

    /// <summary>
    /// Where the film or the metronome is at a moment, in milliseconds. Both times are cut to whole milliseconds before
    /// subtracting, so that the start computed back from a position is the same each time.
    /// </summary>
    public long PositionAt(DateTimeOffset now) =>
        PositionAtStart + (RunningSince is { } since ? Math.Max(0, now.ToUnixTimeMilliseconds() - since.ToUnixTimeMilliseconds()) : 0);

    /// <summary>
    /// Brings a scene on, or another step of the one that is on. What ran in the scene before stops; a count that was
    /// held for its countdown follows the tally again.
    /// </summary>
    public void Show(int sceneId, int step)
    {
        if (sceneId != SceneId)
        {
            if (SigningUntil is not null)
                Release();
            (RunningSince, PositionAtStart, Blank) = (null, 0, false);
        }
        SceneId = sceneId;
        Step = Math.Max(0, step);
        Version++;
    }

    /// <summary>Lets the film or the metronome run or stand, from where it is.</summary>
    public void Run(bool running, DateTimeOffset now)
    {
        PositionAtStart = PositionAt(now);
        RunningSince = running ? now : null;
        Version++;
    }

    /// <summary>Goes to a place in the film, or starts the metronome from its first beat, running or not as before.</summary>
    public void Seek(long milliseconds, DateTimeOffset now)
    {
        PositionAtStart = Math.Max(0, milliseconds);
        RunningSince = IsRunning ? now : null;
        Version++;
    }

    /// <summary>Turns the sound of film and metronome on or off.</summary>
    /// <param name="sound">Whether there is any.</param>
    /// <param name="volume">0 to 100; what lies outside counts as the nearer end.</param>
    public void SetSound(bool sound, int volume)
    {
        Sound = sound;
        Volume = Math.Clamp(volume, 0, 100);
        Version++;
    }

    /// <summary>Makes the screens black, or ends it. Another scene ends it as well.</summary>
    public void SetBlank(bool blank)
    {
        Blank = blank;
        Version++;
    }

    /// <summary>Keeps the screens at this count until <see cref="Release"/>. A count that is held already stays the one it is.</summary>
    public void Hold(string tally)
    {
        Held ??= tally;
        Version++;
    }

    /// <summary>The screens follow the count again.</summary>
    public void Release()
    {
        Held = null;
        SigningUntil = null;
        Version++;
    }

    /// <summary>The wave, from the count that was held until now.</summary>
    public void StartWave(int waveScene, DateTimeOffset now)
    {
        var from = Held;
        Show(waveScene, 0);
        Held = from;
        RunningSince ??= now;
    }

    /// <summary>现在签: the signing scene with a countdown; the count is held until it is over.</summary>
    public void SignUntil(int signingScene, DateTimeOffset until, string tally)
    {
        Show(signingScene, 0);
        Hold(tally);
        SigningUntil = until;
    }

    /// <summary>Something else that the stage shows has changed: a name was approved.</summary>
    public void Touch() => Version++;
}
