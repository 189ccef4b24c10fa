namespace SafetyCampaign.Storage;

/// <summary>
/// Where SQLite keeps what a statement needs for its own duration (sorting, statement journals, the new file of VACUUM). By
/// default that is a system folder such as /tmp, which may be read-only, small, or open to others. Here it is memory: the
/// largest of them, sorting a million rows, takes some tens of megabytes.
/// </summary>
internal static class SqliteTemporaryFiles
{
    public const string Pragma = "PRAGMA temp_store=MEMORY";
}
