using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Organizing.Events;

/// <summary>What is preset, asked about and told on the pages of an event.</summary>
public sealed partial class EventPagesTests
{
    [Fact]
    public async Task Copies_leave_the_rules_and_the_day_of_erasing_as_they_are()
    {
        var e = await app.SeedEventAsync(EventState.Draft, startsAt: new DateTimeOffset(2096, 7, 17, 1, 0, 0, TimeSpan.Zero));
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var address = $"/organize/events/new?start=copy&from={e.Code}";

        await organizer.SendAsync(address, ("Form.StartsAt", "2096-09-17T09:00"));
        var refused = await organizer.SendAsync(address, ("Form.StartsAt", "2096-10-17T09:00"));
        var offered = await DeskVisitor.TextAsync(refused);
        Assert.Contains("原计划的删除日期不变", offered);
        Assert.Contains("<details class=\"more\" open", offered);
        var answer = await organizer.PostAsync(address, DeskVisitor.Form(offered));

        var copy = await LoadAsync(answer.Headers.Location!.ToString()[^6..]);
        Assert.NotEqual(e.CampaignId, copy.CampaignId);
        Assert.Equal("2096秋冬防溺水", copy.Campaign.Title);
        await using var db = app.OpenStore();
        var rules = Assert.Single(await db.Rules.Where(r => r.CampaignId == e.CampaignId).ToListAsync(Cancellation));
        Assert.Equal(new DateOnly(2096, 9, 30), rules.EndsOn);
        var carried = await db.Rules.SingleAsync(r => r.CampaignId == copy.CampaignId, Cancellation);
        Assert.Equal((new DateOnly(2097, 1, 31), rules.ContactPerson, rules.ContactWay),
            (carried.EndsOn, carried.ContactPerson, carried.ContactWay));
        Assert.Equal(2, await db.Events.CountAsync(x => x.CampaignId == e.CampaignId, Cancellation));
    }

    [Theory]
    [InlineData("publish", EventState.Rehearsal)]
    [InlineData("rehearse", EventState.Rehearsal)]
    [InlineData("open", EventState.Open)]
    [InlineData("close", EventState.Closed)]
    public async Task A_step_that_is_done_already_just_shows_the_event(string step, EventState state)
    {
        var e = await app.SeedEventAsync(state);
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var token = DeskVisitor.Form(await organizer.ReadAsync($"/organize/events/{e.Code}/facts"));

        var answer = await organizer.PostAsync($"/organize/events/{e.Code}/{step}", token);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.DoesNotContain("活动的状态刚刚变过", await organizer.ReadAsync(answer.Headers.Location!.ToString().Split('#')[0]));
        Assert.Equal(state, (await LoadAsync(e.Code)).State);
    }

