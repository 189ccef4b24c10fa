using System.Net;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Tests.Organizing.Events;

/// <summary>An event at the desk: created, prepared, rehearsed, run, closed.</summary>
public sealed partial class EventPagesTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_from_the_template_has_its_scenes_and_the_official_texts()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        var answer = await organizer.SendAsync("/organize/events/new?start=template",
            ("Form.OrganizationId", $"{e.Organization}"), ("Form.CampaignId", ""), ("Form.CampaignTitle", "2097 暑期防溺水"),
            ("Form.Place", "中学礼堂"), ("Form.StartsAt", "2097-07-17T09:00"), ("Form.EndsAt", "2097-07-17T11:30"));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var page = await organizer.ReadAsync(answer.Headers.Location!.ToString());
        Assert.Contains("2097年7月17日 09:00–11:30", page);
        var created = await LoadAsync(answer.Headers.Location.ToString()[^6..]);
        Assert.Equal(EventTemplate.Scenes().Select(s => s.Kind), created.Scenes.OrderBy(s => s.Position).Select(s => s.Kind));
        Assert.Equal(Enum.GetValues<SignerRole>(), created.Campaign.Texts.Select(t => t.Role).Order());
        Assert.Equal(new DateTimeOffset(2097, 7, 17, 1, 0, 0, TimeSpan.Zero), created.StartsAt);
        Assert.Equal(["大塘冲社区"], created.Hosts);
    }

    [Fact]
    public async Task An_event_created_in_english_has_its_programme_in_english_and_chinese_texts_with_their_translations()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization, language: "en");

        var answer = await organizer.SendAsync("/organize/events/new?start=template",
            ("Form.OrganizationId", $"{e.Organization}"), ("Form.CampaignId", ""), ("Form.CampaignTitle", "Summer 2097"),
            ("Form.Place", "School hall"), ("Form.StartsAt", "2097-07-17T09:00"), ("Form.EndsAt", "2097-07-17T11:30"));

        var created = await LoadAsync(answer.Headers.Location!.ToString()[^6..]);
        Assert.Equal("Summer drowning prevention event", created.Title);
        Assert.All(created.Scenes, scene => Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}",
            string.Concat([scene.Title, scene.Notes, scene.Settings.KeySentence, .. scene.Settings.Promises])));
        Assert.Equal(EventTemplate.Scenes().Select(s => s.Kind), created.Scenes.OrderBy(s => s.Position).Select(s => s.Kind));
        Assert.All(created.Campaign.Texts, text => Assert.Equal("en", Assert.Single(text.Translations).Language));
        Assert.All(created.Campaign.Texts, text => Assert.Contains("承诺书", text.Title));
        Assert.Contains("The pledge, read together", await organizer.ReadAsync($"/display/{created.Code}"));
    }

    [Fact]
    public async Task A_copy_into_a_new_campaign_begins_with_the_texts_of_the_old_one_and_their_translations()
    {
        var e = await app.SeedEventAsync(startsAt: new DateTimeOffset(2097, 6, 1, 1, 0, 0, TimeSpan.Zero));
        await app.RewriteTextAsync(e, SignerRole.Guardian, [SampleTexts.Uyghur]);
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        var answer = await organizer.SendAsync($"/organize/events/new?start=copy&from={e.Code}", ("Form.CampaignId", ""),
            ("Form.CampaignTitle", "2098 暑期防溺水"), ("Form.StartsAt", "2098-07-17T09:00"), ("Form.EndsAt", "2098-07-17T11:30"));

        var copy = await LoadAsync(answer.Headers.Location!.ToString()[^6..]);
        Assert.NotEqual(e.CampaignId, copy.CampaignId);
        var guardian = Assert.Single(copy.Campaign.Texts, text => text.Role == SignerRole.Guardian);
        Assert.Equal((1, "ug"), (guardian.Version, Assert.Single(guardian.Translations).Language));
        Assert.Equal(PledgeTextHash.Of(SampleTexts.ForGuardians, [SampleTexts.Uyghur]), guardian.ContentHash());
        Assert.Equal(4, copy.Campaign.Texts.Count);
    }

    [Fact]
    public async Task A_duplicate_takes_over_everything_but_the_time_the_code_and_the_signatures()
    {
        var e = await app.SeedEventAsync(startsAt: new DateTimeOffset(2097, 6, 1, 1, 0, 0, TimeSpan.Zero));
        await app.CreateClient().SignAsync(e.Code, Signing.Family(e));
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        var answer = await organizer.SendAsync($"/organize/events/new?start=copy&from={e.Code}",
            ("Form.StartsAt", "2097-07-17T09:00"), ("Form.EndsAt", "2097-07-17T11:30"));

        var copy = await LoadAsync(answer.Headers.Location!.ToString()[^6..]);
        Assert.NotEqual(e.Code, copy.Code);
        Assert.Equal((EventState.Draft, "社区广场", e.CampaignId), (copy.State, copy.Place, copy.CampaignId));
        Assert.Equal(["绿舟应急救援队"], copy.Partners);
        Assert.Equal([e.Primary, e.OtherPrimary, e.Junior, e.Senior], copy.Classes.Select(c => c.Id).Order());
        Assert.Equal(EventTemplate.Scenes().Count, copy.Scenes.Count);
        Assert.Equal(0, await organizer.Client.PeopleAsync(copy.Code));
    }

    [Fact]
    public async Task An_event_after_the_day_that_families_were_promised_belongs_to_another_campaign()
    {
        var e = await app.SeedEventAsync(startsAt: new DateTimeOffset(2096, 7, 17, 1, 0, 0, TimeSpan.Zero));
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        var copied = await DeskVisitor.TextAsync(await organizer.SendAsync($"/organize/events/new?start=copy&from={e.Code}",
            ("Form.StartsAt", "2097-07-17T09:00"), ("Form.EndsAt", "2097-07-17T11:30")));
        var moved = await DeskVisitor.TextAsync(await organizer.SendAsync($"/organize/events/{e.Code}/facts",
            ("Form.StartsAt", "2096-10-17T09:00"), ("Form.EndsAt", "2096-10-17T11:30")));

        Assert.All([copied, moved], page => Assert.Contains("活动计划的最后一天（2096年9月30日）之后", page));
    }

    [Fact]
    public async Task Before_anybody_could_sign_the_campaigns_end_moves_along_with_the_event()
    {
        var e = await app.SeedEventAsync(EventState.Draft, startsAt: new DateTimeOffset(2096, 7, 17, 1, 0, 0, TimeSpan.Zero));
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        await organizer.SendAsync($"/organize/events/{e.Code}/facts", ("Form.StartsAt", "2096-10-17T09:00"),
            ("Form.EndsAt", "2096-10-17T11:30"));

        var rules = (await app.Get<PublishedEvents>().FindAsync(e.Code, Cancellation))!.Rules;
        Assert.Equal((2, new DateOnly(2096, 10, 17)), (rules[0].Version, rules[0].Settings.EndsOn));
    }

    [Fact]
    public async Task A_campaign_of_another_organization_is_refused_with_a_sentence()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.District);

        var page = await DeskVisitor.TextAsync(await organizer.SendAsync("/organize/events/new",
            ("Form.OrganizationId", $"{e.District}"), ("Form.CampaignId", $"{e.CampaignId}"),
            ("Form.Place", "广场"), ("Form.StartsAt", "2097-07-17T09:00"), ("Form.EndsAt", "2097-07-17T11:30")));

        Assert.Contains("这个活动计划不属于所选的组织", page);
        Assert.Contains("value=\"广场\"", page);
    }

    [Fact]
    public async Task Saved_facts_are_public_at_once()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        await organizer.SendAsync($"/organize/events/{e.Code}/facts", ("Form.Title", "江边防溺水课"), ("Form.Partners", "救援队\n\n 卫生服务中心 "));

        var seen = await app.Get<PublishedEvents>().FindAsync(e.Code, Cancellation);
        Assert.Equal("江边防溺水课", seen!.Title);
        Assert.Equal(["救援队", "卫生服务中心"], seen.Partners);
    }

    [Fact]
    public async Task Every_mistake_is_named_at_its_field_and_the_form_is_kept()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        var page = await DeskVisitor.TextAsync(await organizer.SendAsync($"/organize/events/{e.Code}/facts",
            ("Form.Title", "  "), ("Form.Place", "礼堂\u202E"), ("Form.StartsAt", "2096-07-17T09:00"), ("Form.EndsAt", "2096-07-17T08:00"),
            ("Form.HomeSigningUntil", "明天"), ("Form.Hosts", "大塘冲社区")));

        Assert.Contains("id=\"Form_Title-error\">请填写活动名称。", page);
        Assert.Contains("地点里有看不见的字符或表情符号", page);
        Assert.Contains("结束时间早于开始时间", page);
        Assert.Contains("在家签名截止不是一个日期和时间", page);
        Assert.Contains("value=\"明天\"", page);
        Assert.Equal("暑期防溺水宣传活动", (await LoadAsync(e.Code)).Title);
    }

    [Fact]
    public async Task The_second_of_two_organizers_is_told_and_keeps_the_form()
    {
        var e = await app.SeedEventAsync();
        var first = await DeskVisitor.SignInAsync(app, e.Organization);
        var second = await DeskVisitor.SignInAsync(app, e.Organization);
        var address = $"/organize/events/{e.Code}/facts";
        var opened = DeskVisitor.Form(await second.ReadAsync(address));
        await first.SendAsync(address, ("Form.Place", "新礼堂"));

        var refused = await DeskVisitor.TextAsync(await second.PostAsync(address, [.. opened, ("Form.Title", "我的名称")]));

        Assert.Contains("别人刚保存了这个活动", refused);
        Assert.Contains("value=\"我的名称\"", refused);
        Assert.Equal("新礼堂", (await LoadAsync(e.Code)).Place);
        Assert.Equal(HttpStatusCode.Redirect, (await second.PostAsync(address, DeskVisitor.Form(refused))).StatusCode);
        Assert.Equal("我的名称", (await LoadAsync(e.Code)).Title);
    }

    [Fact]
    public async Task A_change_of_scenes_alone_is_seen_by_the_second_organizer_too()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var opened = DeskVisitor.Form(await organizer.ReadAsync($"/organize/events/{e.Code}/classes"));
        await organizer.SendAsync($"/organize/events/{e.Code}/scenes", ("Scenes[1].Title", "另一部片子"));

        var refused = await organizer.PostAsync($"/organize/events/{e.Code}/classes", opened);

        Assert.Contains("别人刚保存了这个活动", await DeskVisitor.TextAsync(refused));
    }

    [Fact]
    public async Task Scenes_are_moved_added_and_removed_on_the_page_and_stored_when_saved()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var address = $"/organize/events/{e.Code}/scenes";

        var moved =
            await DeskVisitor.TextAsync(await organizer.SendAsync($"{address}?from=2&to=0&handler=Move", ("Scenes[2].Notes", "三分钟")));
        var removed = await DeskVisitor.TextAsync(await organizer.PostAsync($"{address}?at=3&handler=Remove", DeskVisitor.Form(moved)));
        var added = await DeskVisitor.TextAsync(
            await organizer.PostAsync($"{address}?handler=Add", [.. DeskVisitor.Form(removed), ("Kind", "Lecture")]));
        Assert.Equal(SceneKind.Welcome, (await ScenesAsync(e.Code))[0].Kind);
        await organizer.PostAsync(address, DeskVisitor.Form(added));

        var scenes = await ScenesAsync(e.Code);
        Assert.Equal([SceneKind.Speech, SceneKind.Welcome, SceneKind.Film, SceneKind.Cpr, SceneKind.Oath, SceneKind.Signing, SceneKind.Wave,
            SceneKind.Thanks, SceneKind.Lecture], scenes.Select(s => s.Kind));
        Assert.Equal("三分钟", scenes[0].Notes);
    }

    [Fact]
    public async Task Opening_asks_for_the_code_then_wipes_the_rehearsal_and_counts_from_zero()
    {
        var e = await app.SeedEventAsync(EventState.Draft);
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        await organizer.SendAsync($"/organize/events/{e.Code}/rehearse");
        await app.CreateClient().SignAsync(e.Code, Signing.Family(e));
        Assert.Contains("会清除2人的演练签名", await organizer.ReadAsync($"/organize/events/{e.Code}/open"));

        var refused = await organizer.SendAsync($"/organize/events/{e.Code}/open", ("Form.TypedCode", "AAAAAA"));
        Assert.Contains("活动码不对", await DeskVisitor.TextAsync(refused));
        Assert.Equal(2, app.Get<TallyBoard>().Rehearsed(e.Id));

        await organizer.SendAsync($"/organize/events/{e.Code}/open", ("Form.TypedCode", e.Code.ToLowerInvariant()));
        Assert.Equal(EventState.Open, (await LoadAsync(e.Code)).State);
        Assert.Equal(0, app.Get<TallyBoard>().Rehearsed(e.Id));
        Assert.Equal(0, await app.CreateClient().PeopleAsync(e.Code));
        await app.CreateClient().SignAsync(e.Code, Signing.Family(e));
        Assert.Equal(2, await app.CreateClient().PeopleAsync(e.Code));
    }

    [Fact]
    public async Task Closing_ends_signing_and_reopening_goes_on_with_the_count()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        await app.CreateClient().SignAsync(e.Code, Signing.Family(e));

        await organizer.SendAsync($"/organize/events/{e.Code}/close");
        Assert.Equal(HttpStatusCode.Forbidden, (await app.CreateClient().SignAsync(e.Code, Signing.Family(e))).StatusCode);
        Assert.Contains("签名已于", await organizer.ReadAsync($"/organize/events/{e.Code}"));
        Assert.Contains("人数从2接着往上加", await organizer.ReadAsync($"/organize/events/{e.Code}/open"));

        var opened = await organizer.SendAsync($"/organize/events/{e.Code}/open");
        Assert.Contains("接着原来的人数往上加", await organizer.ReadAsync(opened.Headers.Location!.ToString().Split('#')[0]));
        await app.CreateClient().SignAsync(e.Code, Signing.Family(e));
        Assert.Equal(4, await app.CreateClient().PeopleAsync(e.Code));
    }

    [Theory]
    [InlineData("rehearse", EventState.Open)]
    [InlineData("close", EventState.Draft)]
    public async Task A_step_that_no_longer_fits_says_so_instead(string step, EventState state)
    {
        var e = await app.SeedEventAsync(state);
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var token = DeskVisitor.Form(await organizer.ReadAsync($"/organize/events/{e.Code}/facts"));

        var answer = await organizer.PostAsync($"/organize/events/{e.Code}/{step}", token);

        Assert.Contains("活动的状态刚刚变过", await organizer.ReadAsync(answer.Headers.Location!.ToString().Split('#')[0]));
        Assert.Equal(state, (await LoadAsync(e.Code)).State);
    }

    [Theory]
    [InlineData("facts")]
    [InlineData("classes")]
    [InlineData("scenes")]
    [InlineData("rehearse")]
    [InlineData("open")]
    [InlineData("close")]
    public async Task An_observer_reads_the_event_and_changes_nothing(string page)
    {
        var e = await app.SeedEventAsync(EventState.Draft);
        var observer = await DeskVisitor.SignInAsync(app, e.Organization, OrganizerRole.Observer);

        var seen = await observer.ReadAsync($"/organize/events/{e.Code}");
        Assert.Contains("绿舟应急救援队", seen);
        Assert.DoesNotContain($"/organize/events/{e.Code}/{page}\"", seen);
        var token = DeskVisitor.Form(seen);
        Assert.Equal(HttpStatusCode.Forbidden, (await observer.PostAsync($"/organize/events/{e.Code}/{page}", token)).StatusCode);
    }

    private async Task<List<Scene>> ScenesAsync(string code) => [.. (await LoadAsync(code)).Scenes.OrderBy(s => s.Position)];

    private async Task<CampaignEvent> LoadAsync(string code)
    {
        await using var db = app.OpenStore();
        return await db.Events.AsSplitQuery().Include(e => e.Scenes).Include(e => e.Classes).Include(e => e.Campaign.Texts)
            .SingleAsync(e => e.Code == code, Cancellation);
    }
}
