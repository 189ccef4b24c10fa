using SafetyCampaign.Storage;

namespace SafetyCampaign.Ledger;

/// <summary>Deletes events: in the ledger's own transaction, so that no pledge is stored for an event that is gone.</summary>
public sealed partial class PledgeLedger
{
    /// <summary>
    /// Deletes an event, what belongs to it, and its pledges, in one transaction. Only where nobody can sign, and where no pledge but
    /// practice is there or everything personal of its campaign has been erased. It reads what was signed
    /// while the event was, for which signatures wait.
    /// </summary>
    /// <param name="eventId">The event's row.</param>
    /// <param name="revision">The event's revision as whoever asks has seen it.</param>
    /// <param name="by">The organizer's account.</param>
    /// <param name="audit">The line of the audit log that is written in the same transaction.</param>
    /// <returns>False where it has been changed since, or may not be deleted; nothing is deleted then.</returns>
    /// <exception cref="LedgerUnavailableException">The store cannot write now.</exception>
    public Task<bool> DeleteEventAsync(int eventId, long revision, int by, AuditEntry audit) =>
        ActAsync((store, now) => store.DeleteEvent(eventId, revision, by, now), audit);
}
