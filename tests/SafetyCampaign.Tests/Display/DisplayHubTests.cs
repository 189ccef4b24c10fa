using Microsoft.AspNetCore.SignalR;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display;
using SafetyCampaign.Ledger;

namespace SafetyCampaign.Tests.Display;

public sealed class DisplayHubTests : IAsyncLifetime
{
    private readonly CampaignApp app = new() { Kestrel = true };
    private HttpClient phone = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        phone = app.CreateClient();
    }

    public async ValueTask DisposeAsync()
    {
        phone.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task A_screen_that_joins_late_sees_the_truth_at_once()
    {
        var e = await app.SeedEventAsync(startsAt: new DateTimeOffset(2026, 7, 17, 1, 30, 0, TimeSpan.Zero));
        await phone.SignAsync(e.Code, Signing.Family(e));
        await using var screen = await Screen.ConnectAsync(app.Address);

        var now = await screen.WatchAsync(e.Code.ToLowerInvariant());

        Assert.Equal((2, 1), (now.Tally.People, now.Tally.Families));
        Assert.Equal((e.Code, "signing", "open"), (now.Scene.Code, now.Scene.Kind, now.Scene.State));
        Assert.Equal("2026-07-17T09:30:00+08:00", now.Scene.StartsAt.ToString("yyyy-MM-ddTHH:mm:sszzz"));
    }

    [Theory]
    [InlineData("NSCHC0")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("<script>alert(1)</script>")]
    public async Task A_code_of_no_event_is_refused_and_the_line_stays_up(string? code)
    {
        var e = await app.SeedEventAsync();
        await using var screen = await Screen.ConnectAsync(app.Address);

        var refusal = await Assert.ThrowsAsync<HubException>(() => screen.WatchAsync(code));

        Assert.Contains("no-such-event", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await screen.WatchAsync(e.Code)).Tally.People);
    }

    [Fact]
    public async Task Who_sends_too_much_loses_the_line_and_nobody_else_does()
    {
        var e = await app.SeedEventAsync();
        await using var screen = await Screen.ConnectAsync(app.Address);
        await using var flood = await Screen.ConnectAsync(app.Address);
        await screen.WatchAsync(e.Code);

        await Assert.ThrowsAnyAsync<Exception>(() => flood.WatchAsync(new string('A', 100_000)));

        await phone.SignAsync(e.Code, Signing.Family(e));
        await screen.TallyAsync(t => t.People == 2);
    }

    [Fact]
    public async Task Each_signature_reaches_every_screen_of_its_event_and_no_other()
    {
        var (e, other) = (await app.SeedEventAsync(), await app.SeedEventAsync());
        await using var left = await Screen.ConnectAsync(app.Address);
        await using var right = await Screen.ConnectAsync(app.Address);
        await using var elsewhere = await Screen.ConnectAsync(app.Address);
        await left.WatchAsync(e.Code);
        await right.WatchAsync(e.Code);
        await elsewhere.WatchAsync(other.Code);

        await phone.SignAsync(e.Code, Signing.Family(e));
        await phone.SignAsync(other.Code, Signing.Alone("teacher"));

        Assert.Equal(1, (await left.TallyAsync(t => t.People == 2)).Families);
        Assert.Equal(1, (await right.TallyAsync(t => t.People == 2)).Families);
        await elsewhere.TallyAsync(t => t.People == 1);
        Assert.All(elsewhere.Tallies, tally => Assert.Equal(other.Code, tally.Code));
    }

    [Fact]
    public async Task A_screen_that_turns_to_another_event_hears_no_more_of_the_first()
    {
        var (first, second) = (await app.SeedEventAsync(), await app.SeedEventAsync());
        await using var screen = await Screen.ConnectAsync(app.Address);
        await screen.WatchAsync(first.Code);
        await screen.WatchAsync(second.Code);

        await phone.SignAsync(first.Code, Signing.Alone("teacher"));
        await phone.SignAsync(second.Code, Signing.Alone("teacher"));

        await screen.TallyAsync(t => t.Code == second.Code && t.People == 1);
        Assert.DoesNotContain(screen.Tallies, tally => tally.Code == first.Code);
    }

    [Fact]
    public async Task Under_a_rush_versions_and_counts_only_grow_and_the_last_is_the_truth()
    {
        var e = await app.SeedEventAsync();
        await using var screen = await Screen.ConnectAsync(app.Address);
        await screen.WatchAsync(e.Code);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => phone.SignAsync(e.Code, Signing.Family(e))));

        await screen.TallyAsync(t => t.People == 400);
        var tallies = screen.Tallies;
        Assert.Equal(tallies.OrderBy(t => t.Version).Select(t => t.Version), tallies.Select(t => t.Version));
        Assert.Equal(tallies.OrderBy(t => t.People).Select(t => t.People), tallies.Select(t => t.People));
        Assert.All(tallies, tally => Assert.Equal(tally.People, tally.ByRole.Values.Sum()));
        Assert.Equal(400, await phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task After_a_restart_of_the_server_a_screen_asks_again_and_is_right()
    {
        var e = await app.SeedEventAsync();
        await using var screen = await Screen.ConnectAsync(app.Address);
        await screen.WatchAsync(e.Code);
        await phone.SignAsync(e.Code, Signing.Family(e));
        var before = await screen.TallyAsync(t => t.People == 2);
        var back = new TaskCompletionSource<StageNow>();
        screen.Reconnected += async _ => back.SetResult(await screen.WatchAsync(e.Code));

        await app.RestartAsync();
        var now = await back.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);

        Assert.Equal((before.People, before.Version), (now.Tally.People, now.Tally.Version));
        using var again = app.CreateClient();
        await again.SignAsync(e.Code, Signing.Family(e));
        Assert.True((await screen.TallyAsync(t => t.People == 4)).Version > before.Version);
    }

    [Fact]
    public async Task Opening_after_the_rehearsal_begins_at_zero_with_a_higher_version()
    {
        var e = await app.SeedEventAsync(EventState.Rehearsal);
        await using var screen = await Screen.ConnectAsync(app.Address);
        Assert.Equal("rehearsal", (await screen.WatchAsync(e.Code)).Scene.State);
        await phone.SignAsync(e.Code, Signing.Family(e));
        var practice = await screen.TallyAsync(t => t.People == 2);

        await app.ChangeEventAsync(e.Id, gathering => gathering.Open(DateTimeOffset.UnixEpoch));
        await app.Get<PledgeLedger>().WipeRehearsalAsync(e.Id, by: null);

        await screen.SceneAsync(scene => scene.State == "open");
        Assert.True((await screen.TallyAsync(t => t.People == 0 && t.Version > practice.Version)).Version > practice.Version);
    }

    [Fact]
    public async Task What_the_desk_changes_reaches_the_screen_with_a_higher_version()
    {
        var e = await app.SeedEventAsync();
        await using var screen = await Screen.ConnectAsync(app.Address);
        var before = (await screen.WatchAsync(e.Code)).Scene;

        await app.ChangeEventAsync(e.Id, gathering => gathering.Describe("新的名称", "学校礼堂", [], []));

        var scene = await screen.SceneAsync(scene => scene.Title == "新的名称");
        Assert.Equal("学校礼堂", scene.Place);
        Assert.True(scene.Version > before.Version);
    }

    [Fact]
    public async Task A_screen_is_told_no_name()
    {
        var e = await app.SeedEventAsync();
        await using var screen = await Screen.ConnectAsync(app.Address);
        var now = await screen.WatchAsync(e.Code);
        await phone.SignAsync(e.Code, Signing.Family(e, child: "钱小蓝", parent: "钱大海"));

        var pushed = await screen.TallyAsync(t => t.People == 2);

        var told = System.Text.Json.JsonSerializer.Serialize<object[]>([now, pushed],
            new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        Assert.Contains("大塘冲小学", told, StringComparison.Ordinal);
        Assert.DoesNotContain("钱", told, StringComparison.Ordinal);
    }
}
