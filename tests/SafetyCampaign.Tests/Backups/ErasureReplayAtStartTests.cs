using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;

namespace SafetyCampaign.Tests.Backups;

/// <summary>An older database that was put in place by other means than <c>restore</c>: pg_restore, or a copied file.</summary>
public abstract class ErasureReplayAtStartTests(bool postgres) : IAsyncLifetime
{
    private readonly CampaignApp app = new() { Postgres = postgres };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_was_erased_since_is_erased_again_at_the_start()
    {
        var e = await app.SeedEventAsync();
        using var phone = app.CreateClient();
        var receipt = await phone.SignedAsync(e);
        await phone.SignedAsync(e, "欧阳留下", "司马留下");
        var sequence = (await app.Get<Receipts>().FindAsync(receipt["/r/".Length..], Cancellation))!.Receipt.Sequence;
        await app.Get<PledgeLedger>().WithdrawAsync(sequence);
        await RestartOnOlderDatabaseAsync();

        await using var after = app.OpenStore();
        Assert.Equal(["欧阳留下", "司马留下"],
            await after.Pledges.Where(p => p.Name != null).OrderBy(p => p.Sequence).Select(p => p.Name).ToListAsync(Cancellation));
        using var again = app.CreateClient();
        Assert.Equal(2, await again.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task What_was_erased_before_a_rehearsal_was_wiped_is_erased_again_too()
    {
        var e = await app.SeedEventAsync();
        var rehearsed = await app.SeedEventAsync(EventState.Rehearsal);
        using var phone = app.CreateClient();
        var receipt = await phone.SignedAsync(e);
        await phone.SignedAsync(rehearsed);
        var sequence = (await app.Get<Receipts>().FindAsync(receipt["/r/".Length..], Cancellation))!.Receipt.Sequence;
        await app.Get<PledgeLedger>().WithdrawAsync(sequence);
        await app.Get<PledgeLedger>().WipeRehearsalAsync(rehearsed.Id, by: null);
        await RestartOnOlderDatabaseAsync(); // before anybody practised, too

        await using var after = app.OpenStore();
        Assert.False(await after.Pledges.AnyAsync(p => p.Name != null, Cancellation));
    }

    [Fact]
    public async Task Acts_from_before_there_was_a_list_are_entered_at_the_start()
    {
        var e = await app.SeedEventAsync();
        using var phone = app.CreateClient();
        var receipt = await phone.SignedAsync(e);
        await app.Get<PledgeLedger>().WithdrawAsync(
            (await app.Get<Receipts>().FindAsync(receipt["/r/".Length..], Cancellation))!.Receipt.Sequence);
        var list = Path.Combine(app.DataDirectory, "erasures.log");
        var before = await File.ReadAllTextAsync(list, Cancellation);
        await app.StopAsync();
        File.Delete(list);

        await app.StartAsync();
        await app.StopAsync(); // waits for it
        await app.StartAsync();

        Assert.Equal(before, await File.ReadAllTextAsync(list, Cancellation));
    }

    /// <summary>The names are there as before anything was erased, and none of the acts.</summary>
    private async Task RestartOnOlderDatabaseAsync()
    {
        await using (var db = app.OpenStore())
        {
            await db.Pledges.Where(p => p.Name == null).ExecuteUpdateAsync(
                set => set.SetProperty(p => p.Name, "王小明").SetProperty(p => p.WithdrawnAt, (DateTimeOffset?)null), Cancellation);
            await db.Acts.ExecuteDeleteAsync(Cancellation);
        }
        await app.RestartAsync();
    }
}

public sealed class ErasureReplayAtStartOnSqliteTests() : ErasureReplayAtStartTests(postgres: false);

public sealed class ErasureReplayAtStartOnPostgresTests() : ErasureReplayAtStartTests(postgres: true);
