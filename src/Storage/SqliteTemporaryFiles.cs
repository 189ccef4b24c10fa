namespace SafetyCampaign.Storage;

/// <summary>
/// Where SQLite keeps what a statement needs for its own duration (sorting, statement journals, the new file of VACUUM). By
/// default that is a system folder such as /tmp, which may be read-only, small, or open to others. Here it is memory: the
/// largest of them, sorting a million rows, takes some tens of megabytes. A large database that is rewritten is the exception.
/// </summary>
internal static class SqliteTemporaryFiles
{
    public const string Pragma = "PRAGMA temp_store=MEMORY";

    /// <summary>For this connection in files in a folder. SQLite's setting of the folder is the process's; no other connection uses files.</summary>
    public static string InFolder(string path) =>
        $"PRAGMA temp_store_directory='{path.Replace("'", "''", StringComparison.Ordinal)}'; PRAGMA temp_store=FILE";
}
