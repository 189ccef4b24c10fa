using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Backups;

/// <summary>
/// Erases in an older database, before it is put in place, what was promised for a day that has come: of events whatever the round of
/// retention erases, and lists of pupils whose time has come. That round ends the campaigns after the start.
/// </summary>
/// <param name="db">Of this program's schema, and used by nobody else.</param>
/// <param name="now">By the computer's clock, or the last time that is known to be right.</param>
internal sealed class ExpiryReplay(SqliteCampaignDb db, DateTimeOffset now)
{
    private const int BatchSize = 256;

    private readonly List<Campaign> due = [];

    /// <summary>How many campaigns and lists have outlived their day, by the clock.</summary>
    /// <remarks>Nothing in them may be left to erase.</remarks>
    public int Due => due.Count + Lists.Sum(school => school.Count());

    private IReadOnlyList<IGrouping<int, RosterEntry>> Lists { get; set; } = [];

    /// <summary>Finds what is due.</summary>
    public async Task FindAsync(CancellationToken cancellationToken)
    {
        var campaigns = await db.Campaigns.AsNoTracking().Include(c => c.Rules).Include(c => c.Events).AsSplitQuery()
            .ToListAsync(cancellationToken);
        due.AddRange(campaigns.Where(c => c.IsToBeErased(now.DayIn(CampaignEvent.DefaultZone))));
        await FindListsAsync(cancellationToken);
    }

    /// <summary>
    /// The last time that is known to have been right: of the two databases the later, or where neither says, that of the newest pledge.
    /// Null where there is none.
    /// </summary>
    /// <param name="db">The backup.</param>
    /// <param name="replaced">What the database says that is replaced.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<DateTimeOffset?> SeenAtAsync(
        SqliteCampaignDb db, DateTimeOffset? replaced, CancellationToken cancellationToken)
    {
        var own = await db.Maintenance.Select(m => m.ClockSeenAt).SingleAsync(cancellationToken)
            ?? await db.Pledges.MaxAsync(p => (DateTimeOffset?)p.SignedAt, cancellationToken);
        return replaced > own || own is null ? replaced : own;
    }

    /// <summary>Erases it.</summary>
    public async Task<RepeatedErasures> RunAsync(
        RepeatedErasures sofar, Action<Func<LedgerStore, DateTimeOffset, LedgerChange?>> act, CancellationToken cancellationToken)
    {
        foreach (var e in due.SelectMany(c => c.Events))
        {
            var pledges = await db.Pledges.Where(p => p.EventId == e.Id && (p.Name != null || p.ContentHash != null))
                .OrderBy(p => p.Sequence).Select(p => p.Sequence).ToListAsync(cancellationToken);
            foreach (var some in pledges.Chunk(BatchSize))
                act((acting, at) => acting.Expire(e.Id, some, at));
            sofar = sofar with
            {
                Expired = sofar.Expired + pledges.Count,
                Beside = sofar.Beside.Plus(await ErasureBesideLedger.DeleteAsync(db, e.Id, cancellationToken)),
            };
        }
        await FindListsAsync(cancellationToken); // those of pupils to whom a name pointed as well
        var pupils = Lists.SelectMany(school => school).Select(pupil => pupil.Id).ToList();
        await db.Roster.Where(pupil => pupils.Contains(pupil.Id)).ExecuteDeleteAsync(cancellationToken);
        return sofar with { Pupils = pupils.Count };
    }

    private async Task FindListsAsync(CancellationToken cancellationToken) =>
        Lists = await ExpiredRosters.FindAsync(db, now, due.ConvertAll(c => c.Id), cancellationToken);
}
