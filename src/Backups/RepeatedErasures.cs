using SafetyCampaign.Storage;

namespace SafetyCampaign.Backups;

/// <summary>What was erased again in an older copy of the database, in requests; practice and expired ones in pledges.</summary>
public sealed record RepeatedErasures
{
    /// <summary>Withdrawn since.</summary>
    public int Withdrawn { get; init; }

    /// <summary>Erased since.</summary>
    public int Erased { get; init; }

    /// <summary>Corrected since: they have the corrected names again, from the database that was replaced.</summary>
    public int Corrected { get; init; }

    /// <summary>Corrected since, and the corrected names are lost: the old ones were erased.</summary>
    public int CorrectedErased { get; init; }

    /// <summary>Whose consent to show masked names was withdrawn since.</summary>
    public int MaskedNames { get; init; }

    /// <summary>Events whose practice was wiped since.</summary>
    public int Rehearsals { get; init; }

    /// <summary>Pledges whose promised day has come.</summary>
    public int Expired { get; init; }

    /// <summary>What else is kept of people and goes on that day.</summary>
    public ErasureBesideLedger Beside { get; init; } = new(0, 0, 0, 0);

    /// <summary>Pupils on lists whose time has come.</summary>
    public int Pupils { get; init; }

    /// <summary>By a clock that whoever restores calls wrong, more would have been erased.</summary>
    public bool LeftInDoubt { get; init; }

    /// <summary>False where there was a database to replace, but it could not be read.</summary>
    public bool ReplacedWasRead { get; init; } = true;

    public int Total => Withdrawn + Erased + Corrected + CorrectedErased + MaskedNames + Rehearsals + Expired + Beside.Total
        + Pupils;
}
