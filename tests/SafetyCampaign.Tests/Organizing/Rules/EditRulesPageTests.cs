using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Organizing.Rules;

/// <summary>The rules on children's data at the desk: what is the organizer's to settle, and what is not.</summary>
public sealed class EditRulesPageTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_named_contact_makes_the_next_version_and_phones_read_it_at_once()
    {
        var e = await app.SeedEventAsync(namesContact: false);
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        Assert.Contains("负责人和联系方式</a>", await organizer.ReadAsync($"/organize/events/{e.Code}"));

        var answer = await organizer.SendAsync(AddressOf(e), ("Form.ContactPerson", "张老师"), ("Form.ContactWay", "0731-0000000\n社区服务中心二楼"));

        Assert.Contains("规则的新版本已保存", await organizer.ReadAsync(answer.Headers.Location!.ToString()));
        var rules = await new DeskVisitor(app.CreateClient()).ReadAsync($"/e/{e.Code}/rules");
        Assert.Contains("第2版", rules);
        Assert.Contains("专门负责保护孩子信息的是张老师，联系方式：0731-0000000\n社区服务中心二楼", rules);
        Assert.DoesNotContain("负责人和联系方式</a>", await organizer.ReadAsync($"/organize/events/{e.Code}"));
    }

    [Fact]
    public async Task The_same_again_makes_no_version()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        var answer = await organizer.SendAsync(AddressOf(e));

        Assert.Contains("没有产生新版本", await organizer.ReadAsync(answer.Headers.Location!.ToString()));
        Assert.Equal(1, await VersionsAsync(e));
    }

    [Fact]
    public async Task A_person_without_a_way_to_reach_them_is_asked_for_it()
    {
        var e = await app.SeedEventAsync(namesContact: false);
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        var page = await DeskVisitor.TextAsync(await organizer.SendAsync(AddressOf(e), ("Form.ContactPerson", "张老师")));

        Assert.Contains("请填写联系方式", page);
        Assert.Contains("张老师", page);
        Assert.Equal(1, await VersionsAsync(e));
    }

    [Fact]
    public async Task The_day_of_erasure_comes_sooner_but_is_never_put_off_once_families_could_sign()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var ends = (await RulesAsync(e)).EndsOn;

        var later = await DeskVisitor.TextAsync(await organizer.SendAsync(AddressOf(e), ("Form.EndsOn", $"{ends.AddDays(1):yyyy-MM-dd}")));
        Assert.Contains("只能提前", later);
        Assert.Equal(1, await VersionsAsync(e));

        await organizer.SendAsync(AddressOf(e), ("Form.EndsOn", $"{ends.AddDays(-1):yyyy-MM-dd}"));
        Assert.Equal(ends.AddDays(-1), (await RulesAsync(e)).EndsOn);
    }

    [Fact]
    public async Task Before_anybody_could_sign_the_end_may_be_put_off()
    {
        var e = await app.SeedEventAsync(EventState.Draft);
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var ends = (await RulesAsync(e)).EndsOn;

        await organizer.SendAsync(AddressOf(e), ("Form.EndsOn", $"{ends.AddDays(1):yyyy-MM-dd}"));

        Assert.Equal(ends.AddDays(1), (await RulesAsync(e)).EndsOn);
    }

    [Theory]
    [InlineData("")]
    [InlineData("next summer")]
    [InlineData("12026-09-30")]
    public async Task What_is_no_day_is_refused_and_the_form_kept(string typed)
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        var page = await DeskVisitor.TextAsync(await organizer.SendAsync(AddressOf(e), ("Form.EndsOn", typed), ("Form.Purpose", "只作存档")));

        Assert.Contains("活动计划的最后一天", page);
        Assert.Contains("只作存档", page);
        Assert.Equal(1, await VersionsAsync(e));
    }

    [Fact]
    public async Task Who_was_overtaken_is_told_and_then_writes_the_version_after()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var seen = DeskVisitor.Form(await organizer.ReadAsync(AddressOf(e)));
        await organizer.SendAsync(AddressOf(e), ("Form.Purpose", "第一个人写的"));

        var told = await DeskVisitor.TextAsync(await organizer.PostAsync(AddressOf(e), [.. seen, ("Form.Purpose", "第二个人写的")]));

        Assert.Contains("别人刚写了第2版", told);
        await organizer.PostAsync(AddressOf(e), DeskVisitor.Form(told));
        Assert.Equal("第二个人写的", (await RulesAsync(e)).Purpose);
        Assert.Equal(3, await VersionsAsync(e));
    }

    [Fact]
    public async Task Signing_opens_once_a_contact_is_named_and_not_before()
    {
        var e = await app.SeedEventAsync(EventState.Draft, namesContact: false);
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var (opening, token) = ($"/organize/events/{e.Code}/open", DeskVisitor.Form(await organizer.ReadAsync(AddressOf(e))));
        await organizer.SendAsync($"/organize/events/{e.Code}/rehearse"); // practice needs no contact
        Assert.Equal(EventState.Rehearsal, await StateAsync(e));

        var refused = await DeskVisitor.TextAsync(await organizer.PostAsync(opening, [.. token, ("Form.TypedCode", e.Code)]));
        Assert.Contains("法规要求指定专人，请先写上", refused);
        Assert.Contains($"href=\"{AddressOf(e)}\"", refused);
        Assert.Contains("法规要求指定专人，请先写上", await organizer.ReadAsync(opening));
        Assert.Equal(EventState.Rehearsal, await StateAsync(e));

        await organizer.SendAsync(AddressOf(e), ("Form.ContactPerson", "张老师（示例）"), ("Form.ContactWay", "000-0000-0000"));
        await organizer.SendAsync(opening, ("Form.TypedCode", e.Code));
        Assert.Equal(EventState.Open, await StateAsync(e));
    }

    [Fact]
    public async Task An_event_that_is_open_without_a_contact_stays_open()
    {
        var e = await app.SeedEventAsync(namesContact: false);

        Assert.Equal(System.Net.HttpStatusCode.Created, (await app.CreateClient().SignAsync(e.Code, Signing.Family(e))).StatusCode);
    }

    private static string AddressOf(SeededEvent e) => $"/organize/campaigns/{e.CampaignId}/rules?event={e.Code}";

    private async Task<EventState> StateAsync(SeededEvent e)
    {
        await using var db = app.OpenStore();
        return (await db.Events.SingleAsync(x => x.Id == e.Id, Cancellation)).State;
    }

    private async Task<ChildrenRules> RulesAsync(SeededEvent e)
    {
        await using var db = app.OpenStore();
        return await db.Rules.Where(r => r.CampaignId == e.CampaignId).OrderBy(r => r.Version).LastAsync(Cancellation);
    }

    private async Task<int> VersionsAsync(SeededEvent e)
    {
        await using var db = app.OpenStore();
        return await db.Rules.CountAsync(r => r.CampaignId == e.CampaignId, Cancellation);
    }
}
