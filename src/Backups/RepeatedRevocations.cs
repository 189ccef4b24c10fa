namespace SafetyCampaign.Backups;

/// <summary>What was taken away again in an older copy of the database.</summary>
public sealed record RepeatedRevocations
{
    /// <summary>
    /// False where the database that was replaced could not tell: every link was ended, and all else is as the backup has it.
    /// </summary>
    public bool ReplacedWasRead { get; init; }

    /// <summary>Accounts that were removed since.</summary>
    public int RemovedAccounts { get; init; }

    /// <summary>Accounts that have the password, role, suspension and second factor again that they had last.</summary>
    public int Accounts { get; init; }

    /// <summary>Rights to see names that were ended since.</summary>
    public int Grants { get; init; }

    /// <summary>API tokens that ended.</summary>
    public int Tokens { get; init; }

    /// <summary>Weekly exports that were ended since.</summary>
    public int Exports { get; init; }

    /// <summary>Links of hosts and classes, and slips, that ended.</summary>
    public int Links { get; init; }

    /// <summary>Pupils on lists who were deleted, have left, or are spelt otherwise since.</summary>
    public int Pupils { get; init; }

    /// <summary>Events that were deleted since.</summary>
    public int Events { get; init; }

    /// <summary>Photos of activity reports and of class sheets, and rows of these, that were removed since.</summary>
    public int Photos { get; init; }

    /// <summary>Take-home slips that are gone since, with the pledge that was signed with them or with the pupil.</summary>
    public int Slips { get; init; }

    /// <summary>Rows of class sheets that were erased, or whose typed name was overwritten, since.</summary>
    public int PaperRows { get; init; }

    public int Total =>
        RemovedAccounts + Accounts + Grants + Tokens + Exports + Links + Pupils + Events + Photos + Slips + PaperRows;
}
