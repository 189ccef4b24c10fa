using System.Collections.Concurrent;

namespace SafetyCampaign.Display;

/// <summary>A screen as its host sees it.</summary>
/// <param name="Number">From 1, in the order in which the event's screens came; one that returns keeps its own.</param>
/// <param name="IsBehind">It shows something older than the others, though it has had the time.</param>
/// <param name="LostSince">When it was last heard; null while it is there.</param>
/// <param name="SoundBlocked">It is to sound, and waits for somebody to press a key at the machine.</param>
public sealed record ScreenStatus(int Number, bool IsBehind, DateTimeOffset? LostSince, bool SoundBlocked);

/// <summary>What a screen says of itself.</summary>
/// <param name="Version">Of the scene it shows; null when it is closed, and not lost.</param>
public sealed record ScreenReport(int EventId, Guid Screen, long? Version, bool SoundBlocked);

/// <summary>
/// The screens that have said what they show, in memory: they say it every two seconds, and at once after a change. What
/// they say to one node the others are told (<see cref="ScreenReportRelay"/>), so that a host sees all of them from any.
/// </summary>
public sealed class ScreenRegistry(TimeProvider time)
{
    /// <summary>For each event. Anybody may say to be a screen.</summary>
    private const int Most = 200;

    /// <summary>Two of its reports were missed.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan TimeToFollow = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<int, EventScreens> byEvent = new();

    /// <summary>Raised for what a screen has said to this node. Handlers must be quick.</summary>
    public event Action<ScreenReport>? Reported;

    public void Shows(int eventId, Guid screen, long version, bool soundBlocked) => Receive(new ScreenReport(eventId, screen, version, soundBlocked));

    /// <summary>Somebody has closed the page: it is not lost.</summary>
    public void Leaves(int eventId, Guid screen) => Receive(new ScreenReport(eventId, screen, null, false));

    /// <summary>Takes over what a screen has said to any node.</summary>
    public void Apply(ScreenReport report)
    {
        if (report.Version is { } version)
            Note(report.EventId, report.Screen, version, report.SoundBlocked);
        else if (byEvent.TryGetValue(report.EventId, out var screens))
            lock (screens)
                screens.ById.Remove(report.Screen);
    }

    /// <param name="version">That of the scene as it is now, <see cref="Scenes.StageScene.Version"/>.</param>
    public IReadOnlyList<ScreenStatus> Of(int eventId, long version)
    {
        if (!byEvent.TryGetValue(eventId, out var screens))
            return [];
        lock (screens)
        {
            var now = time.GetUtcNow();
            screens.Forget(now - Memory);
            if (screens.Version != version)
                (screens.Version, screens.Since) = (version, now);
            var hadTime = now - screens.Since >= TimeToFollow;
            return [.. screens.ById.Values.OrderBy(screen => screen.Number).Select(screen => new ScreenStatus(
                screen.Number, hadTime && screen.Version < version, now - screen.ReportedAt > Silence ? screen.ReportedAt : null, screen.SoundBlocked))];
        }
    }

    private void Receive(ScreenReport report)
    {
        Apply(report);
        Reported?.Invoke(report);
    }

    private void Note(int eventId, Guid screen, long version, bool soundBlocked)
    {
        var screens = byEvent.GetOrAdd(eventId, _ => new EventScreens());
        lock (screens)
        {
            screens.Forget(time.GetUtcNow() - Memory);
            if (screens.ById.TryGetValue(screen, out var known))
                screens.ById[screen] = known with { Version = version, SoundBlocked = soundBlocked, ReportedAt = time.GetUtcNow() };
            else if (screens.ById.Count < Most)
                screens.ById[screen] = new ReportedScreen(++screens.Numbers, version, soundBlocked, time.GetUtcNow());
        }
    }

    private sealed record ReportedScreen(int Number, long Version, bool SoundBlocked, DateTimeOffset ReportedAt);

    private sealed class EventScreens
    {
        public Dictionary<Guid, ReportedScreen> ById { get; } = [];

        public int Numbers { get; set; }

        /// <summary>The scene's version that a host has last asked about, and when that was first.</summary>
        public long Version { get; set; }

        public DateTimeOffset Since { get; set; }

        public void Forget(DateTimeOffset before)
        {
            foreach (var (screen, _) in ById.Where(known => known.Value.ReportedAt < before).ToList())
                ById.Remove(screen);
        }
    }
}
