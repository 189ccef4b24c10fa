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
        return Acts.DeleteEvent(eventId, revision, Sequences.Of(eventId)) ? NoteDeletion(eventId, by, now) : null;
    }

    /// <summary>Deletes an event that had been deleted, in an older database: whatever state it has there.</summary>
    /// <param name="eventId">The event's row.</param>
    /// <param name="now">The time that the act gets.</param>
    internal LedgerChange? DeleteEventAgain(int eventId, DateTimeOffset now)
    {
        BeforeAct();
        return Acts.DeleteEventAgain(eventId, Sequences.Of(eventId)) ? NoteDeletion(eventId, by: null, now) : null;
    }

    private LedgerChange.CountedAnew NoteDeletion(int eventId, int? by, DateTimeOffset now)
    {
        Counters.ForgetEvent(eventId);
        var sequence = InsertAct(LedgerActKind.EventDeleted, eventId, now, by, people: 0);
        return new LedgerChange.CountedAnew(eventId, sequence, [], []) { ChangesStoredPledges = true, ErasesNames = true };
    }
}
