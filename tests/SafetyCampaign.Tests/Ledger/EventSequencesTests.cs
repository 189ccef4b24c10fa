using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Ledger;
using SafetyCampaign.Organizing.Events.Signers;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Ledger;

/// <summary>What is asked of one event reads that event's part of the ledger, not the whole of it.</summary>
public sealed class EventSequencesTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private readonly HttpClient phone = app.CreateClient();
    private readonly EventSequences sequences = app.Get<EventSequences>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_has_the_range_of_its_own_pledges_and_one_that_nobody_has_signed_has_none()
    {
        var (first, second, unsigned) = (await app.SeedEventAsync(), await app.SeedEventAsync(), await app.SeedEventAsync());
        await phone.SignedAsync(first);
        await phone.SignedAsync(second);
        await phone.SignedAsync(second, "李雷", "李强");

        Assert.True(sequences.Of(unsigned.Id).IsEmpty);
        foreach (var e in new[] { first, second })
            Assert.Equal(await StoredAsync(e.Id), sequences.Of(e.Id));
        Assert.True(sequences.Of(first.Id).Last < sequences.Of(second.Id).First);
        Assert.Equal(new SequenceRange(sequences.Of(first.Id).First, sequences.Of(second.Id).Last),
            sequences.Of([second.Id, unsigned.Id, first.Id]));
    }

    [Fact]
    public async Task The_ranges_are_read_from_the_rows_where_the_store_is_opened_again()
    {
        await using var restarted = new CampaignApp();
        await restarted.InitializeAsync();
        var e = await restarted.SeedEventAsync();
        using var client = restarted.CreateClient();
        await client.SignedAsync(e);
        var counted = new EventSequences();
        await using var db = restarted.OpenStore();
        await db.Database.OpenConnectionAsync(Cancellation);

        LedgerCounters.Load(db.Database.GetDbConnection(), counted, DateTimeOffset.UtcNow);

        Assert.Equal(restarted.Get<EventSequences>().Of(e.Id), counted.Of(e.Id));
    }

    [Fact]
    public async Task The_pledges_of_an_event_are_found_by_a_range_of_the_key()
    {
        var e = await app.SeedEventAsync();
        await phone.SignedAsync(e);
        await using var db = app.OpenStore();

        var plan = await PlanAsync(db, sequences.PledgesOf(db.Pledges, e.Id).Where(p => !p.Rehearsal));

        Assert.Contains("USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pupil_on_a_list_is_found_by_the_index_over_signers_on_lists()
    {
        await using var db = app.OpenStore();

        var plan = await PlanAsync(db, db.Pledges.Where(CountingRule.ValidPledge)
            .Where(p => p.EventId == 1 && p.RosterEntryId == 7 && p.Role == SignerRole.Student && !p.Rehearsal));

        Assert.Contains("USING INDEX IX_pledges_RosterEntryId (RosterEntryId=?)", plan, StringComparison.Ordinal);
    }

    /// <summary>A district's event: the order by class is one expression.</summary>
    [Fact]
    public async Task Signers_are_listed_by_class_at_an_event_of_three_thousand_classes()
    {
        var e = await app.SeedEventAsync();
        await phone.SignedAsync(e);
        await using var db = app.OpenStore();
        var order = new SignerOrder(SignerSort.Class, [.. Enumerable.Range(100_000, 3_000), e.Primary]);
        var last = sequences.Of(e.Id).Last;

        var asked = sequences.PledgesOf(db.Pledges.AsNoTracking(), e.Id);
        var all = await (await order.AfterAsync(db, asked, null, Cancellation)).ToListAsync(Cancellation);
        var rest = await (await order.AfterAsync(db, asked, last, Cancellation)).ToListAsync(Cancellation);

        Assert.Equal(last, all[0].Sequence);
        Assert.Equal(all.Skip(1).Select(p => p.Sequence), rest.Select(p => p.Sequence));
    }

    private async Task<SequenceRange> StoredAsync(int eventId)
    {
        await using var db = app.OpenStore();
        var all = await db.Pledges.Where(p => p.EventId == eventId).Select(p => p.Sequence).ToListAsync(Cancellation);
        return new SequenceRange(all.Min(), all.Max());
    }

    private static async Task<string> PlanAsync(CampaignDb db, IQueryable<Pledge> query)
    {
        await db.Database.OpenConnectionAsync(Cancellation);
        await using var command = query.CreateDbCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
        await using var steps = await command.ExecuteReaderAsync(Cancellation);
        var plan = new List<string>();
        while (await steps.ReadAsync(Cancellation))
            plan.Add(steps.GetString(3));
        return string.Join('\n', plan);
    }
}
