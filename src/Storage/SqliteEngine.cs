using SQLitePCL;

namespace SafetyCampaign.Storage;

/// <summary>Settings of the SQLite library, which hold for the process.</summary>
internal static class SqliteEngine
{
    private const int ConfigMultiThread = 2, ConfigMemoryStatus = 9;

    /// <summary>
    /// No mutex a connection (a connection is never used by two threads at a time, here and in EF's and ADO's pools) and no statistics of
    /// memory behind a lock of all: each call of a prepared statement took and let go of both. With it 200 phones signed at 0.50 of a bare
    /// endpoint's rate instead of 0.46 (medians of four runs of the load runner's `speed` each, in turns). Interrupting the statement of
    /// another thread is allowed all the same (https://sqlite.org/threadsafe.html, https://sqlite.org/c3ref/interrupt.html).
    /// </summary>
    /// <remarks>Before the first connection; later the library ignores it and keeps the mutexes.</remarks>
    public static void Configure()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(ConfigMultiThread);
        _ = raw.sqlite3_config(ConfigMemoryStatus, 0);
    }
}
