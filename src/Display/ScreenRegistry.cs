using System.Collections.Concurrent;

namespace SafetyCampaign.Display;

/// <summary>The state of a screen for the host.</summary>
/// <param name="Number">From 1, in the order in which the event's screens came; one that returns keeps its own.</param>
/// <param name="IsBehind">It shows an older version than the current one, after the time that a change needs.</param>
/// <param name="LostSince">When it was last heard; null while it is there.</param>
/// <param name="SoundBlocked">It is to sound, and waits for somebody to press a key at the machine.</param>
public sealed record ScreenStatus(int Number, bool IsBehind, DateTimeOffset? LostSince, bool SoundBlocked);

/// <summary>A report of a screen.</summary>
/// <param name="Version">Of the scene it shows; null when it is closed, and not lost.</param>
public sealed record ScreenReport(int EventId, Guid Screen, long? Version, bool SoundBlocked);

/// <summary>
/// The screens that have reported, in memory: they report every two seconds, and at once after a change. What
/// one node receives is sent to the others (<see cref="ScreenReportRelay"/>), so that a host sees all of them from any.
/// </summary>
public sealed class ScreenRegistry(TimeProvider time)
{
    /// <summary>Most screens of an event: the report is public, so anybody can send one.</summary>
    private const int Most = 200;

    /// <summary>Two of its reports were missed.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan TimeToFollow = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<int, EventScreens> byEvent = new();

    /// <summary>Raised for a report to this node. Handlers must not block.</summary>
    public event Action<ScreenReport>? Reported;

    public void Shows(int eventId, Guid screen, long version, bool soundBlocked) =>
        Receive(new ScreenReport(eventId, screen, version, soundBlocked));

    /// <summary>The page was closed: it is not reported as lost.</summary>
    public void Leaves(int eventId, Guid screen) => Receive(new ScreenReport(eventId, screen, null, false));

    /// <summary>Takes over a report to any node.</summary>
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
                screen.Number, hadTime && screen.Version < version, now - screen.ReportedAt > Silence ? screen.ReportedAt : null,
                screen.SoundBlocked))];
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
