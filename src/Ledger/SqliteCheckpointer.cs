using Microsoft.Data.Sqlite;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Ledger;

/// <summary>
/// Copies the write-ahead log into the database file on a thread and a connection of its own, while the ledger's writer goes on. Where
/// SQLite does it as usual, inside COMMIT at every 1,000 pages, all signatures that wait are kept waiting for the copying and two syncs.
/// A passive checkpoint waits for nobody and keeps nobody waiting (https://sqlite.org/wal.html#ckpt). While signatures come it never
/// reaches the end of the log: the last pages are copied by the writer, at <see cref="WriterPages"/>, and the log begins anew.
/// </summary>
internal sealed class SqliteCheckpointer : IDisposable
{
    /// <summary>
    /// The length of the log, in pages of 16 KiB (<see cref="SqliteCampaignDb"/>), at which the writer copies what is left of it: 48 MiB.
    /// </summary>
    public const int WriterPages = 3072;

    /// <summary>Pages written since the last pass, after which there is another: 8 MiB.</summary>
    private const int PagesBetween = 512;

    /// <summary>A pass that has copied more is followed by another at once, since as many may have been written meanwhile.</summary>
    private const int FewPages = 64;

    /// <summary>Pages that a commit writes, besides those of its entries: of indices, counters and the audit log.</summary>
    private const int PagesOfCommit = 4;

    /// <summary>Of two rows and a drawing of 1 KB each some eight lie on a page.</summary>
    private const int EntriesOnPage = 8;

    private readonly SqliteConnection connection;
    private readonly AutoResetEvent due = new(false);
    private readonly Thread thread;
    private volatile bool stopping;
    private int pages;

    /// <param name="folder">Where the database file lies. The log must be there, see <see cref="SqliteLedgerPragmas"/>.</param>
    public SqliteCheckpointer(DataFolder folder)
    {
        connection = new SqliteConnection(folder.ConnectionString + ";Pooling=False");
        try
        {
            connection.Open();
            SqliteLedgerPragmas.Apply(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
        thread = new Thread(Run) { Name = "Checkpoints", IsBackground = true };
        thread.Start();
    }

    /// <summary>Told by the writer's thread after each commit.</summary>
    public void Committed(int entries)
    {
        pages += PagesOfCommit + entries / EntriesOnPage;
        if (pages < PagesBetween)
            return;
        pages = 0;
        due.Set();
    }

    /// <summary>Waits for the pass under way.</summary>
    public void Dispose()
    {
        stopping = true;
        due.Set();
        thread.Join();
        connection.Dispose();
        due.Dispose();
    }

    private void Run()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
        var at = 0L;
        for (due.WaitOne(); !stopping; due.WaitOne())
            for (var copied = long.MaxValue; !stopping && copied > FewPages;)
            {
                var now = CopiedPages(command) ?? at;
                (copied, at) = (now - at, now); // below zero where the log has begun anew
            }
    }

    /// <summary>One pass. A disk that fails fails the writer's next commit, too, which says so.</summary>
    /// <returns>How many pages of the log are in the database file; null where another checkpoint is under way, or the pass
    /// failed.</returns>
    private static long? CopiedPages(SqliteCommand command)
    {
        try
        {
            using var row = command.ExecuteReader(); // busy, pages in the log, pages copied
            return row.Read() && row.GetInt64(0) == 0 ? row.GetInt64(2) : null;
        }
        catch (SqliteException)
        {
            return null;
        }
    }
}
