using System.Net;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;
using SafetyCampaign.Tests.Display;

namespace SafetyCampaign.Tests.Nodes;

/// <summary>An event that is deleted at one node.</summary>
public sealed partial class SeveralNodesTests
{
    [Fact]
    public async Task An_event_that_one_node_deletes_is_forgotten_by_the_other()
    {
        await StartAsync(NoRedis);
        var (e, kept) = (await here.SeedEventAsync(EventState.Rehearsal), await here.SeedEventAsync());
        await SignAsync(here, kept);
        await SignAsync(there, e);
        Assert.Equal(2, Tally(there, e).People);
        Assert.NotNull(await there.Get<PublishedEvents>().FindAsync(e.Code, Cancellation));
        await using var screen = await Screen.ConnectAsync(there.Address);
        await screen.WatchAsync(e.Code);
        await DeskVisitor.AddAccountAsync(here, "王老师", e.Organization);
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = here.Address };
        var organizer = new DeskVisitor(browser);
        await organizer.SignInAsync("王老师");

        var done = await organizer.SendAsync($"/organize/events/{e.Code}/delete", ("Form.TypedCode", e.Code));

        Assert.Equal("/organize", done.Headers.Location?.ToString());
        await there.Get<PublishedEvents>().LoadRemoteChangesAsync(Cancellation);
        Assert.Null(await there.Get<PublishedEvents>().FindAsync(e.Code, Cancellation));
        using var phone = there.CreateClient();
        Assert.Equal(HttpStatusCode.NotFound, (await phone.SignAsync(e.Code, Signing.Family(e))).StatusCode);
        // The screen is told nothing more, and that there is no such event when it asks again.
        Assert.Contains("no-such-event", (await Assert.ThrowsAsync<HubException>(() => screen.WatchAsync(e.Code))).Message);
        await SignAsync(there, kept);
        Assert.Equal(4, Tally(there, kept).People);
        foreach (var node in new[] { here, there })
        {
            await node.Get<PledgeLedger>().ProbeAsync();
            Assert.Equal((0, 0), (node.Get<TallyBoard>().Rehearsed(e.Id), await node.Get<TallyRecount>().RunAsync(Cancellation)));
        }
        await using var db = here.OpenStore();
        Assert.False(await db.Pledges.AnyAsync(p => p.EventId == e.Id, Cancellation));
    }
}
