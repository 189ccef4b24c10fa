using SafetyCampaign.Campaigns;
using SafetyCampaign.Organizing.Events.List;

namespace SafetyCampaign.Tests.Organizing.Events;

/// <summary>The list of events within reach.</summary>
public sealed class EventsPageTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    [Fact]
    public async Task The_list_holds_what_is_within_reach_and_nothing_else()
    {
        var mine = await app.SeedEventAsync();
        var other = await app.SeedEventAsync();
        await app.CreateClient().SignAsync(mine.Code, Signing.Family(mine));
        var organizer = await DeskVisitor.SignInAsync(app, mine.District);

        var page = await organizer.ReadAsync("/organize");

        Assert.Contains($"/organize/events/{mine.Code}\"", page);
        Assert.Contains("data-label=\"人数\">2<", page);
        Assert.DoesNotContain(other.Code, page);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await organizer.GetAsync($"/organize/events/{other.Code}")).StatusCode);
    }

    [Fact]
    public async Task An_organization_without_events_is_shown_how_to_begin()
    {
        var e = await app.SeedEventAsync();
        await using var db = app.OpenStore();
        var team = new Organization("救援队", OrganizationKind.RescueTeam,
            await db.Organizations.FindAsync([e.District], TestContext.Current.CancellationToken));
        db.Add(team);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);

        var page = await (await DeskVisitor.SignInAsync(app, team.Id)).ReadAsync("/organize");

        Assert.Contains("还没有活动", page);
        Assert.Contains("/organize/events/new", page);
    }

    [Theory]
    [InlineData("?state=closed", false)]
    [InlineData("?state=open", true)]
    [InlineData("?search=江边", true)]
    [InlineData("?search=山上", false)]
    [InlineData("?search=100%25", false)]
    public async Task It_filters_by_state_and_searches_by_title(string query, bool found)
    {
        var e = await app.SeedEventAsync(title: "江边防溺水课");
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        var page = await organizer.ReadAsync($"/organize{query}");

        Assert.Equal(found, page.Contains($"/organize/events/{e.Code}\"", StringComparison.Ordinal));
        Assert.Equal(!found, page.Contains("没有符合条件的活动", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_code_finds_its_event()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        Assert.Contains($"/organize/events/{e.Code}\"", await organizer.ReadAsync($"/organize?search={e.Code.ToLowerInvariant()}"));
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap()
    {
        var e = await app.SeedEventAsync();
        await using (var db = app.OpenStore())
        {
            var campaign = (await db.Campaigns.FindAsync([e.CampaignId], TestContext.Current.CancellationToken))!;
            var organization = (await db.Organizations.FindAsync([e.Organization], TestContext.Current.CancellationToken))!;
            var starts = new DateTimeOffset(2025, 7, 1, 1, 0, 0, TimeSpan.Zero);
            // Some start at the same moment: the key must tell them apart.
            for (var i = 0; i < 2 * EventsPage.PageSize; i++)
                db.Add(new CampaignEvent(campaign, organization, $"课{i:00}", "广场", starts.AddDays(i / 3), starts.AddDays(i / 3)));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        var seen = new List<string>();
        for (var address = "/organize"; address is not null;)
        {
            var page = await organizer.ReadAsync(address);
            seen.AddRange(System.Text.RegularExpressions.Regex.Matches(page, "scope=\"row\"><a href=\"/organize/events/(......)\"")
                .Select(m => m.Groups[1].Value));
            var next = System.Text.RegularExpressions.Regex.Match(page, "rel=\"next\" href=\"([^\"]+)\"");
            address = next.Success ? next.Groups[1].Value : null;
        }

        Assert.Equal(2 * EventsPage.PageSize + 1, seen.Count);
        Assert.Equal(seen.Distinct(), seen);
    }
}
