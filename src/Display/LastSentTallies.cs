using System.Collections.Concurrent;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Display;

/// <summary>
/// What this node's screens were last told of each event's counts: from it follows what has changed since. With 200 classes a whole
/// tally has 18 KB, a change of one class 250 bytes.
/// </summary>
public sealed class LastSentTallies
{
    /// <summary>The most classes of an event whose screens are told all of them each time: less than 2 KB with usual names.</summary>
    public const int MaxWhole = 14;

    private readonly ConcurrentDictionary<int, Told> byEvent = new();

    /// <summary>A screen was answered with the whole; the first of an event's screens knows nothing older.</summary>
    public void Answered(PublishedEvent e, Tally whole)
    {
        if (e.Classes.Count > MaxWhole)
            byEvent.TryAdd(e.Id, new Told(e, whole));
    }

    /// <summary>Notes what the screens are told now. One caller at a time.</summary>
    /// <returns>
    /// What to tell them; null where it is the whole: of few classes, to screens that were told nothing yet, and after the event has
    /// been read anew, since its state or its classes may be others at the same version of the counts.
    /// </returns>
    public TallyChange? Next(PublishedEvent e, Tally now)
    {
        if (e.Classes.Count <= MaxWhole)
            return null;
        var before = byEvent.GetValueOrDefault(e.Id);
        byEvent[e.Id] = new Told(e, now);
        return before is not null && ReferenceEquals(before.Event, e) ? TallyChange.Between(before.Tally, now) : null;
    }

    private sealed record Told(PublishedEvent Event, Tally Tally);
}
