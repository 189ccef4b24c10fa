using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Ledger;

/// <summary>What becomes of the pledges of an event that is deleted.</summary>
public abstract partial class LedgerStore
{
    /// <summary>
    /// Deletes an event with whatever belongs to it. The act stays, and takes a number of the sequence: the numbers of the deleted
    /// pledges are not given again.
    /// </summary>
    /// <param name="eventId">The event's row.</param>
    /// <param name="revision">As whoever asks has seen it.</param>
    /// <param name="by">The organizer's account.</param>
    /// <param name="now">The time that the act gets.</param>
    internal LedgerChange? DeleteEvent(int eventId, long revision, int by, DateTimeOffset now)
    {
        BeforeAct();
        if (!Acts.DeleteEvent(eventId, revision))
            return null;
        Counters.ForgetEvent(eventId);
        var sequence = Note(LedgerActKind.EventDeleted, eventId, now, by, people: 0);
        return new LedgerChange.CountedAnew(eventId, sequence, [], []) { ChangesStoredPledges = true, ErasesNames = true };
    }
}
