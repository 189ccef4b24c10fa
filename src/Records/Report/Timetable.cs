namespace SafetyCampaign.Records.Report;

/// <summary>Puts what the stage showed, one act of a host after the other, into the spans of a timetable.</summary>
public static class Timetable
{
    /// <summary>
    /// What was on for a shorter time was passed over or pressed by mistake. The last scene stays however short it was: nothing tells
    /// when it ended.
    /// </summary>
    public static readonly TimeSpan MinShown = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Each scene from when it came on until another did. Further steps of a scene belong to it; a return to the scene before, or to the
    /// one that is listed before the last, continues its span, so that paging back and forth between two lists each of them once.
    /// </summary>
    /// <param name="shown">Which scene came on or made a step, and when; in the order of time.</param>
    public static IReadOnlyList<(T Scene, DateTimeOffset From, DateTimeOffset? Until)> Of<T>(
        IReadOnlyList<(T Scene, DateTimeOffset At)> shown) where T : IEquatable<T>
    {
        var visits = new List<(T Scene, DateTimeOffset From, DateTimeOffset? Until)>();
        foreach (var (scene, at) in shown)
        {
            if (visits.Count > 0 && visits[^1].Scene.Equals(scene)) // another step of the same scene
                continue;
            if (visits.Count > 0)
                visits[^1] = visits[^1] with { Until = at };
            visits.Add((scene, at, null));
        }
        var spans = new List<(T Scene, DateTimeOffset From, DateTimeOffset? Until)>();
        foreach (var visit in visits.Where(visit => visit.Until is not { } until || until - visit.From >= MinShown))
        {
            var before = spans.FindLastIndex(span => span.Scene.Equals(visit.Scene));
            if (before >= 0 && before >= spans.Count - 2)
                spans[before] = spans[before] with { Until = visit.Until };
            else
                spans.Add(visit);
        }
        return spans;
    }
}
