using System.Net;
using System.Net.Http.Json;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Display;

/// <summary>What a screen without a socket asks for, and how both kinds of screens tell the host what they show.</summary>
public sealed class StageEndpointTests : IAsyncLifetime
{
    private readonly CampaignApp app = new() { Kestrel = true };
    private HttpClient client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        client = app.CreateClient();
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Who_asks_is_told_the_same_as_who_watches()
    {
        var e = await app.SeedEventAsync();
        await client.SignAsync(e.Code, Signing.Family(e));
        await using var screen = await Screen.ConnectAsync(app.Address);

        var watched = await screen.WatchAsync(e.Code);
        var asked = await client.GetFromJsonAsync<StageNow>($"/api/events/{e.Code.ToLowerInvariant()}/stage", Cancellation);

        Assert.Equal((2, 1, watched.Tally.Version), (asked!.Tally.People, asked.Tally.Families, asked.Tally.Version));
        Assert.Equal((watched.Scene.SceneId, watched.Scene.Kind, watched.Scene.Version),
            (asked.Scene.SceneId, asked.Scene.Kind, asked.Scene.Version));
    }

    [Fact]
    public async Task The_answer_is_of_now_and_nobody_keeps_it()
    {
        var e = await app.SeedEventAsync();
        var speech = await SceneAsync(e, SceneKind.Speech);
        await app.Get<StageConductor>().ShowAsync(e.Id, speech, 0);

        using var answer = await client.GetAsync($"/api/events/{e.Code}/stage", Cancellation);

        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal("speech", (await answer.Content.ReadFromJsonAsync<StageNow>(Cancellation))!.Scene.Kind);
    }

    [Theory]
    [InlineData("N0S9CH", "", HttpStatusCode.NotFound)]
    [InlineData("<script>", "", HttpStatusCode.NotFound)]
    [InlineData("{code}", "?screen=me&shows=all", HttpStatusCode.BadRequest)]
    public async Task A_question_that_makes_no_sense_is_refused(string code, string said, HttpStatusCode refusal)
    {
        var e = await app.SeedEventAsync();

        using var answer = await client.GetAsync($"/api/events/{code.Replace("{code}", e.Code, StringComparison.Ordinal)}/stage{said}",
            Cancellation);

        Assert.Equal(refusal, answer.StatusCode);
    }

    [Fact]
    public async Task A_screen_is_one_screen_whether_it_asks_or_watches()
    {
        var e = await app.SeedEventAsync();
        var me = Guid.NewGuid();
        await client.GetAsync($"/api/events/{e.Code}/stage?screen={me}&shows=1", Cancellation);
        await using var screen = await Screen.ConnectAsync(app.Address);
        var now = await screen.WatchAsync(e.Code);

        await screen.ShowsAsync(me, now.Scene.Version, soundBlocked: true); // a page from before there was a report of sleep
        await screen.WatchAsync(e.Code); // answered after what was said before it
        Assert.Equal([new ScreenStatus(1, false, null, true)], app.Get<ScreenRegistry>().Of(e.Id, now.Scene.Version));
        await screen.ReportAsync(me, now.Scene.Version, soundBlocked: true, maySleep: true);
        await screen.WatchAsync(e.Code);

        Assert.Equal([new ScreenStatus(1, false, null, true, true)], app.Get<ScreenRegistry>().Of(e.Id, now.Scene.Version));
        await screen.LeavesAsync(me);
        await screen.WatchAsync(e.Code);
        Assert.Empty(app.Get<ScreenRegistry>().Of(e.Id, now.Scene.Version));
    }

    [Fact]
    public async Task Who_watches_no_event_is_no_screen()
    {
        var e = await app.SeedEventAsync();
        await using var stranger = await Screen.ConnectAsync(app.Address);

        await stranger.ShowsAsync(Guid.NewGuid(), 1, soundBlocked: false);
        await stranger.WatchAsync(e.Code);

        Assert.Empty(app.Get<ScreenRegistry>().Of(e.Id, version: 1));
    }

    private async Task<int> SceneAsync(SeededEvent e, SceneKind kind) =>
        (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!.Scenes.First(scene => scene.Kind == kind).Id;
}
