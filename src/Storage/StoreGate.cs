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

    /// <summary>Before another try where the server has no connection left for this node; those of the pool come back meanwhile.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly SemaphoreSlim turns = new(Math.Max(1, maxConnections - Reserved));
    private long failedAt = long.MinValue;

    /// <summary>Reads at this one's turn.</summary>
    /// <exception cref="StoreBusyException">No turn came in time, or the store failed somebody meanwhile.</exception>
    public async Task<T> ReadAsync<T>(Func<CampaignDb, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        var asked = Stopwatch.GetTimestamp();
        if (!await turns.WaitAsync(MaxWait, cancellationToken))
            throw Noted(new StoreBusyException());
        try
        {
            // Whoever waited while the store failed others would only wait for the same failure.
            if (Volatile.Read(ref failedAt) > asked)
                throw new StoreBusyException();
            var answer = await TryAsync(read, asked, cancellationToken);
            outage.NoteAnswer();
            return answer;
        }
        catch (Exception failure) when (failure is not StoreBusyException && StoreFailure.Is(failure))
        {
            Volatile.Write(ref failedAt, Stopwatch.GetTimestamp());
            outage.NoteFailure(failure);
            throw;
        }
        finally
        {
            turns.Release();
        }
    }

    public void Dispose() => turns.Dispose();

    private async Task<T> TryAsync<T>(Func<CampaignDb, CancellationToken, Task<T>> read, long asked, CancellationToken cancellationToken)
    {
        while (true)
            try
            {
                await using var db = dbFactory.Open();
                db.Database.SetCommandTimeout(CommandTimeout);
                return await read(db, cancellationToken);
            }
            catch (Exception refused) when (StoreFailure.IsTooManyConnections(refused) && Stopwatch.GetElapsedTime(asked) < MaxWait)
            {
                await Task.Delay(Pause, cancellationToken);
            }
    }

    private StoreBusyException Noted(StoreBusyException busy)
    {
        outage.NoteFailure(busy);
        return busy;
    }
}
