using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;
using SafetyCampaign.Tests.Ledger;

namespace SafetyCampaign.Tests.Tallying;

/// <summary>The counts in memory are compared with the rows, and the rows are right.</summary>
public abstract class TallyRecountTests : IAsyncLifetime
{
    private readonly CapturedLog log = new();
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly CampaignApp app;
    private SeededEvent e = null!;
    private PublishedEvent published = null!;

    protected TallyRecountTests(bool postgres) => app = new CampaignApp
    {
        Postgres = postgres,
        Clock = clock,
        Parts = services =>
        {
            log.Install(services);
            CommittedGroups.Install(services);
        },
        Settings = { ["Logging:LogLevel:SafetyCampaign"] = "Warning", ["Logging:LogLevel:Default"] = "None" },
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private PledgeLedger Ledger => app.Get<PledgeLedger>();

    private Tally Tally => app.Get<TallyBoard>().Snapshot(published);

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        e = await app.SeedEventAsync();
        published = (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task While_pledges_pour_in_a_recount_finds_nothing_wrong()
    {
        var rehearsing = await app.SeedEventAsync(EventState.Rehearsal);
        var pouring = Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                await Ledger.RecordAsync(Family());
                await Ledger.RecordAsync(Family() with { EventId = rehearsing.Id, Rehearsal = true });
                if (i % 10 == 0)
                    await Ledger.WithdrawAsync(await NewestAsync());
                if (i % 25 == 0)
                    await Ledger.WipeRehearsalAsync(rehearsing.Id, by: null);
            }
        })));

        var recounts = 0;
        while (!pouring.IsCompleted || recounts == 0)
        {
            Assert.Equal(0, await app.Get<TallyRecount>().RunAsync(Cancellation));
            recounts++;
        }

        await pouring;
        Assert.Equal(0, await app.Get<TallyRecount>().RunAsync(Cancellation));
        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task Counts_that_have_drifted_are_set_right_and_logged_without_a_name()
    {
        var other = await app.SeedEventAsync();
        await Ledger.RecordAsync(Family());
        await Ledger.RecordAsync(Family());
        await Ledger.RecordAsync(Family() with { EventId = other.Id });
        using var drifts = new MetricCollector<long>(app.Get<IMeterFactory>(), CampaignMeter.Name, "safety_campaign.tally.drifts");
        var before = Tally;
        await LoseRowsAsync("\"Sequence\" IN (1, 2)");

        Assert.Equal(1, await app.Get<TallyRecount>().RunAsync(Cancellation));

        Assert.Equal((2, 1), (Tally.People, Tally.Families));
        Assert.Equal(1, Tally.ByRole["student"]);
        Assert.Equal((2, 1), Tally.ByClass.Where(c => c.ClassId == e.Primary).Select(c => (c.People, c.Families)).Single());
        Assert.True(Tally.Version > before.Version, "Screens take what is newer.");
        Assert.Equal($"The counts of event {e.Id} were off by 2 people, 1 families, 0 practising; they are set right",
            Assert.Single(log.Lines).Trim());
        Assert.Equal(1, drifts.GetMeasurementSnapshot().Sum(m => m.Value));
        Assert.Equal(0, await app.Get<TallyRecount>().RunAsync(Cancellation));
        await using var db = app.OpenStore();
        var act = await db.Acts.SingleAsync(Cancellation);
        Assert.Equal((LedgerActKind.Recounted, e.Id, 2), (act.Kind, act.EventId, act.People));
    }

    [Fact]
    public async Task What_was_signed_since_a_repair_counts_on_from_it()
    {
        await Ledger.RecordAsync(Family());
        await LoseRowsAsync("\"Sequence\" = 2");
        await app.Get<TallyRecount>().RunAsync(Cancellation);
        var repaired = Tally;

        await Ledger.RecordAsync(Family());

        Assert.Equal((1, 3), (repaired.People, Tally.People));
        var before = Tally;
        await app.RestartAsync();
        Assert.Equal((before.People, before.Version), (Tally.People, Tally.Version));
    }

    [Fact]
    public async Task The_rows_are_recounted_from_time_to_time()
    {
        await Ledger.RecordAsync(Family());
        await LoseRowsAsync("\"Sequence\" = 2");
        var told = new TaskCompletionSource();
        app.Get<TallyBoard>().Changed += _ => told.TrySetResult();

        clock.Advance(TallyRecount.Interval);

        await told.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        Assert.Equal(1, Tally.People);
    }

    [Fact]
    public async Task A_fault_in_the_counting_loses_no_signature_and_the_counts_are_right_again()
    {
        app.Get<CommittedGroups>().FailOnce();

        Assert.IsType<LedgerOutcome.Recorded>(await Ledger.RecordAsync(Family()));
        Assert.IsType<LedgerOutcome.Recorded>(await Ledger.RecordAsync(Family()));

        Assert.Equal(4, Tally.People);
        Assert.Equal(0, await app.Get<TallyRecount>().RunAsync(Cancellation));
    }

    private PledgeDraft Family() => new(Guid.CreateVersion7(), e.Id, Rehearsal: false, SigningChannel.Phone, GuardianConsent: true,
        ShowMaskedName: false, RandomNumberGenerator.GetBytes(32), [Signer(SignerRole.Student), Signer(SignerRole.Guardian)]);

    private SignerDraft Signer(SignerRole role) => new(role, published.TextFor(role)!.Id, e.Primary, "王小明", Relation: null,
        SignatureKind.Typed, Strokes: null);

    private async Task<long> NewestAsync()
    {
        await using var db = app.OpenStore();
        return await db.Pledges.Where(p => p.EventId == e.Id && p.Signers > 0).MaxAsync(p => p.Sequence, Cancellation);
    }

    /// <summary>Takes rows away behind the ledger's back.</summary>
    private async Task LoseRowsAsync(string which)
    {
        await using var db = app.OpenStore();
#pragma warning disable EF1002 // written by the test itself
        await db.Database.ExecuteSqlRawAsync($"DELETE FROM pledges WHERE {which}", Cancellation);
#pragma warning restore EF1002
    }
}

public sealed class TallyRecountOnSqliteTests() : TallyRecountTests(postgres: false);

public sealed class TallyRecountOnPostgresTests() : TallyRecountTests(postgres: true);
