using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Backups;

/// <summary>
/// Erases again, in an older database that is to be put in place, what was withdrawn, erased or corrected since it was copied: by
/// acts of the ledger, with the time of the act that they repeat.
/// </summary>
public sealed class ErasureReplay(ErasureList list, TimeProvider time)
{
    /// <param name="arriving">Of this program's schema, and used by nobody else.</param>
    /// <param name="replacedDatabase">The file that it replaces; null where there is none.</param>
    /// <param name="isClockRight">What whoever restores says of a clock that is not believed; null for nothing.</param>
    /// <param name="cancellationToken">Ends it between two transactions.</param>
    /// <exception cref="InvalidOperationException">By a clock that nobody vouches for, names would be erased.</exception>
    internal async Task<RepeatedErasures> RepeatAsync(
        DataFolder arriving, string? replacedDatabase, bool? isClockRight, CancellationToken cancellationToken)
    {
        var replaced = replacedDatabase is null ? null : ReplacedDatabase.TryRead(replacedDatabase);
        await using var db = Open(arriving);
        using var store = new SqliteLedgerStore(arriving);
        store.Open(time.GetUtcNow());
        var repeated = new RepeatedErasures { ReplacedWasRead = replacedDatabase is null || replaced is not null };
        IReadOnlyList<ErasureRecord>[] sources = [replaced?.Records ?? [], list.Read()];
        foreach (var records in sources)
            foreach (var erasure in await ErasureSearch.FindAllAsync(db, records, cancellationToken))
                repeated = Repeat(store, erasure, replaced, db.Classes, repeated);
        return await ExpireAsync(db, store, replaced, repeated, isClockRight, cancellationToken);
    }

    private static RepeatedErasures Repeat(SqliteLedgerStore store, ErasureToRepeat erasure, ReplacedDatabase? replaced,
        IQueryable<ClassGroup> classes, RepeatedErasures sofar)
    {
        var (record, place) = erasure;
        switch (record.Kind)
        {
            case LedgerActKind.RehearsalWiped:
                return Act(store, record.At, (acting, at) => acting.WipeRehearsal((int)place, by: null, at))
                    ? sofar with { Rehearsals = sofar.Rehearsals + 1 }
                    : sofar;
            case LedgerActKind.MaskedNameWithdrawn:
                return Act(store, record.At, (acting, at) => acting.WithdrawMaskedName(place, at))
                    ? sofar with { MaskedNames = sofar.MaskedNames + 1 }
                    : sofar;
            case LedgerActKind.Withdrawn:
                return Act(store, record.At, (acting, at) => acting.Withdraw(place, by: null, at))
                    ? sofar with { Withdrawn = sofar.Withdrawn + 1 }
                    : sofar;
            case LedgerActKind.Corrected when replaced?.CorrectionOf(record.Subject) is { } signers && AllThere(signers, classes):
                return Act(store, record.At, (acting, at) => acting.Correct(place, signers, by: null, at))
                    ? sofar with { Corrected = sofar.Corrected + 1 }
                    : sofar;
            default:
                if (!Act(store, record.At, (acting, at) => acting.Erase(place, by: null, at)))
                    return sofar;
                return record.Kind == LedgerActKind.Corrected
                    ? sofar with { CorrectedErased = sofar.CorrectedErased + 1 }
                    : sofar with { Erased = sofar.Erased + 1 };
        }
    }

    /// <summary>A class may have been added after the backup.</summary>
    private static bool AllThere(IReadOnlyList<SignerCorrection> signers, IQueryable<ClassGroup> classes) =>
        signers.Select(signer => signer.ClassId).OfType<int>().Distinct().All(id => classes.Any(c => c.Id == id));

    /// <summary>
    /// What was promised for a day that has come, where the clock is believed as by <see cref="ClockCheck"/>: erasing cannot be undone, and
    /// a name that is served after its day cannot be called back, so somebody says it where the program does not know.
    /// </summary>
    private async Task<RepeatedErasures> ExpireAsync(SqliteCampaignDb db, SqliteLedgerStore store, ReplacedDatabase? replaced,
        RepeatedErasures sofar, bool? isClockRight, CancellationToken cancellationToken)
    {
        var clock = time.GetUtcNow();
        var seen = await ExpiryReplay.SeenAtAsync(db, replaced?.ClockSeenAt, cancellationToken);
        var now = seen is { } last && last > clock ? last : clock; // a clock that is behind keeps no name beyond its day
        var expiry = new ExpiryReplay(db, now);
        await expiry.FindAsync(cancellationToken);
        if (expiry.Due == 0)
            return sofar;
        if (now - seen > ClockCheck.MaxJump)
        {
            if (isClockRight is null)
                throw new InvalidOperationException(
                    $"The clock says {now:yyyy-MM-dd HH:mm} UTC, and the last time that is known to be right is "
                    + $"{seen:yyyy-MM-dd HH:mm} UTC. By this clock names in the backup are past the day on which they were promised to be "
                    + "erased, so nothing was restored. If the clock is wrong, set it and restore again. If it is right, restore with "
                    + "--ClockIsRight=true, and they are erased. With --ClockIsRight=false they come back, until an administrator confirms "
                    + "the clock at the desk.");
            if (isClockRight is false)
                return sofar with { LeftInDoubt = true };
        }
        return await expiry.RunAsync(sofar, act => Act(store, now, act), cancellationToken);
    }

    private static bool Act(SqliteLedgerStore store, DateTimeOffset at, Func<LedgerStore, DateTimeOffset, LedgerChange?> act) =>
        store.Write([new ActEntry(act)], at).Count > 0;

    internal static SqliteCampaignDb Open(DataFolder folder)
    {
        var options = new DbContextOptionsBuilder<SqliteCampaignDb>();
        SqliteCampaignDb.Configure(options, folder.ConnectionString + ";Pooling=False");
        return new SqliteCampaignDb(options.Options, new CurrentAccessScope { Current = AccessScope.Everything });
    }
}
