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
    private const int Stretch = 256;

    /// <param name="arriving">Of this program's schema, and used by nobody else.</param>
    /// <param name="replacedDatabase">The file that it replaces; null where there is none.</param>
    /// <param name="cancellationToken">Ends it between two transactions.</param>
    internal async Task<RepeatedErasures> RepeatAsync(DataFolder arriving, string? replacedDatabase, CancellationToken cancellationToken)
    {
        var replaced = replacedDatabase is null ? null : ReplacedDatabase.TryRead(replacedDatabase);
        await using var db = Open(arriving);
        using var store = new SqliteLedgerStore(arriving);
        store.Open();
        var repeated = new RepeatedErasures { ReplacedWasRead = replacedDatabase is null || replaced is not null };
        IReadOnlyList<ErasureRecord>[] sources = [replaced?.Records ?? [], list.Read()];
        foreach (var records in sources)
            foreach (var erasure in await ErasureSearch.FindAllAsync(db, records, cancellationToken))
                repeated = Repeat(store, erasure, replaced, db.Classes, repeated);
        return repeated with { Expired = await ExpireAsync(db, store, cancellationToken) };
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

    /// <summary>What was promised for a day that has come. The round of retention ends these campaigns at the start.</summary>
    private async Task<int> ExpireAsync(CampaignDb db, SqliteLedgerStore store, CancellationToken cancellationToken)
    {
        var (now, expired) = (time.GetUtcNow(), 0);
        var campaigns = await db.Campaigns.Include(c => c.Rules).Include(c => c.Events).AsSplitQuery().ToListAsync(cancellationToken);
        foreach (var e in campaigns.Where(c => c.RulesInForce.Settings.EraseOn <= now.DayIn(CampaignEvent.DefaultZone))
            .SelectMany(c => c.Events))
        {
            var pledges = await db.Pledges.Where(p => p.EventId == e.Id && p.Name != null).OrderBy(p => p.Sequence)
                .Select(p => p.Sequence).ToListAsync(cancellationToken);
            foreach (var some in pledges.Chunk(Stretch))
                Act(store, now, (acting, at) => acting.Expire(e.Id, some, at));
            expired += pledges.Count;
        }
        return expired;
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
