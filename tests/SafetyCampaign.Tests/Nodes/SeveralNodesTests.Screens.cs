using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display;
using SafetyCampaign.Display.Names;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Display;

namespace SafetyCampaign.Tests.Nodes;

/// <summary>What screens at one node show of what hosts and families do at the other.</summary>
public sealed partial class SeveralNodesTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_host_at_one_node_leads_the_screens_of_both(bool withRedis)
    {
        await StartAsync(withRedis ? Servers.Redis : NoRedis);
        var e = await here.SeedEventAsync();
        await using var screen = await Screen.ConnectAsync(there.Address);
        await screen.WatchAsync(e.Code);
        var scenes = (await here.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!.Scenes;

        await here.Get<StageConductor>().ShowAsync(e.Id, scenes.First(s => s.Kind == SceneKind.Oath).Id, 3);
        Assert.Equal(3, (await InTimeAsync(screen, e, s => s.Kind == "oath")).Step);

        // The other host goes on from there; whichever node ends the countdown, all screens see the reveal.
        Assert.True(await there.Get<StageConductor>().SignNowAsync(e.Id));
        var counting = await screen.SceneAsync(s => s.SigningUntil is not null);
        clock.Advance(TimeSpan.FromMilliseconds(counting.SigningUntil!.Value - counting.Now));
        await InTimeAsync(screen, e, s => s.Together is not null);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_name_withdrawn_at_one_node_leaves_the_screens_of_the_other_within_a_second(bool withRedis)
    {
        await StartAsync(withRedis ? Servers.Redis : NoRedis);
        var e = await here.SeedEventAsync();
        await here.ChangeEventAsync(e.Id, gathering => gathering.ShowNames(true));
        var request = Signing.Family(e);
        request["consents"]!["showMaskedName"] = true;
        await SignAsync(here, e, request);
        var published = (await there.Get<PublishedEvents>().ReadAnewAsync(e.Id, Cancellation))!;
        var waiting = await there.Get<NameGate>().WaitingAsync(published, 10, Cancellation);
        await there.Get<NameGate>().DecideAsync(published, [.. waiting.Select(name => name.Sequence)], approved: true, Cancellation);
        await there.Get<StageConductor>().NamesChangedAsync(e.Id);
        await using var screen = await Screen.ConnectAsync(there.Address);
        Assert.Equal(["王*", "王**"], (await screen.WatchAsync(e.Code)).Scene.Names);

        await here.Get<PledgeLedger>().WithdrawAsync(1);
        if (!withRedis)
            clock.Advance(TimeSpan.FromSeconds(1));

        await screen.SceneAsync(scene => scene.Names.Count == 0);
    }

    [Fact]
    public async Task The_screens_of_one_node_are_seen_by_a_host_at_the_other()
    {
        await StartAsync(Servers.Redis);
        var e = await here.SeedEventAsync();
        await using var screen = await Screen.ConnectAsync(there.Address);
        var now = await screen.WatchAsync(e.Code);
        var name = Guid.NewGuid();

        await screen.ShowsAsync(name, now.Scene.Version, soundBlocked: true);
        await UntilAsync(screen, e, () => here.Get<ScreenRegistry>().Of(e.Id, now.Scene.Version) is [{ SoundBlocked: true }]);
        await screen.LeavesAsync(name);
        await UntilAsync(screen, e, () => here.Get<ScreenRegistry>().Of(e.Id, now.Scene.Version) is []);
    }
}
