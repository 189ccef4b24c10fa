namespace SafetyCampaign.Campaigns;

/// <summary>
/// What the host has decided about one signer's masked name, whose family agreed to its being shown (PIPL 25). It holds
/// no name: that is read from the pledge each time, so that a withdrawn one is gone from the screen as well.
/// </summary>
public sealed class ShownName
{
    private ShownName()
    {
    }

    public ShownName(int eventId, long sequence)
    {
        EventId = eventId;
        Sequence = sequence;
    }

    public int EventId { get; private set; }

    /// <summary>The pledge's sequence number in the ledger.</summary>
    public long Sequence { get; private set; }

    public bool Approved { get; private set; }
    public DateTimeOffset DecidedAt { get; private set; }

    public void Decide(bool approved, DateTimeOffset now)
    {
        Approved = approved;
        DecidedAt = now;
    }
}
