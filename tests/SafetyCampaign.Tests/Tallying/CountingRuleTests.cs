using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display.Names;
using SafetyCampaign.Ledger;
using SafetyCampaign.Organizing.Events.Review;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Tests.Tallying;

public sealed class CountingRuleOnSqliteTests() : CountingRuleTests(postgres: false);

public sealed class CountingRuleOnPostgresTests() : CountingRuleTests(postgres: true);

/// <summary>
/// What counts is one rule. For each combination of what can befall a pledge, everybody who applies the rule agrees: the
/// counts in memory, the database, another node, the names for the stage, and the organizer's review.
/// </summary>
public abstract class CountingRuleTests(bool postgres) : IAsyncLifetime
{
    private const int By = 1;
    private PostgresDatabase? database;
    private CampaignApp app = null!;
    private CampaignApp? otherNode;
    private readonly Dictionary<bool, SeededEvent> events = [];
    private readonly Dictionary<bool, long> anchors = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private PledgeLedger Ledger => app.Get<PledgeLedger>();

    public async ValueTask InitializeAsync()
    {
        if (postgres)
            database = await PostgresDatabase.CreateMigratedAsync();
        app = Node();
        await app.InitializeAsync();
        foreach (var rehearsal in new[] { false, true })
        {
            var e = events[rehearsal] = await app.SeedEventAsync(rehearsal ? EventState.Rehearsal : EventState.Open);
            await app.ChangeEventAsync(e.Id, gathering => gathering.ShowNames(true));
            anchors[rehearsal] = await SignAsync(rehearsal);
        }
        if (!postgres)
            return;
        otherNode = Node();
        await otherNode.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in new[] { app, otherNode })
            if (node is not null)
                await node.DisposeAsync();
        if (database is not null)
            await database.DisposeAsync();
    }

    [Fact]
    public async Task Memory_database_stage_and_review_agree_on_every_combination()
    {
        var counted = new Dictionary<long, bool>();
        for (var combination = 0; combination < 32; combination++)
        {
            bool Has(int bit) => (combination & (1 << bit)) != 0;
            var (withdrawn, invalidated, erased, countedWith, rehearsal) = (Has(0), Has(1), Has(2), Has(3), Has(4));
            var said =
                $"withdrawn {withdrawn}, invalidated {invalidated}, erased {erased}, counted with {countedWith}, rehearsal {rehearsal}";
            var e = events[rehearsal];
            var published = (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!;
            var before = app.Get<TallyBoard>().Snapshot(published).People;

            var place = await SignAsync(rehearsal);
            if (countedWith)
                Assert.True(await Ledger.MergeAsync(place, anchors[rehearsal], By), said);
            if (erased)
                Assert.True(await Ledger.EraseAsync(place), said);
            if (invalidated)
                Assert.Equal(1, await Ledger.InvalidateAsync([place], By));
            if (withdrawn)
                Assert.True(await Ledger.WithdrawAsync(place), said);

            var counts = counted[place] = !withdrawn && !invalidated && !countedWith;
            var people = before + (counts ? 1 : 0);
            Assert.True(people == app.Get<TallyBoard>().Snapshot(published).People, $"in memory: {said}");
            if (otherNode is not null)
            {
                await otherNode.Get<PledgeLedger>().ProbeAsync();
                Assert.True(people == otherNode.Get<TallyBoard>().Snapshot(published).People, $"at the other node: {said}");
            }
            await using var db = app.OpenStore();
            var row = await db.Pledges.AsNoTracking().SingleAsync(p => p.Sequence == place, Cancellation);
            // A withdrawn row no longer tells whose it was.
            Assert.Equal((withdrawn, invalidated, erased, countedWith && !withdrawn, rehearsal),
                (row.WithdrawnAt.HasValue, row.InvalidatedAt.HasValue, row.ErasedAt.HasValue, row.CountedWith.HasValue, row.Rehearsal));
            var waits = (await app.Get<NameGate>().WaitingAsync(published, 100, Cancellation)).Any(name => name.Sequence == place);
            Assert.True(waits == (counts && !erased), $"for the stage: {said}");
            var reviewed = await SignedPledge.Select(SignedPledge.Of(db, app.Get<EventSequences>(), e.Id).Where(p => p.Sequence == place))
                .SingleOrDefaultAsync(Cancellation);
            Assert.True((reviewed is not null) == (!withdrawn && !rehearsal), $"listed for review: {said}");
            Assert.True(reviewed is null || reviewed.Counts == counts, $"in the review: {said}");
        }
        await AssertDatabaseAsync(counted);
    }

    /// <summary>The expression, the SQL and the values in memory say the same of each row, and so do the rows' sums.</summary>
    private async Task AssertDatabaseAsync(Dictionary<long, bool> counted)
    {
        foreach (var anchor in anchors.Values)
            counted[anchor] = true;
        await using (var db = app.OpenStore())
        {
            var expected = counted.Where(pledge => pledge.Value).Select(pledge => pledge.Key).Order().ToList();
            Assert.Equal(expected,
                await db.Pledges.Where(CountingRule.CountedPledge).Select(p => p.Sequence).Order().ToListAsync(Cancellation));
            Assert.Equal(expected, await SequencesAsync(db, CountingRule.CountsSql));
            var rows = await db.Pledges.AsNoTracking().ToListAsync(Cancellation);
            Assert.Equal(expected,
                rows.Where(p => CountingRule.Counts(p.WithdrawnAt, p.InvalidatedAt, p.CountedWith)).Select(p => p.Sequence).Order());
            var valid = rows.Where(p => CountingRule.IsValid(p.WithdrawnAt, p.InvalidatedAt)).Select(p => p.Sequence).Order().ToList();
            Assert.Equal(valid, await db.Pledges.Where(CountingRule.ValidPledge).Select(p => p.Sequence).Order().ToListAsync(Cancellation));
            Assert.Equal(valid, await SequencesAsync(db, CountingRule.IsValidSql));
        }
        Assert.Equal(0, await app.Get<TallyRecount>().RunAsync(Cancellation));
        await app.RestartAsync(); // which counts the rows
        foreach (var (rehearsal, e) in events)
        {
            var people = counted.Count(pledge => pledge.Value) / 2;
            var published = (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!;
            Assert.True(people == app.Get<TallyBoard>().Snapshot(published).People, $"after a restart, rehearsal {rehearsal}");
        }
    }

    private static Task<List<long>> SequencesAsync(CampaignDb db, string where)
    {
        var sql = $"""SELECT "Sequence" AS "Value" FROM pledges WHERE {where} ORDER BY "Sequence" """;
        return db.Database.SqlQueryRaw<long>(sql).ToListAsync(Cancellation);
    }

    private async Task<long> SignAsync(bool rehearsal)
    {
        var published = (await app.Get<PublishedEvents>().FindAsync(events[rehearsal].Id, Cancellation))!;
        var text = published.TextFor(SignerRole.Volunteer)!.Id;
        var draft = new PledgeDraft(Guid.CreateVersion7(), published.Id, rehearsal, SigningChannel.Phone, GuardianConsent: false,
            ShowMaskedName: true, RandomNumberGenerator.GetBytes(32),
            [new SignerDraft(SignerRole.Volunteer, text, ClassId: null, "赵敏", Relation: null, SignatureKind.Typed, Strokes: null)]);
        return Assert.IsType<LedgerOutcome.Recorded>(await Ledger.RecordAsync(draft)).Receipt.Sequence;
    }

    private CampaignApp Node() => database is null ? new CampaignApp() : new CampaignApp { Settings = new(database.Settings) };
}
