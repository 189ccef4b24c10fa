using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Ledger;

/// <summary>What a committed entry did to an event's counts. <paramref name="Sequence"/> is the entry's last place in the ledger.</summary>
public abstract record LedgerChange(int EventId, long Sequence)
{
    /// <summary>The people of one request came in, or went out again.</summary>
    /// <param name="Sign">+1 or -1.</param>
    public sealed record People(int EventId, long Sequence, bool Rehearsal, int? ClassId, IReadOnlyList<SignerRole> Roles, bool Family, int Sign)
        : LedgerChange(EventId, Sequence);

    /// <summary>All practice signatures of the event are gone.</summary>
    public sealed record RehearsalWiped(int EventId, long Sequence) : LedgerChange(EventId, Sequence);

    /// <summary>The counts were found wrong and set right: they differ from what screens were told, though nobody signed.</summary>
    public sealed record Recounted(int EventId, long Sequence) : LedgerChange(EventId, Sequence);
}
