using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Seals;

/// <summary>
/// Has seals stamped by the timestamp authority, where one is configured. A seal stands without: while the authority is away it is asked
/// again later, and nobody waits for it. Of several nodes the one that moves a seal on, by one statement, asks.
/// </summary>
public sealed partial class SealTimestamps(
    CampaignDbFactory dbFactory, TimestampAuthority authority, TimeProvider time, ILogger<SealTimestamps> log)
    : PeriodicBackgroundService(Interval, time)
{
    /// <summary>Between two questions about one seal.</summary>
    public static readonly TimeSpan AskAgainAfter = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private bool failing;

    /// <summary>An authority is configured.</summary>
    public bool IsConfigured => authority.Address is not null;

    /// <summary>Asks for all seals that have none and are not asked for just now.</summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (!IsConfigured)
            return;
        await using var db = dbFactory.Open();
        var now = Time.GetUtcNow();
        var waiting = await db.Seals.Where(s => s.Timestamp == null && (s.AskTimestampAt == null || s.AskTimestampAt <= now))
            .OrderByDescending(s => s.Id).Select(s => s.Id).ToListAsync(cancellationToken);
        foreach (var seal in waiting)
            if (!await StampAsync(seal, cancellationToken))
                return; // it is away: the others are asked for then as well
    }

    /// <summary>Asks for one seal, unless somebody is asking already.</summary>
    /// <returns>False where the authority does not answer as it should.</returns>
    public async Task<bool> StampAsync(int sealId, CancellationToken cancellationToken)
    {
        if (!IsConfigured)
            return true;
        await using var db = dbFactory.Open();
        var now = Time.GetUtcNow();
        var later = now + AskAgainAfter;
        var taken = await db.Seals
            .Where(s => s.Id == sealId && s.Timestamp == null && (s.AskTimestampAt == null || s.AskTimestampAt <= now))
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.AskTimestampAt, later), cancellationToken);
        if (taken == 0)
            return true;
        var seal = await (
            from s in db.Seals
            join e in db.Events on s.EventId equals e.Id
            where s.Id == sealId
            select new { e.Code, s.Version, s.SealedAt, s.Leaves, s.Root }).SingleAsync(cancellationToken);
        try
        {
            var hash = SHA256.HashData(SealCode.ContentOf(seal.Code, seal.Version, seal.SealedAt, seal.Leaves, seal.Root));
            var (token, at) = await authority.StampAsync(hash, cancellationToken);
            await db.Seals.Where(s => s.Id == sealId).ExecuteUpdateAsync(
                set => set.SetProperty(s => s.Timestamp, token).SetProperty(s => s.TimestampedAt, at), cancellationToken);
            failing = false;
            return true;
        }
        catch (Exception failure) when (failure is HttpRequestException or CryptographicException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            if (!failing)
                LogNotTimestamped(failure.GetType().Name, failure.Message, AskAgainAfter);
            failing = true;
            return false;
        }
    }

    protected override Task ExecuteIterationAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    protected override void LogFailure(Exception failure) => LogNotTimestamped(failure.GetType().Name, failure.Message, Interval);

    [LoggerMessage(2132, LogLevel.Warning,
        "A seal could not be timestamped ({Kind}: {Reason}); it stands without, and is asked for again after {Again}")]
    private partial void LogNotTimestamped(string kind, string reason, TimeSpan again);
}
