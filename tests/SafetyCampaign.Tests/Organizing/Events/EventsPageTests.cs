using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Organizing.Events.List;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Organizing.Events;

/// <summary>The desk's first page: the next event, those to come, those that are over.</summary>
public sealed partial class EventsPageTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_list_holds_what_is_within_reach_and_nothing_else()
    {
        var mine = await app.SeedEventAsync();
        var other = await app.SeedEventAsync();
        await app.CreateClient().SignAsync(mine.Code, Signing.Family(mine));
        var organizer = await DeskVisitor.SignInAsync(app, mine.District);

        var page = await organizer.ReadAsync("/organize");

        Assert.Contains($"/organize/events/{mine.Code}\"", page);
        Assert.Contains(">已签2人<", page);
        Assert.DoesNotContain(other.Code, page);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await organizer.GetAsync($"/organize/events/{other.Code}")).StatusCode);
    }

    [Fact]
    public async Task An_organization_without_events_makes_its_first_one_on_the_spot()
    {
        var e = await app.SeedEventAsync();
        await using var db = app.OpenStore();
        var team = new Organization("救援队", OrganizationKind.RescueTeam, await db.Organizations.FindAsync([e.District], Cancellation));
        db.Add(team);
        await db.SaveChangesAsync(Cancellation);
        var organizer = await DeskVisitor.SignInAsync(app, team.Id);
        var page = await organizer.ReadAsync("/organize");
        Assert.Contains("还没有活动", page);

        var answer = await organizer.PostAsync("/organize/events/new?start=template",
            [.. DeskVisitor.Form(page), ("Form.Place", "江边"), ("Form.StartsAt", "2097-11-17T09:00")]);

        var code = answer.Headers.Location!.ToString()[^6..];
        var made = await db.Events.Include(x => x.Campaign.Rules).Include(x => x.Scenes).SingleAsync(x => x.Code == code, Cancellation);
        Assert.Equal((team.Id, EventTemplate.TitleIn(), "2097秋冬防溺水"), (made.OrganizationId, made.Title, made.Campaign.Title));
        Assert.Equal(TimeSpan.FromHours(2), made.EndsAt - made.StartsAt);
        Assert.Equal(new DateOnly(2098, 1, 31), made.Campaign.RulesInForce.EndsOn);
        Assert.Equal(EventTemplate.Scenes().Count, made.Scenes.Count);
    }

    [Fact]
    public async Task The_next_event_comes_first_with_the_days_left_and_what_is_missing()
    {
        var e = await app.SeedEventAsync(EventState.Draft, "下周的活动", DateTimeOffset.UtcNow.AddDays(7), namesContact: false, isPublic: false);
        await AddAsync(e, ("后天的活动", TimeSpan.FromDays(9), EventState.Draft), ("昨天的活动", TimeSpan.FromDays(-1), EventState.Open),
            ("提前结束的活动", TimeSpan.FromDays(3), EventState.Closed));
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        var page = await organizer.ReadAsync("/organize");

        var card = page[page.IndexOf("next-event", StringComparison.Ordinal)..page.IndexOf("list-tools", StringComparison.Ordinal)];
        Assert.Contains("下周的活动", card);
        Assert.Matches("还有[67]天", card); // midnight may pass meanwhile
        Assert.Matches("影片</a>.*负责人和联系方式</a>.*公开活动</a>", card.ReplaceLineEndings(""));
        Assert.DoesNotContain("班级</a>", card);
        string[] addresses =
        [
            $"/organize/events/{e.Code}/poster", $"/display/{e.Code}", $"/host/{e.Code}",
            $"/organize/events/{e.Code}/publish", $"/organize/campaigns/{e.CampaignId}/rules?event={e.Code}",
        ];
        Assert.All(addresses, address => Assert.Contains($"href=\"{address}\"", card));
        Assert.Matches("id=\"upcoming\".*后天的活动.*id=\"past\".*提前结束的活动.*昨天的活动", page.ReplaceLineEndings(""));
        Assert.Single(Title().Matches(page), title => title.Value.Contains("下周的活动"));

        var observer = await DeskVisitor.SignInAsync(app, e.Organization, OrganizerRole.Observer);
        Assert.DoesNotContain($"/host/{e.Code}", await observer.ReadAsync("/organize"));
    }

    [Fact]
    public async Task An_event_that_is_open_stays_the_next_one_past_its_end_until_the_day_is_over()
    {
        var now = new DateTimeOffset(2097, 7, 17, 3, 30, 0, TimeSpan.Zero); // 11:30 there
        await using var clocked = new CampaignApp { Clock = new FakeTimeProvider(now) };
        await clocked.InitializeAsync();
        var e = await clocked.SeedEventAsync(EventState.Open, "上午的活动", now.AddHours(-3));
        await AddAsync(e, clocked, ("下午的活动", TimeSpan.FromHours(3), EventState.Draft));
        var organizer = await DeskVisitor.SignInAsync(clocked, e.Organization);

        Assert.Matches("next-event.*上午的活动.*list-tools", (await organizer.ReadAsync("/organize")).ReplaceLineEndings(""));
        await clocked.ChangeEventAsync(e.Id, x => x.Close(now));
        Assert.Matches("next-event.*今天.*下午的活动.*list-tools", (await organizer.ReadAsync("/organize")).ReplaceLineEndings(""));
    }

    [Fact]
    public async Task Signing_that_was_left_open_after_the_end_is_told_with_the_ways_to_end_it()
    {
        var e = await app.SeedEventAsync(EventState.Open, "上个月的活动", DateTimeOffset.UtcNow.AddDays(-30));
        await AddAsync(e, ("还没结束的活动", TimeSpan.FromDays(1), EventState.Open), ("结束过的活动", TimeSpan.FromDays(-3), EventState.Closed));
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var observer = await DeskVisitor.SignInAsync(app, e.Organization, OrganizerRole.Observer);
        string[] ways = [$"/organize/events/{e.Code}/close\"", $"/organize/events/{e.Code}/facts#Form_HomeSigningUntil\""];

        var page = await organizer.ReadAsync("/organize");
        Assert.Single(Regex.Matches(page, "签名还开放着，没有写明截止时间"));
        Assert.All(ways, way => Assert.Contains(way, page));
        var own = await organizer.ReadAsync($"/organize/events/{e.Code}");
        Assert.Contains("签名还开放着", own);
        Assert.All(ways, way => Assert.Contains(way, own));
        Assert.DoesNotContain("把大屏投出来", own);
        var seen = await observer.ReadAsync("/organize");
        Assert.Contains("签名还开放着", seen);
        Assert.DoesNotContain(ways[0], seen);

        await app.ChangeEventAsync(e.Id, x => x.Schedule(x.StartsAt, x.EndsAt, DateTimeOffset.UtcNow.AddDays(7)));
        Assert.DoesNotContain("签名还开放着", await organizer.ReadAsync("/organize"));
        Assert.DoesNotContain("签名还开放着", await organizer.ReadAsync($"/organize/events/{e.Code}"));
    }

    [Theory]
    [InlineData(EventState.Draft, "archive")]
    [InlineData(EventState.Rehearsal, "rehearse")]
    public async Task An_event_whose_day_passed_without_opening_is_told_with_what_to_do_and_families_are_promised_no_day(
        EventState state, string way)
    {
        var e = await app.SeedEventAsync(state, "没办成的活动", DateTimeOffset.UtcNow.AddDays(-3));
        var today = await app.SeedEventAsync(state, startsAt: DateTimeOffset.UtcNow.AddDays(1));
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var observer = await DeskVisitor.SignInAsync(app, e.Organization, OrganizerRole.Observer);

        Assert.Single(Regex.Matches(await organizer.ReadAsync("/organize"), "日子已过，签名没有开放过"));
        var own = await organizer.ReadAsync($"/organize/events/{e.Code}");
        Assert.Single(Regex.Matches(own, "class=\"button main\"")); // one main action
        var notice = own[own.IndexOf("id=\"missed\"", StringComparison.Ordinal)..];
        notice = notice[..notice.IndexOf("class=\"missing\"", StringComparison.Ordinal)];
        foreach (var address in new[] { $"events/{e.Code}/facts#Form_StartsAt", $"start=copy&from={e.Code}", $"events/{e.Code}/{way}\"" })
            Assert.Contains(address, notice);
        var seen = await observer.ReadAsync($"/organize/events/{e.Code}");
        Assert.Contains("id=\"missed\"", seen);
        Assert.DoesNotContain("#Form_StartsAt", seen);
        var other = await DeskVisitor.SignInAsync(app, today.Organization);
        Assert.DoesNotContain("id=\"missed\"", await other.ReadAsync($"/organize/events/{today.Code}"));

        using var family = app.CreateClient();
        if (state == EventState.Draft)
        {
            Assert.Contains("签名到现在还没有开放", await DeskVisitor.TextAsync(await family.GetAsync($"/e/{e.Code}", Cancellation)));
            Assert.Contains("这一页会自己打开", await DeskVisitor.TextAsync(await family.GetAsync($"/e/{today.Code}", Cancellation)));
        }
    }

    [Theory]
    [InlineData("?state=closed", false)]
    [InlineData("?state=open", true)]
    [InlineData("?search=江边", true)]
    [InlineData("?search=广场", true)]
    [InlineData("?search=大塘冲社", true)]
    [InlineData("?search=山上", false)]
    [InlineData("?search=100%25", false)]
    public async Task It_filters_by_state_and_searches_by_title_place_and_organization(string query, bool found)
    {
        var e = await app.SeedEventAsync(title: "江边防溺水课");
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        var page = await organizer.ReadAsync($"/organize{query}");

        Assert.Equal(found, page.Contains($"/organize/events/{e.Code}\"", StringComparison.Ordinal));
        Assert.Equal(!found, page.Contains("没有符合条件的活动", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("LÜZHOU")]
    [InlineData("lüzhou")]
    public async Task A_title_is_found_whatever_the_case_of_its_letters(string typed)
    {
        var (capital, small) = (await app.SeedEventAsync(title: "LÜZHOU Water Day"), await app.SeedEventAsync(title: "Lüzhou water day"));
        foreach (var e in new[] { capital, small })
        {
            var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
            var page = await organizer.ReadAsync($"/organize?search={typed}");
            Assert.Contains($"/organize/events/{e.Code}\"", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Each_filter_says_how_many_match_the_search()
    {
        var e = await app.SeedEventAsync(EventState.Draft);
        await AddAsync(e, ("河边一", TimeSpan.FromDays(2), EventState.Draft), ("河边二", TimeSpan.FromDays(-2), EventState.Closed));
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        Assert.Equal(["全部 3", "草稿 2", "演练 0", "签名中 0", "已结束 1", "已归档 0"], Filters(await organizer.ReadAsync("/organize")));
        Assert.Equal(["全部 2", "草稿 1", "演练 0", "签名中 0", "已结束 1", "已归档 0"],
            Filters(await organizer.ReadAsync("/organize?search=河边")));

        static IEnumerable<string> Filters(string page) =>
            Filter().Matches(page).Select(filter => $"{filter.Groups[1].Value.Trim()} {filter.Groups[2].Value}");
    }

    [Fact]
    public async Task What_was_changed_is_read_by_the_next_who_asks_though_the_one_who_changed_it_is_gone()
    {
        var e = await app.SeedEventAsync(title: "旧的名称");
        var published = app.Get<PublishedEvents>();
        Assert.Equal("旧的名称", (await published.FindAsync(e.Code, Cancellation))!.Title);
        await using var db = app.OpenStore();
        await db.Events.Where(x => x.Id == e.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.Title, "新的名称"), Cancellation);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => published.ChangedAsync(e.Id, new CancellationToken(canceled: true)));

        Assert.Equal("新的名称", (await published.FindAsync(e.Code, Cancellation))!.Title);
    }

    [Fact]
    public async Task A_code_finds_its_event()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        Assert.Contains($"/organize/events/{e.Code}\"", await organizer.ReadAsync($"/organize?search={e.Code.ToLowerInvariant()}"));
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap_into_the_past_and_into_the_future()
    {
        const int each = EventsPage.PageSize + 5;
        var e = await app.SeedEventAsync();
        // Some start at the same moment: the key must tell them apart.
        await AddAsync(e, [.. Enumerable.Range(0, each).SelectMany(i => new[]
        {
            ($"将来{i:00}", TimeSpan.FromDays(20 + i / 3), EventState.Draft), ($"过去{i:00}", TimeSpan.FromDays(-20 - i / 3), EventState.Draft),
        })]);
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        var seen = new List<string>();
        var next = new Queue<string>(["/organize"]);
        while (next.TryDequeue(out var address))
        {
            var page = await organizer.ReadAsync(address);
            seen.AddRange(Title().Matches(page).Select(m => m.Groups[1].Value));
            foreach (Match link in NextPage().Matches(page))
                next.Enqueue(link.Groups[1].Value);
        }

        Assert.Equal(1 + 2 * each, seen.Count);
        Assert.Equal(seen.Distinct(), seen);
    }

    private Task AddAsync(SeededEvent e, params (string Title, TimeSpan In, EventState State)[] events) => AddAsync(e, app, events);

    /// <summary>Further events of the organization, so long from now.</summary>
    private static async Task AddAsync(SeededEvent e, CampaignApp to, params (string Title, TimeSpan In, EventState State)[] events)
    {
        await using var db = to.OpenStore();
        var campaign = (await db.Campaigns.FindAsync([e.CampaignId], Cancellation))!;
        var organization = (await db.Organizations.FindAsync([e.Organization], Cancellation))!;
        var now = to.Get<TimeProvider>().GetUtcNow();
        foreach (var (title, away, state) in events)
        {
            var added = new CampaignEvent(campaign, organization, title, "操场", now + away, now + away);
            if (state != EventState.Draft)
                added.Open(now);
            if (state == EventState.Closed)
                added.Close(now);
            db.Add(added);
        }
        await db.SaveChangesAsync(Cancellation);
    }

    [GeneratedRegex("<(?:li|h2 id=\"next-event\")>\\s*<a href=\"/organize/events/(\\w{6})\">.*?</a>")]
    private static partial Regex Title();

    [GeneratedRegex("rel=\"next\" href=\"([^\"]+)\"")]
    private static partial Regex NextPage();

    [GeneratedRegex("<a href=\"/organize[^\"]*\"[^>]*>([^<]*)<span class=\"count\">(\\d+)</span>")]
    private static partial Regex Filter();
}
