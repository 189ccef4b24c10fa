using System.Net;
using System.Text;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Display;

namespace SafetyCampaign.Tests.Organizing.Events;

/// <summary>A draft belongs to its organizers until they publish it.</summary>
public sealed class DraftsTests : IAsyncLifetime
{
    private const string Secret = "还没有宣布的活动";
    private const string NoEvent = "NSCHC0";

    private readonly CampaignApp app = new();
    private SeededEvent e = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        e = await app.SeedEventAsync(EventState.Draft, Secret, isPublic: false);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_stranger_gets_the_answers_of_a_code_that_no_event_has()
    {
        var elsewhere = await app.SeedEventAsync();
        foreach (var client in new[] { app.CreateClient(), (await DeskVisitor.SignInAsync(app, elsewhere.Organization)).Client })
        {
            foreach (var address in Addresses)
            {
                var answer = await AnswerAsync(client, address, e.Code);
                Assert.DoesNotContain(Secret, answer, StringComparison.Ordinal);
                Assert.Equal(await AnswerAsync(client, address, NoEvent), answer);
            }
            foreach (var code in new[] { e.Code, NoEvent })
            {
                Assert.Equal(HttpStatusCode.NotFound, (await client.SignAsync(code, Signing.Family(e))).StatusCode);
                using var form = new FormUrlEncodedContent([]);
                Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync($"/e/{code}", form, Cancellation)).StatusCode);
            }
        }
    }

    [Fact]
    public async Task A_screen_finds_no_such_event_before_it_is_published()
    {
        await using var listening = new CampaignApp { Kestrel = true };
        await listening.InitializeAsync();
        var draft = await listening.SeedEventAsync(EventState.Draft, Secret, isPublic: false);
        await using var screen = await Screen.ConnectAsync(listening.Address);

        var refusal = await Assert.ThrowsAsync<HubException>(() => screen.WatchAsync(draft.Code));

        Assert.Contains("no-such-event", refusal.Message, StringComparison.Ordinal);
        await listening.ChangeEventAsync(draft.Id, published => published.Publish());
        Assert.Equal("draft", (await screen.WatchAsync(draft.Code)).Scene.State);
    }

    [Fact]
    public async Task Its_organizers_open_all_of_it_and_publish_it_for_everybody()
    {
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        foreach (var address in Addresses.Where(address => address != Film))
        {
            var opened = await organizer.GetAsync(Of(address, e.Code));
            Assert.True(opened.StatusCode is HttpStatusCode.OK or HttpStatusCode.Redirect, address);
        }
        foreach (var page in new[] { DeskRoutes.Event(e.Code), DeskRoutes.Poster(e.Code) })
            Assert.Contains($"href=\"{DeskRoutes.Publish(e.Code)}\"", await organizer.ReadAsync(page), StringComparison.Ordinal);

        var answer = await organizer.SendAsync(DeskRoutes.Publish(e.Code));

        Assert.Contains("活动已公开", await organizer.ReadAsync(answer.Headers.Location!.ToString()), StringComparison.Ordinal);
        var stranger = app.CreateClient();
        Assert.Contains(Secret, await stranger.GetStringAsync($"/e/{e.Code}", Cancellation), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.SignAsync(e.Code, Signing.Family(e))).StatusCode);
        await using var db = app.OpenStore();
        Assert.Equal(e.Code, (await db.AuditEntries.SingleAsync(a => a.Action == AuditAction.EventPublished, Cancellation)).EventCode);
    }

    [Fact]
    public async Task Rehearsing_publishes_it_and_a_copy_of_it_is_a_draft_of_its_own()
    {
        await app.ChangeEventAsync(e.Id, draft => draft.Rehearse());
        Assert.Contains(Secret, await app.CreateClient().GetStringAsync($"/e/{e.Code}", Cancellation), StringComparison.Ordinal);

        await using var db = app.OpenStore();
        var original = await db.Events.Include(x => x.Campaign).Include(x => x.Organization).SingleAsync(x => x.Id == e.Id, Cancellation);
        original.Publish();
        Assert.False(original.Duplicate("明年", original.StartsAt).IsPublic);
    }

    private const string Film = "/display/{code}/film/1";

    private static readonly string[] Addresses =
    [
        "/e/{code}", "/e/{code}/rules", "/e/{code}/qr.svg", "/e/{code}/qr.png", "/api/events/{code}", "/api/events/{code}/tally",
        "/api/events/{code}/stage", "/display/{code}", Film, "/?code={code}",
    ];

    private static string Of(string address, string code) => address.Replace("{code}", code, StringComparison.Ordinal);

    /// <summary>Status and body, without what the address itself and the moment put into it.</summary>
    private static async Task<string> AnswerAsync(HttpClient client, string address, string code)
    {
        using var response = await client.GetAsync(Of(address, code), Cancellation);
        var body = new StringBuilder(await response.Content.ReadAsStringAsync(Cancellation)).Replace(code, "{code}").ToString();
        return $"{response.StatusCode} {Moments().Replace(body, "")}";
    }

    private static System.Text.RegularExpressions.Regex Moments() => new("(nonce|value)=\"[^\"]*\"|\"traceId\":\"[^\"]*\"");
}
