namespace SafetyCampaign.Campaigns;

/// <summary>What a person saw in a row of a sheet. The store keeps the number.</summary>
public enum PaperDecision
{
    /// <summary>Nobody signed: no answer, not a refusal.</summary>
    NotSigned = 0,

    /// <summary>The child signed, and the guardian has not.</summary>
    ChildOnly = 1,

    /// <summary>Both signed; the guardian thereby consented, as the sheet says.</summary>
    WithGuardian = 2,
}

/// <summary>A row of a <see cref="PaperSheet"/>.</summary>
public sealed class PaperRow
{
    private PaperRow()
    {
    }

    /// <summary>A row for a pupil, or an empty one.</summary>
    public PaperRow(int row, int? rosterEntryId) => (Row, RosterEntryId, Key) = (row, rosterEntryId, Guid.NewGuid());

    /// <summary>The page.</summary>
    public int SheetId { get; private set; }

    /// <summary>Its place on the page, from 0.</summary>
    public int Row { get; private set; }

    /// <summary>The pupil whose name was printed; null where the name is written by hand, or the pupil was deleted from the list.</summary>
    public int? RosterEntryId { get; private set; }

    /// <summary>
    /// The name that was written by hand, as somebody typed it; null where it was printed, nobody has, or it stands in the ledger.
    /// </summary>
    public string? Name { get; private set; }

    /// <summary>What was decided; null before.</summary>
    public PaperDecision? Decision { get; private set; }

    /// <summary>
    /// The key of the sign request that it becomes: pressing twice signs once. Random, without the time of a version 7, which would tell
    /// of an erased pledge on which page it stood. Another one once the pledge is erased: set by the ledger.
    /// </summary>
    public Guid Key { get; private set; }

    /// <summary>The sequence number in the ledger of the request that it became; null before.</summary>
    public long? Sequence { get; private set; }

    /// <summary>
    /// What was written here was erased with its pledge: nobody looks at it again, and no photo of it is kept. Set by the ledger.
    /// </summary>
    public bool IsErased { get; private set; }

    /// <summary>All that is asked for is there: a photo has nothing to add.</summary>
    public bool IsDone => IsErased || (Sequence is not null && Decision == PaperDecision.WithGuardian);

    /// <summary>Decides, or takes the decision back with null. What has become a pledge can only gain the guardian.</summary>
    /// <returns>Whether anything changed.</returns>
    public bool Decide(PaperDecision? decision, string? name)
    {
        if (RosterEntryId is not null)
            name = null;
        if (IsErased || (decision, name) == (Decision, Name))
            return false;
        if (Sequence is not null)
        {
            if (decision != PaperDecision.WithGuardian || Decision != PaperDecision.ChildOnly)
                return false;
            Renew();
        }
        (Decision, Name) = (decision, name);
        return true;
    }

    /// <summary>It has become a pledge, which has the name from now on.</summary>
    public void Confirm(long sequence) => (Sequence, Name) = (sequence, null);

    /// <summary>Its pledge counts no longer: it is undecided again.</summary>
    /// <param name="name">See <see cref="Name"/>.</param>
    public void Reopen(string? name)
    {
        Renew();
        (Decision, Name) = (null, RosterEntryId is null ? name : null);
    }

    private void Renew() => (Sequence, Key) = (null, Guid.NewGuid());
}