    [Fact]
    public async Task A_rehearsal_ends_without_opening_and_leaves_the_event_public()
    {
        var e = await app.SeedEventAsync(EventState.Rehearsal);
        await app.CreateClient().SignAsync(e.Code, Signing.Family(e));
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        var answer = await organizer.SendAsync($"/organize/events/{e.Code}/rehearse?handler=End");

        var page = await organizer.ReadAsync(answer.Headers.Location!.ToString());
        Assert.Contains("演练签名已清除", page);
        Assert.Contains("已公开", page);
        var ended = await LoadAsync(e.Code);
        Assert.Equal((EventState.Draft, true), (ended.State, ended.IsPublic));
        await using var db = app.OpenStore();
        Assert.False(await db.Pledges.AnyAsync(p => p.EventId == e.Id, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(50, true)]
    [InlineData(-30, true)]
    [InlineData(70, false)]
    public async Task A_rehearsal_shortly_before_the_start_and_after_it_is_warned_of(int minutes, bool isWarned)
    {
        var e = await app.SeedEventAsync(EventState.Rehearsal, startsAt: DateTimeOffset.UtcNow.AddMinutes(minutes));
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        var page = await organizer.ReadAsync($"/organize/events/{e.Code}");

        Assert.Equal(isWarned, page.Contains("请先结束演练", StringComparison.Ordinal));
        Assert.Equal(isWarned, page.Contains("结束演练（现在签的都不算）</a>", StringComparison.Ordinal));
        Assert.Contains($"/organize/events/{e.Code}/rehearse\"", page);
        await organizer.SendAsync($"/organize/events/{e.Code}/rehearse?handler=End");
        Assert.DoesNotContain("请先结束演练", await organizer.ReadAsync($"/organize/events/{e.Code}"));
    }

    [Fact]
    public async Task A_copy_says_whose_texts_it_takes_and_that_its_title_names_the_year_of_the_original()
    {
        var e = await app.SeedEventAsync(EventState.Draft, "2096年暑期防溺水宣传活动", new DateTimeOffset(2096, 7, 17, 1, 0, 0, TimeSpan.Zero));
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var address = $"/organize/events/new?start=copy&from={e.Code}";

        var page = await organizer.ReadAsync(address);
        Assert.Contains("名称里写着2096年", page);
        Assert.Contains("承诺书沿用原活动现在的那一版", page);
        Assert.DoesNotContain("官方模板", page);
        Assert.DoesNotContain("名称里写着", await organizer.ReadAsync("/organize/events/new"));

        var same = await organizer.SendAsync(address, ("Form.CampaignId", ""), ("Form.StartsAt", "2096-07-18T09:00"));
        Assert.DoesNotContain("原活动的年份", await organizer.ReadAsync(same.Headers.Location!.ToString()));
        var other = await organizer.SendAsync(address, ("Form.CampaignId", ""), ("Form.StartsAt", "2097-07-17T09:00"));
        Assert.Contains("名称里写的还是原活动的年份", await organizer.ReadAsync(other.Headers.Location!.ToString()));
    }

    [Fact]
    public async Task The_next_event_is_offered_to_be_copied_first_and_a_search_finds_the_others()
    {
        var e = await app.SeedEventAsync(title: "去年的活动", startsAt: DateTimeOffset.UtcNow.AddDays(-300));
        await using (var db = app.OpenStore())
        {
            var (campaign, organization) = (await db.Campaigns.FindAsync([e.CampaignId], Cancellation),
                await db.Organizations.FindAsync([e.Organization], Cancellation));
            foreach (var (title, days) in new[] { ("下个月的活动", 30), ("明年的活动", 300) })
            {
                var starts = DateTimeOffset.UtcNow.AddDays(days);
                db.Add(new CampaignEvent(campaign!, organization!, title, "河边小学", starts, starts.AddHours(3)));
            }
            await db.SaveChangesAsync(Cancellation);
        }
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        var page = await organizer.ReadAsync("/organize/events/new?start=copy");
        Assert.Contains("<strong>下个月的活动</strong>", page);
        Assert.Matches("下个月的活动</a>.*去年的活动</a>.*明年的活动</a>", page.ReplaceLineEndings(""));
        Assert.Contains("data-usual-minutes=\"180\"", page);

        var found = await organizer.ReadAsync("/organize/events/new?start=copy&find=去年");
        Assert.Contains($"/organize/events/new?start=copy&from={e.Code}\"", found.Replace("&amp;", "&"));
        Assert.DoesNotContain("明年的活动", found);
    }

    [Fact]
    public async Task A_time_in_the_past_is_asked_about_and_taken_once_it_is_meant()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        foreach (var (address, done) in new[] { ("/organize/events/new", "活动建好了"), ($"/organize/events/{e.Code}/facts", "基本信息已保存") })
        {
            Assert.DoesNotContain("PastIsMeant", await organizer.ReadAsync(address));
            var asked = await DeskVisitor.TextAsync(await organizer.SendAsync(address, ("Form.Place", "江边"),
                ("Form.StartsAt", "2020-07-17T09:00"), ("Form.EndsAt", "2020-07-17T11:00")));
            Assert.Contains("活动的结束时间已经过了", asked);
            Assert.Contains("value=\"2020-07-17T09:00\"", asked);

            var answer = await organizer.PostAsync(address, [.. DeskVisitor.Form(asked), ("Form.PastIsMeant", "true")]);

            Assert.Contains(done, await organizer.ReadAsync(answer.Headers.Location!.ToString()));
        }
    }

    [Fact]
    public async Task The_page_puts_the_step_of_the_moment_first_and_names_each_class_once_below_its_school()
    {
        foreach (var (state, order) in new[] { (EventState.Draft, "1234"), (EventState.Rehearsal, "2134"), (EventState.Open, "3124"),
            (EventState.Closed, "4123") })
        {
            var e = await app.SeedEventAsync(state);
            var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
            await app.CreateClient().SignAsync(e.Code, Signing.Family(e));

            var page = await organizer.ReadAsync($"/organize/events/{e.Code}");

            Assert.Equal(order, string.Concat(Regex.Matches(page, "class=\"place\">(\\d)<").Select(m => m.Groups[1].Value)));
            Assert.Single(Regex.Matches(page, "五（1）班"));
            Assert.Single(Regex.Matches(page, "<strong>大塘冲小学</strong>"));
            if (state == EventState.Open)
                Assert.Contains("data-sum=\"people-\">2<", page);
        }
    }

    [Fact]
    public async Task What_an_event_lacks_leads_to_where_it_is_mended()
    {
        var e = await app.SeedEventAsync(EventState.Draft, startsAt: new DateTimeOffset(2096, 7, 17, 1, 0, 0, TimeSpan.Zero),
            namesContact: false, isPublic: false);
        var film = await app.SettleSceneAsync(e, SceneKind.Film, settings => settings);
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var (gathering, campaign) = ($"/organize/events/{e.Code}", $"/organize/campaigns/{e.CampaignId}");

        Assert.Equal([$"{gathering}/scenes/{film}/film", $"{campaign}/rules?event={e.Code}", $"{gathering}/publish"],
            Gaps(await ReadAsync()));
        await app.SettleSceneAsync(e, SceneKind.Film, settings => settings with { FilmOnLaptop = true });
        await organizer.SendAsync($"{gathering}/publish");
        await organizer.SendAsync($"{campaign}/rules?event={e.Code}", ("Form.ContactPerson", "张老师"), ("Form.ContactWay", "000"));
        Assert.Contains("都准备好了", await ReadAsync());
        await organizer.SendAsync($"{gathering}/rehearse");
        await organizer.SendAsync($"{gathering}/open", ("Form.TypedCode", e.Code));
        Assert.DoesNotContain("class=\"missing", await ReadAsync());

        Task<string> ReadAsync() => organizer.ReadAsync(gathering);

        static IEnumerable<string> Gaps(string page)
        {
            var list = page[page.IndexOf("class=\"missing\"", StringComparison.Ordinal)..];
            return Regex.Matches(list[..list.IndexOf("</p>", StringComparison.Ordinal)], "href=\"([^\"]+)\"")
                .Select(m => m.Groups[1].Value);
        }
    }

    [Fact]
    public async Task The_line_that_is_too_long_is_named()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var tooLong = "绿舟应急救援队和它所有的朋友" + new string('们', CampaignEvent.PartnerMaxLength);

        var page = await DeskVisitor.TextAsync(await organizer.SendAsync($"/organize/events/{e.Code}/facts",
            ("Form.Partners", $"卫生服务中心\n\n{tooLong}\n消防队")));

        Assert.Contains($"协办单位第3行（“绿舟应急救援队和它所有的…”）最多{CampaignEvent.PartnerMaxLength}个字，现在有{tooLong.Length}个", page);
    }
}
