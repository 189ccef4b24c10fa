using System.Net;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Records;

namespace SafetyCampaign.Tests.Desk;

/// <summary>
/// An observer is shown no link behind which the page refuses. From the desk's first page every link is followed, as far as they lead,
/// before, during and after an event.
/// </summary>
public sealed class ObserverLinksTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    /// <summary>More than there are; a page that leads to ever new addresses would not end.</summary>
    private const int MaxPages = 600;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(EventState.Draft, false)]
    [InlineData(EventState.Rehearsal, false)]
    [InlineData(EventState.Open, false)]
    [InlineData(EventState.Closed, false)]
    [InlineData(EventState.Open, true)]
    [InlineData(EventState.Closed, true)]
    public async Task Every_link_that_an_observer_is_shown_opens(EventState state, bool seesNames)
    {
        var e = await app.SeedEventAsync(state == EventState.Closed ? EventState.Open : state);
        await app.SeedRosterAsync(e, e.Primary, (1, "陈思雨"), (2, "李思雨"));
        await app.SeedReportPhotoAsync(e);
        if (state >= EventState.Open)
            await SignAsync(e);
        if (state == EventState.Closed)
            await app.ChangeEventAsync(e.Id, gathering => gathering.Close(app.Get<TimeProvider>().GetUtcNow()));
        var name = $"观察{e.Code}";
        var account = await DeskVisitor.AddAccountAsync(app, name, e.District, OrganizerRole.Observer);
        if (seesNames)
            await GrantAsync(account, e.District);
        var observer = new DeskVisitor(app.CreateClient());
        await observer.SignInAsync(name);

        var open = new Queue<(string From, string To)>([("", DeskRoutes.Home)]);
        var (followed, refused) = (new HashSet<string>(), new List<string>());
        while (open.TryDequeue(out var link))
        {
            if (!followed.Add(link.To))
                continue;
            Assert.True(followed.Count < MaxPages, $"{link.From} leads to {link.To}, and on and on.");
            var answer = await observer.GetAsync(link.To);
            if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Redirect))
                refused.Add($"{link.From} leads to {link.To}: {answer.StatusCode}");
            else if (link.To.StartsWith(DeskRoutes.Home, StringComparison.Ordinal)
                && answer.Content.Headers.ContentType?.MediaType == "text/html")
                foreach (var found in await LinksAsync(answer))
                    open.Enqueue((link.To, found));
        }

        Assert.True(refused.Count == 0, string.Join('\n', refused));
        Assert.Contains(DeskRoutes.Event(e.Code), followed);
        Assert.Contains(DeskRoutes.EventCoverage(e.Code), followed);
        Assert.Equal(seesNames, followed.Contains(DeskRoutes.CoverageNames(e.Code, e.Primary)));
    }

    /// <summary>Addresses of this site, as a browser reads them; of those that open another reading of the same list, none.</summary>
    private static async Task<IEnumerable<string>> LinksAsync(HttpResponseMessage answer) =>
        new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Cancellation)).QuerySelectorAll("a[href]")
            .Select(link => link.GetAttribute("href")!.Split('#')[0]).Where(address => address.StartsWith('/'))
            .Where(address => !address.Contains("sort=", StringComparison.Ordinal));

    private async Task SignAsync(SeededEvent e)
    {
        using var phone = app.CreateClient();
        await phone.SignedAsync(e, "陈思雨", "陈强");
        await phone.SignedAsync(e, "陈 思雨", "陈强");
        await app.InvalidateAsync(await phone.SignedAsync(e, "郑小河", "郑洋"));
    }

    private async Task GrantAsync(int account, int organization)
    {
        await using var db = app.OpenStore();
        var now = app.Get<TimeProvider>().GetUtcNow();
        db.NamesGrants.Add(new NamesGrant(await db.Users.SingleAsync(o => o.Id == account, Cancellation),
            await db.Organizations.SingleAsync(o => o.Id == organization, Cancellation), 1, now, now.AddDays(1)));
        await db.SaveChangesAsync(Cancellation);
    }
}
