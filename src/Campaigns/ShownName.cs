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

    /// <summary>Not approved until <see cref="Decide"/>.</summary>
    public ShownName(int eventId, long sequence)
    {
        EventId = eventId;
        Sequence = sequence;
    }

    /// <summary>The event on whose stage the name may appear.</summary>
    public int EventId { get; private set; }

    /// <summary>The pledge's sequence number in the ledger.</summary>
    public long Sequence { get; private set; }

    /// <summary>Whether the host lets it appear.</summary>
    public bool Approved { get; private set; }

    /// <summary>UTC, of the last decision.</summary>
    public DateTimeOffset DecidedAt { get; private set; }

    /// <summary>Sets whether it may appear; a later decision replaces an earlier one.</summary>
    public void Decide(bool approved, DateTimeOffset now)
    {
        Approved = approved;
        DecidedAt = now;
    }
}
