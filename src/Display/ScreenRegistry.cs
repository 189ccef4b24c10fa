using System.Collections.Concurrent;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Display;

/// <summary>The state of a screen for the host.</summary>
/// <param name="Number">From 1, in the order in which the event's screens came; one that returns keeps its own.</param>
/// <param name="IsBehind">It shows an older version than the current one, after the time that a change needs.</param>
/// <param name="LostSince">When it was last heard; null while it is there.</param>
/// <param name="SoundBlocked">It is to sound, and waits for somebody to press a key at the machine.</param>
/// <param name="MaySleep">The browser does not let it keep the screen on, as on plain HTTP.</param>
public sealed record ScreenStatus(int Number, bool IsBehind, DateTimeOffset? LostSince, bool SoundBlocked, bool MaySleep = false);

/// <summary>A report of a screen.</summary>
/// <param name="Version">Of the scene it shows; null when it is closed, and not lost.</param>
/// <param name="Device">By its cookie; null where it has none.</param>
public sealed record ScreenReport(
    int EventId, Guid Screen, long? Version, bool SoundBlocked, Guid? Device = null, bool MaySleep = false);

/// <summary>
/// The screens that have reported, in memory: they report every two seconds, and at once after a change. What
/// one node receives is sent to the others (<see cref="ScreenReportRelay"/>), so that a host sees all of them from any.
/// </summary>
public sealed class ScreenRegistry(TimeProvider time)
{
    /// <summary>
    /// The most screens of an event: the report is public, so anybody can send one. One more takes the place of one that is
    /// lost, or of the youngest where its own device is known for longer.
    /// </summary>
    private const int MaxScreens = 200;

    /// <summary>Screens of one device that have a place by its cookie.</summary>
    private const int MaxPerDevice = 8;

    /// <summary>Two of its reports were missed.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan TimeToFollow = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<int, EventScreens> byEvent = new();

    /// <summary>Raised for a report to this node. Handlers must not block.</summary>
    public event Action<ScreenReport>? Reported;

    public void Shows(int eventId, Guid screen, long version, bool soundBlocked, Guid? device = null, bool maySleep = false) =>
        Receive(new ScreenReport(eventId, screen, version, soundBlocked, device, maySleep));

    /// <summary>The page was closed: it is not reported as lost.</summary>
    public void Leaves(int eventId, Guid screen) => Receive(new ScreenReport(eventId, screen, null, false));

    /// <summary>Takes over a report to any node.</summary>
    public void Apply(ScreenReport report)
    {
        if (report.Version is { } version)
            Note(report, version);
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
                screen.SoundBlocked, screen.MaySleep))];
        }
    }

    private void Receive(ScreenReport report)
    {
        Apply(report);
        Reported?.Invoke(report);
    }

    private void Note(ScreenReport report, long version)
    {
        var screens = byEvent.GetOrAdd(report.EventId, _ => new EventScreens());
        lock (screens)
        {
            var now = time.GetUtcNow();
            screens.Forget(now - Memory);
            if (screens.ById.TryGetValue(report.Screen, out var known))
                screens.ById[report.Screen] = known with
                {
                    Version = version,
                    SoundBlocked = report.SoundBlocked,
                    MaySleep = report.MaySleep,
                    ReportedAt = now,
                };
            else if (screens.ById.Count < MaxScreens || screens.MakeRoom(report.Device, now - Silence))
                screens.ById[report.Screen] = new ReportedScreen(
                    ++screens.Numbers, version, report.SoundBlocked, report.MaySleep, now, report.Device);
        }
    }

    private sealed record ReportedScreen(
        int Number, long Version, bool SoundBlocked, bool MaySleep, DateTimeOffset ReportedAt, Guid? Device);

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

        /// <summary>Takes away whoever is known for the shortest time, those that are lost first; false where nobody has to go.</summary>
        public bool MakeRoom(Guid? device, DateTimeOffset lostBefore)
        {
            var windows = ById.Values.Where(of => of.Device is not null).CountBy(of => of.Device!.Value).ToDictionary();
            var (weakest, last) = ById.MaxBy(of => (of.Value.ReportedAt < lostBefore, KnownSince(of.Value.Device, windows)));
            return (last.ReportedAt < lostBefore || KnownSince(device, windows) < KnownSince(last.Device, windows)) && ById.Remove(weakest);
        }

        private static DateTimeOffset KnownSince(Guid? device, Dictionary<Guid, int> windows) =>
            device is { } known && windows.GetValueOrDefault(known) <= MaxPerDevice
                ? DeviceCookie.IssuedAt(known)
                : DateTimeOffset.MaxValue;
    }
}
