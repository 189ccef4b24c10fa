using System.Collections.Concurrent;
using System.Data;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace SafetyCampaign.Storage;

/// <summary>
/// In front of the database for what anybody may ask without an account: receipts, certificates, verification, events that
/// are not in memory. A limited number read at once, fewer than there are connections, so that the ledger, the desk and the
/// health check find one; the others wait their turn, and no longer than <see cref="MaxWait"/>.
/// </summary>
/// <param name="dbFactory">Opens the store, seeing everything.</param>
/// <param name="maxConnections">What one node may open in all (<see cref="DatabaseSettings.MaxConnections"/>).</param>
/// <param name="outage">Told of every failure and answer.</param>
public sealed class StoreGate(CampaignDbFactory dbFactory, int maxConnections, StoreOutage outage) : IDisposable
{
    /// <summary>For a turn.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(3);

    /// <summary>Of one statement, in seconds; a lock ends it sooner (<see cref="DatabaseSettings"/>).</summary>
    internal const int CommandTimeout = 2;

    /// <summary>Connections that are left for the ledger's writer, the pollers of a node, the desk and the health check.</summary>
    private const int Reserved = 5;

    /// <summary>Before another try where the server has no connection left for this node.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>For which fewer read at once after the server has refused a connection.</summary>
    private static readonly TimeSpan Narrowed = TimeSpan.FromSeconds(30);

    private readonly int width = Math.Max(1, maxConnections - Reserved);
    private readonly SemaphoreSlim turns = new(Math.Max(1, maxConnections - Reserved));
    private readonly Lock narrowing = new();
    // Contexts, as many as ever read at once: to make one takes as long as a query. Where they may, so many as there are processors
    // keep their connection, the others give it back.
    private readonly ConcurrentStack<CampaignDb> idle = [];
    private readonly ConcurrentStack<CampaignDb> connected = [];
    private int narrowedBy;
    private long narrowedAt;
    private long failedAt = long.MinValue;

    /// <summary>Reads at this one's turn.</summary>
    /// <exception cref="StoreBusyException">No turn came in time, or the store failed somebody meanwhile.</exception>
    public async Task<T> ReadAsync<T>(Func<CampaignDb, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        var asked = Stopwatch.GetTimestamp();
        while (true)
        {
            await TakeTurnAsync(asked, cancellationToken);
            var narrow = false;
            try
            {
                var answer = await ReadByContextAsync(read, cancellationToken);
                outage.NoteAnswer();
                return answer;
            }
            catch (Exception refused) when (StoreFailure.IsTooManyConnections(refused) && Stopwatch.GetElapsedTime(asked) < MaxWait)
            {
                narrow = true; // as many as can be read on the connections that there are
                await Task.Delay(Pause, cancellationToken);
            }
            catch (Exception failure) when (StoreFailure.Is(failure))
            {
                if (!StoreFailure.IsTooManyConnections(failure))
                    Volatile.Write(ref failedAt, Stopwatch.GetTimestamp());
                outage.NoteFailure(failure);
                throw;
            }
            finally
            {
                GiveTurnBack(narrow);
            }
        }
    }

    public void Dispose()
    {
        while (connected.TryPop(out var db) || idle.TryPop(out db))
            db.Dispose();
        turns.Dispose();
    }

    /// <summary>
    /// On one connection for all queries of the turn. A context whose read failed is not used again, nor is its connection.
    /// </summary>
    private async Task<T> ReadByContextAsync<T>(Func<CampaignDb, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        if (!connected.TryPop(out var db) && !idle.TryPop(out db))
        {
            db = dbFactory.Open();
            db.Database.SetCommandTimeout(CommandTimeout);
        }
        var isDone = false;
        try
        {
            if (db.Database.GetDbConnection().State != ConnectionState.Open)
                await db.Database.OpenConnectionAsync(cancellationToken);
            var answer = await read(db, cancellationToken);
            db.ChangeTracker.Clear();
            await GiveBackAsync(db);
            isDone = true;
            return answer;
        }
        finally
        {
            if (!isDone)
                await db.DisposeAsync();
        }
    }

    private async Task GiveBackAsync(CampaignDb db)
    {
        if (db.MayKeepConnection && connected.Count < Environment.ProcessorCount)
        {
            connected.Push(db);
            return;
        }
        await db.Database.CloseConnectionAsync();
        idle.Push(db);
    }

    private async Task TakeTurnAsync(long asked, CancellationToken cancellationToken)
    {
        var left = MaxWait - Stopwatch.GetElapsedTime(asked);
        if (!await turns.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellationToken))
        {
            var busy = new StoreBusyException();
            outage.NoteFailure(busy);
            throw busy;
        }
        // Whoever waited while the store failed others would only wait for the same failure.
        if (Volatile.Read(ref failedAt) <= asked)
            return;
        GiveTurnBack(narrow: false);
        throw new StoreBusyException();
    }

    private void GiveTurnBack(bool narrow)
    {
        lock (narrowing)
        {
            if (narrow && narrowedBy < width - 1)
            {
                narrowedBy++;
                narrowedAt = Stopwatch.GetTimestamp();
                return;
            }
            var back = 1;
            if (narrowedBy > 0 && Stopwatch.GetElapsedTime(narrowedAt) > Narrowed)
            {
                back += narrowedBy;
                narrowedBy = 0;
            }
            turns.Release(back);
        }
    }
}
