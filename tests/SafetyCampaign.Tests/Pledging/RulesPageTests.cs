using System.Net;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Pledging;

/// <summary>The rules on children's personal data as a guardian reads them.</summary>
public sealed class RulesPageTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private readonly HttpClient guardian = app.CreateClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Before_anybody_has_settled_anything_the_rules_say_all_that_the_law_asks_for()
    {
        var e = await app.SeedEventAsync(startsAt: new DateTimeOffset(2026, 7, 17, 1, 0, 0, TimeSpan.Zero), namesContact: false);

        var page = await ReadAsync($"/e/{e.Code}/rules");

        string[] said =
        [
            "大塘冲社区决定留下哪些信息", "找活动现场的工作人员", "只用来统计这次防溺水承诺的人数", "监护人单独同意以后才会保存", "学校和班级", "不提供给其他人",
            "大塘冲社区用来运行本系统的电脑或服务器", "现场主持人不用账号",
            "工作人员要登录才能查看", "为什么需要姓名", "备份里的旧数据不再使用", "打开签名页的时间", "撤下遮名：", "2027年2月28日（整个活动结束后五个月）",
            "更正：", "删除：", "撤回：", "没有任何影响", "向网信部门投诉",
        ];
        Assert.All(said, words => Assert.Contains(words, page));
    }

    [Fact]
    public async Task In_English_they_are_as_complete()
    {
        var e = await app.SeedEventAsync(startsAt: new DateTimeOffset(2026, 7, 17, 1, 0, 0, TimeSpan.Zero));

        var page = await ReadAsync($"/e/{e.Code}/rules?lang=en");

        Assert.Contains("On 28 February 2027", page);
        Assert.Contains("Version 1, in force since", page);
    }

    [Fact]
    public async Task The_version_somebody_signed_under_stays_readable_as_it_was()
    {
        var e = await app.SeedEventAsync();
        var before = await ReadAsync($"/e/{e.Code}/rules/1");
        await SettleAsync(e, settings => settings with { Controller = "贺家土街道", ContactPerson = "李主任", ContactWay = "0731-1111111" });

        var first = await ReadAsync($"/e/{e.Code}/rules/1");

        Assert.Contains("大塘冲社区决定留下哪些信息", first);
        Assert.Contains("由新的一版代替", first);
        Assert.DoesNotContain("由新的一版代替", before);
        Assert.Contains("贺家土街道决定留下哪些信息", await ReadAsync($"/e/{e.Code}/rules/2"));
        Assert.Contains("李主任", await ReadAsync($"/e/{e.Code}/rules"));
    }

    [Theory]
    [InlineData("/e/{0}/rules/2")]
    [InlineData("/e/{0}/rules/0")]
    [InlineData("/e/{0}/rules/99999999999")]
    [InlineData("/e/NSCHC0/rules")]
    public async Task A_version_or_an_event_that_is_not_there_is_not_found(string address)
    {
        var e = await app.SeedEventAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await guardian.GetAsync(string.Format(address, e.Code), Cancellation)).StatusCode);
    }

    [Fact]
    public async Task The_phone_says_who_answers_what_for_and_until_which_day_and_leads_to_the_rules()
    {
        var e = await app.SeedEventAsync(startsAt: new DateTimeOffset(2026, 7, 17, 1, 0, 0, TimeSpan.Zero));
        await SettleAsync(e, settings => settings with { Controller = "贺家土街道", Purpose = "用于本街道暑期防溺水工作。" });

        var phone = await ReadAsync($"/e/{e.Code}");

        Assert.Contains("用于本街道暑期防溺水工作。 由贺家土街道负责。", phone);
        Assert.Contains("2027年2月28日删除姓名、关系和签名，只留不带姓名的记录", phone);
        Assert.Contains($"href=\"/e/{e.Code}/rules\"", phone);
        Assert.Contains("2027年2月28日删除姓名和签名。", phone); // what the guardian consents to
    }

    [Fact]
    public async Task What_the_organizer_typed_is_words_and_nothing_else()
    {
        var e = await app.SeedEventAsync();
        await SettleAsync(e, settings => settings with { Purpose = "<script>alert(1)</script>" });

        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", await guardian.GetStringAsync($"/e/{e.Code}/rules", Cancellation));
    }

    private async Task<string> ReadAsync(string address) => WebUtility.HtmlDecode(await guardian.GetStringAsync(address, Cancellation));

    private async Task SettleAsync(SeededEvent e, Func<RulesSettings, RulesSettings> change)
    {
        await using var db = app.OpenStore();
        var campaign = await db.Campaigns.Include(c => c.Rules).SingleAsync(c => c.Id == e.CampaignId, Cancellation);
        campaign.Settle(change(campaign.RulesInForce.Settings), app.Get<TimeProvider>().GetUtcNow());
        await db.SaveChangesAsync(Cancellation);
        await app.Get<PublishedEvents>().ContentChangedAsync(changed => changed.CampaignId == e.CampaignId);
    }
}
