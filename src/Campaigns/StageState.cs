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

    /// <summary>The scene that the host has brought on, or at which a rehearsal begins; null until then.</summary>
    public int? SceneId { get; private set; }

    /// <summary>Since when that scene is on; null where no host has brought it on.</summary>
    public DateTimeOffset? SceneSince { get; private set; }

    /// <summary>Where in the scene: the lecture's card, the oath's line, the group at CPR practice; from 0.</summary>
    public int Step { get; private set; }

    /// <summary>
    /// When the film or the metronome last began to run; null while it stands. In the signing scene when the countdown began, and
    /// after it when the count was revealed; in the wave when it began.
    /// </summary>
    public DateTimeOffset? RunningSince { get; private set; }

    /// <summary>Where the film or the metronome was at <see cref="RunningSince"/>, or is while it stands, in milliseconds.</summary>
    public long PositionAtStart { get; private set; }

    /// <summary>When the countdown after 现在签 is over and the count is revealed; null without one.</summary>
    public DateTimeOffset? SigningUntil { get; private set; }

    /// <summary>The snapshot of the counts that the screens keep showing; null while they follow.</summary>
    public string? Held { get; private set; }

    /// <summary>
    /// The counts of those alone who signed while the count was held, until the countdown was over or the wave began: the wave
    /// carries a mark for each of their families, however often it is shown, until 现在签 begins anew. Null where there was no such
    /// time.
    /// </summary>
    public string? Together { get; private set; }

    /// <summary>The screens show the code as large as they can.</summary>
    public bool LargeCode { get; private set; }

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

    /// <summary>
    /// Whether this still holds in an event of a state: what was practised does not once the rehearsal is over, and what was shown before
    /// a rehearsal does not in it.
    /// </summary>
    public bool HoldsIn(EventState state) => Practised == (state == EventState.Rehearsal);

    /// <summary>Before each act: begins anew where what stands here does not hold, a rehearsal at the first scene.</summary>
    /// <param name="state">Of the event.</param>
    /// <param name="firstScene">In the organizer's order.</param>
    public void Enter(EventState state, int firstScene)
    {
        if (!HoldsIn(state))
        {
            SceneId = state == EventState.Rehearsal ? firstScene : null;
            (SceneSince, Step, RunningSince, PositionAtStart, SigningUntil) = (null, 0, null, 0, null);
            (Held, Together, LargeCode, Blank, Sound) = (null, null, false, false, false);
        }
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
    /// <param name="sceneId">The scene.</param>
    /// <param name="step">See <see cref="Step"/>.</param>
    /// <param name="now">UTC.</param>
    /// <param name="keepsCount">
    /// The countdown ends and the count stays held, so that another one counts those who have signed so far.
    /// </param>
    public void Show(int sceneId, int step, DateTimeOffset now, bool keepsCount = false)
    {
        if (sceneId != SceneId)
        {
            SceneSince = now;
            if (keepsCount)
                SigningUntil = null;
            else if (SigningUntil is not null)
                Release();
            (RunningSince, PositionAtStart, LargeCode, Blank) = (null, 0, false, false);
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
        if (SigningUntil is not null)
            RunningSince = null;
        Held = null;
        SigningUntil = null;
        Version++;
    }

    /// <summary>The screens show the code as large as they can, or no longer. Another scene ends it as well.</summary>
    public void ShowLargeCode(bool large)
    {
        LargeCode = large;
        Version++;
    }

    /// <summary>The countdown is over: the count is revealed, and the screens follow it.</summary>
    /// <param name="together">See <see cref="Together"/>.</param>
    /// <param name="now">UTC.</param>
    public void Reveal(string together, DateTimeOffset now)
    {
        Release();
        (Together, RunningSince, PositionAtStart, LargeCode) = (together, now, 0, false);
    }

    /// <summary>Signing has been closed: the countdown is over, the screens follow the count, and there is no code to enlarge.</summary>
    /// <param name="together">See <see cref="Together"/>; null where the count was not held.</param>
    /// <param name="now">UTC.</param>
    public void EndSigning(string? together, DateTimeOffset now)
    {
        if (SigningUntil is not null && together is not null)
            Reveal(together, now);
        else
            Release();
        LargeCode = false;
    }

    /// <summary>The wave of those who signed together; the screens follow the count.</summary>
    /// <param name="waveScene">Its scene.</param>
    /// <param name="together">See <see cref="Together"/>; null where nobody was counted apart: the wave is then of all.</param>
    /// <param name="now">UTC.</param>
    public void StartWave(int waveScene, string? together, DateTimeOffset now)
    {
        Show(waveScene, 0, now);
        Release();
        Together = together;
        RunningSince ??= now;
    }

    /// <summary>
    /// 现在签: the signing scene with a countdown; the count is held until it is over. One that is held already stays the one it is.
    /// </summary>
    public void SignUntil(int signingScene, string tally, DateTimeOffset until, DateTimeOffset now)
    {
        Show(signingScene, 0, now);
        Hold(tally);
        (SigningUntil, RunningSince, PositionAtStart, Together) = (until, now, 0, null);
    }

    /// <summary>Something else that the stage shows has changed: a name was approved.</summary>
    public void Touch() => Version++;
}
