using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace SafetyCampaign.Storage;

/// <summary>What walking the chain of the audit log has found.</summary>
/// <param name="Lines">How many lines follow each other as they were written.</param>
/// <param name="First">The first line that is kept; older ones were deleted after their time.</param>
/// <param name="FirstBroken">The first line that is missing, changed or too many; null where all is as it was written.</param>
/// <param name="Seal">The newest line's hash, in hexadecimal digits: whoever has noted it can tell later whether it was rewritten.</param>
public sealed record AuditCheck(long Lines, long First, long? FirstBroken, string Seal);

/// <summary>Writes lines that belong to no save, checks the audit log, and deletes what has been kept long enough.</summary>
public sealed class AuditLog(CampaignDbFactory dbFactory, TimeProvider time, IConfiguration configuration)
{
    public const string KeepDaysSetting = "Audit:KeepDays";

    /// <summary>Six months (docs/domain.md 6, 网络安全法 21); the database's own triggers refuse to delete what is younger.</summary>
    public const int MinKeepDays = 183;

    /// <summary>Deleted in one transaction, which others who write wait for.</summary>
    private const int BatchSize = 2_000;

    /// <summary>For how many days a line is kept at least.</summary>
    public int KeepDays { get; } = Read(configuration[KeepDaysSetting]);

    /// <summary>Writes one line in a small transaction of its own.</summary>
    /// <param name="line">Adds the line to the context that it is given; see <see cref="AuditExtensions"/>.</param>
    public async Task WriteAsync(Func<CampaignDb, AuditEntry> line, CancellationToken cancellationToken = default)
    {
        await using var db = dbFactory.Open();
        line(db);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Walks the chain from the oldest line that is kept to the newest. Others may go on writing.</summary>
    public async Task<AuditCheck> VerifyAsync(CancellationToken cancellationToken = default)
    {
        await using var db = dbFactory.Open();
        await using var moment = db.BeginSnapshotTransaction();
        var chain = await db.Set<AuditChain>().AsNoTracking().SingleAsync(cancellationToken);
        var (expected, hash) = (chain.AnchorSequence, chain.AnchorHash);
        long? broken = null;
        await foreach (var entry in db.AuditEntries.AsNoTracking().OrderBy(a => a.Sequence).AsAsyncEnumerable()
            .WithCancellation(cancellationToken))
        {
            if (entry.Sequence != expected + 1 || !entry.HashAfter(hash).AsSpan().SequenceEqual(entry.Hash))
            {
                broken = Math.Min(entry.Sequence, expected + 1);
                break;
            }
            (expected, hash) = (entry.Sequence, entry.Hash);
        }
        // Lines that were cut off at the end, or appended past the lock.
        if (broken is null && (expected != chain.LastSequence || !hash.AsSpan().SequenceEqual(chain.LastHash)))
            broken = expected == chain.LastSequence ? expected : Math.Min(expected, chain.LastSequence) + 1;
        return new AuditCheck(expected - chain.AnchorSequence, chain.AnchorSequence + 1, broken, Convert.ToHexStringLower(hash));
    }

    /// <summary>
    /// Deletes the oldest lines that are older than <see cref="KeepDays"/>, never the newest, and writes a line about it.
    /// The last hash that is deleted becomes the anchor from which the chain is checked.
    /// </summary>
    /// <returns>How many lines were deleted.</returns>
    public async Task<long> PruneAsync(CancellationToken cancellationToken = default)
    {
        var pruned = 0L;
        while (await PruneStretchAsync(cancellationToken) is > 0 and var lines)
            pruned += lines;
        return pruned;
    }

    private async Task<long> PruneStretchAsync(CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        // An hour more, since the database's triggers go by its own clock.
        var before = time.GetUtcNow().AddDays(-KeepDays).AddHours(-1);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Whoever appends, or prunes on another node, changes this row first, so it is read under its lock.
        await db.Database.ExecuteSqlRawAsync("""UPDATE audit_chain SET "Id" = "Id" WHERE "Id" = 1""", cancellationToken);
        var chain = await db.Set<AuditChain>().AsNoTracking().SingleAsync(cancellationToken);
        // Up to the first that is young: a clock that was wrong for a while must not leave a hole.
        var young = await db.AuditEntries.Where(a => a.At >= before).MinAsync(a => (long?)a.Sequence, cancellationToken)
            ?? chain.LastSequence;
        var last = Math.Min(young - 1, chain.AnchorSequence + BatchSize);
        if (last <= chain.AnchorSequence)
            return 0;
        var anchor = await db.AuditEntries.Where(a => a.Sequence == last).Select(a => a.Hash).SingleAsync(cancellationToken);
        await db.Set<AuditChain>().ExecuteUpdateAsync(
            c => c.SetProperty(x => x.AnchorSequence, last).SetProperty(x => x.AnchorHash, anchor), cancellationToken);
        var lines = await db.AuditEntries.Where(a => a.Sequence <= last).ExecuteDeleteAsync(cancellationToken);
        db.Audit(AuditAction.AuditPruned, lines, AuditActor.Program).Detail = string.Create(CultureInfo.InvariantCulture, $"{last}");
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return lines;
    }

    private static int Read(string? typed) => typed is null ? MinKeepDays
        : int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= MinKeepDays and <= 36_500 ? days
        : throw new InvalidOperationException($"{KeepDaysSetting} must be a whole number of days, at least {MinKeepDays}.");
}
