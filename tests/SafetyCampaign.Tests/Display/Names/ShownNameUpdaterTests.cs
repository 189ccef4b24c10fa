using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display;
using SafetyCampaign.Display.Names;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Display.Names;

/// <summary>A name leaves the stage by the ledger's own word: the clock of these tests stands still, so nobody asks every second.</summary>
public sealed class ShownNameUpdaterTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly CampaignApp app = new() { Clock = new FakeTimeProvider(DateTimeOffset.UtcNow) };
    private SeededEvent e = null!;
    private HttpClient phone = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        (e, phone) = (await app.SeedEventAsync(), app.CreateClient());
        await app.ChangeEventAsync(e.Id, gathering => gathering.ShowNames(true));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData("withdraw", "")]
    [InlineData("erase", "")]
    [InlineData("expire", "")]
    [InlineData("invalidate", "")]
    [InlineData("merge", "王**")]
    [InlineData("correct", "欧* 王**")]
    public async Task A_name_is_on_the_stage_as_the_ledger_has_it(string act, string left)
    {
        await ApproveAsync();
        await phone.SignAsync(e.Code, Signing.Alone("volunteer")); // which changes no name
        Assert.Equal(["王*", "王**"], await ShownAsync());
        var before = (await StageAsync()).Version;
        var changed = new TaskCompletionSource<StageState>();
        app.Get<PublishedStages>().Changed += stage => changed.TrySetResult(stage);

        var ledger = app.Get<PledgeLedger>();
        await (act switch
        {
            "withdraw" => ledger.WithdrawAsync(1),
            "erase" => ledger.EraseAsync(1),
            "expire" => ledger.ExpireAsync(e.Id, [1, 2]),
            "invalidate" => ledger.InvalidateAsync([1], by: 1),
            "merge" => ledger.MergeAsync(2, await SecondGuardianAsync(), by: 1),
            _ => (Task)ledger.CorrectAsync(1, [new("王小明", e.Primary, null), new("欧阳", e.Primary, GuardianRelation.Mother)]),
        });

        Assert.Equal(before + 1, (await changed.Task.WaitAsync(Patience, Cancellation)).Version);
        Assert.Equal(left.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), (await ShownAsync()).Order());
    }

    /// <summary>Another signing's guardian, of the same role, with whom the first may be merged.</summary>
    private async Task<long> SecondGuardianAsync()
    {
        await phone.SignAsync(e.Code, Signing.Family(e, "李晓雨", "李明"));
        return 5;
    }

    private async Task ApproveAsync()
    {
        var request = Signing.Family(e);
        request["consents"]!["showMaskedName"] = true;
        await phone.SignAsync(e.Code, request);
        var (gate, published) = (app.Get<NameGate>(), await PublishedAsync());
        var waiting = await gate.WaitingAsync(published, 10, Cancellation);
        await gate.DecideAsync(published, [.. waiting.Select(name => name.Sequence)], approved: true, Cancellation);
        await app.Get<StageConductor>().NamesChangedAsync(e.Id);
    }

    private async Task<IReadOnlyList<string>> ShownAsync() =>
        (await app.Get<StageReader>().SceneAsync(await PublishedAsync(), Cancellation)).Names;

    private async Task<StageState> StageAsync() => await app.Get<PublishedStages>().FindAsync(e.Id, Cancellation);

    private async Task<PublishedEvent> PublishedAsync() => (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!;
}
