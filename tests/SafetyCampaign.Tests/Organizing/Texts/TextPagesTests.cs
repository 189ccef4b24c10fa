using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Organizing.Texts;

/// <summary>Pledge texts at the desk: versions, official wordings, the preview.</summary>
public sealed partial class TextPagesTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_makes_the_next_version_and_leaves_the_signed_one_as_it_was()
    {
        var e = await app.SeedEventAsync();
        await app.CreateClient().SignAsync(e.Code, Signing.Family(e));
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        var answer = await organizer.SendAsync($"/organize/campaigns/{e.CampaignId}/texts/student/edit",
            ("Form.Clauses", "不私自下水游泳\n会大声呼救"));

        Assert.EndsWith("/texts/student/2", answer.Headers.Location!.ToString());
        await using var db = app.OpenStore();
        var texts = await db.Texts.Where(t => t.CampaignId == e.CampaignId && t.Role == SignerRole.Student).OrderBy(t => t.Version)
            .ToListAsync(Cancellation);
        Assert.Equal([OfficialTexts.SixDonts, ["不私自下水游泳", "会大声呼救"]], texts.Select(t => t.Clauses));
        Assert.Equal(2, (await app.Get<PublishedEvents>().FindAsync(e.Code, Cancellation))!.TextFor(SignerRole.Student)!.Version);
        var overview = await organizer.ReadAsync($"/organize/campaigns/{e.CampaignId}/texts");
        Assert.Contains("已有人签，冻结", overview);
        Assert.Contains("不私自下水游泳", await organizer.ReadAsync(answer.Headers.Location.ToString()));
    }

    [Fact]
    public async Task Whoever_changes_a_text_while_it_is_signed_reads_what_becomes_of_pages_that_are_open()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var edit = $"/organize/campaigns/{e.CampaignId}/texts/student/edit";
        Assert.Contains("“暑期防溺水宣传活动”正在签名。 保存以后：已经交来的不变", await organizer.ReadAsync(edit));

        var answer = await organizer.SendAsync(edit, ("Form.Closing", "我说到做到"));

        Assert.Contains("还没交的手机会看到新的文字，要重新签名", await organizer.ReadAsync(answer.Headers.Location!.ToString()));
        await app.ChangeEventAsync(e.Id, gathering => gathering.Close(DateTimeOffset.UtcNow));
        Assert.DoesNotContain("正在签名", await organizer.ReadAsync(edit));
    }

    [Fact]
    public async Task The_way_back_leads_to_the_event_one_came_from()
    {
        var e = await app.SeedEventAsync();
        await using (var db = app.OpenStore())
        {
            var campaign = await db.Campaigns.Include(c => c.Organization).SingleAsync(c => c.Id == e.CampaignId, Cancellation);
            db.Add(new CampaignEvent(campaign, campaign.Organization, "第二场", "学校礼堂", DateTimeOffset.UnixEpoch,
                DateTimeOffset.UnixEpoch.AddHours(2)));
            await db.SaveChangesAsync(Cancellation);
        }
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var texts = $"/organize/campaigns/{e.CampaignId}/texts";

        Assert.Contains($"{texts}?event={e.Code}", await organizer.ReadAsync($"/organize/events/{e.Code}"));
        Assert.Contains($"class=\"back\" href=\"/organize/events/{e.Code}\"", await organizer.ReadAsync($"{texts}?event={e.Code}"));
        Assert.Contains($"href=\"{texts}?event={e.Code}\"", await organizer.ReadAsync($"{texts}/student/edit?event={e.Code}"));
        Assert.Contains("class=\"back\" href=\"/organize\"", await organizer.ReadAsync($"{texts}?event=XXXXXX"));
    }

    [Fact]
    public async Task An_official_wording_is_offered_word_for_word()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        var page = await organizer.ReadAsync($"/organize/campaigns/{e.CampaignId}/texts/student/edit?official=2");

        Assert.Contains(string.Join('\n', OfficialTexts.HunanSevenDontsTwoCans), page);
        var chosen = await organizer.SendAsync($"/organize/campaigns/{e.CampaignId}/texts/student/edit?handler=Official&official=2",
            ("Form.Clauses", "正在写的"));
        Assert.Contains(string.Join('\n', OfficialTexts.HunanSevenDontsTwoCans), await DeskVisitor.TextAsync(chosen));
    }

    [Fact]
    public async Task The_same_wording_again_makes_no_version()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        var answer = await organizer.SendAsync($"/organize/campaigns/{e.CampaignId}/texts/guardian/edit");

        Assert.Contains("没有产生新版本", await organizer.ReadAsync(answer.Headers.Location!.ToString()));
        await using var db = app.OpenStore();
        Assert.Equal(1, await db.Texts.CountAsync(t => t.CampaignId == e.CampaignId && t.Role == SignerRole.Guardian, Cancellation));
    }

    [Fact]
    public async Task A_missing_line_on_liability_is_pointed_out_but_not_refused()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var address = $"/organize/campaigns/{e.CampaignId}/texts/teacher/edit";

        var preview = await DeskVisitor.TextAsync(await organizer.SendAsync($"{address}?handler=Preview", ("Form.Closing", "")));
        Assert.Contains($"文中没有“{OfficialTexts.LiabilityLine}”", preview);

        Assert.Equal(HttpStatusCode.Redirect, (await organizer.PostAsync(address, DeskVisitor.Form(preview))).StatusCode);
    }

    [Fact]
    public async Task Words_like_those_of_a_waiver_are_named_beside_their_field_and_not_refused()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var address = $"/organize/campaigns/{e.CampaignId}/texts/guardian/edit";
        Assert.DoesNotContain("像免责书", await organizer.ReadAsync(address));

        var preview = await DeskVisitor.TextAsync(await organizer.SendAsync($"{address}?handler=Preview",
            ("Form.Title", "防溺水责任书"), ("Form.Clauses", "看护好孩子\n出了事后果自负，与学校和社区无关"),
            ("Form.Translations[0].Clauses", "I watch my child\nMy child swims at my own risk")));

        Assert.Equal(["这里写着：责任书。", "这里写着：后果自负、与学校和社区无关。", "这里写着：at my own risk。"],
            Regex.Matches(preview, "这里写着：[^。]*。").Select(m => m.Value));
        var answer = await organizer.PostAsync(address, DeskVisitor.Form(preview));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("这里写着：责任书、后果自负、与学校和社区无关。", await organizer.ReadAsync(answer.Headers.Location!.ToString()));
        Assert.Contains("这里写着：责任书", await organizer.ReadAsync($"/organize/campaigns/{e.CampaignId}/texts"));
        var english = await DeskVisitor.SignInAsync(app, e.Organization, language: "en");
        Assert.Contains("This says: 后果自负, 与学校和社区无关. It reads like a waiver", await english.ReadAsync(address));
    }

    [Fact]
    public async Task The_second_of_two_writers_is_told_and_keeps_the_form()
    {
        var e = await app.SeedEventAsync();
        var first = await DeskVisitor.SignInAsync(app, e.Organization);
        var second = await DeskVisitor.SignInAsync(app, e.Organization);
        var address = $"/organize/campaigns/{e.CampaignId}/texts/volunteer/edit";
        var opened = DeskVisitor.Form(await second.ReadAsync(address));
        await first.SendAsync(address, ("Form.Title", "先写的"));

        var refused = await DeskVisitor.TextAsync(await second.PostAsync(address, [.. opened, ("Form.Title", "后写的")]));
        Assert.Contains("别人刚写了第2版", refused);
        Assert.Contains("value=\"后写的\"", refused);

        var answer = await second.PostAsync(address, DeskVisitor.Form(refused));
        Assert.EndsWith("/volunteer/3", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task An_observer_reads_the_texts_and_writes_none()
    {
        var e = await app.SeedEventAsync();
        var observer = await DeskVisitor.SignInAsync(app, e.Organization, OrganizerRole.Observer);

        var page = await observer.ReadAsync($"/organize/campaigns/{e.CampaignId}/texts/student/1");

        Assert.DoesNotContain("/edit", page);
        Assert.Equal(HttpStatusCode.Forbidden,
            (await observer.PostAsync($"/organize/campaigns/{e.CampaignId}/texts/student/edit", DeskVisitor.Form(page))).StatusCode);
    }

    [Theory]
    [InlineData("student/9")]
    [InlineData("pirate/1")]
    [InlineData("pirate/edit")]
    public async Task What_is_not_there_is_not_found(string rest)
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        Assert.Equal(HttpStatusCode.NotFound, (await organizer.GetAsync($"/organize/campaigns/{e.CampaignId}/texts/{rest}")).StatusCode);
    }

    [Fact]
    public async Task The_texts_of_another_organization_are_not_there()
    {
        var e = await app.SeedEventAsync();
        var stranger = await DeskVisitor.SignInAsync(app, (await app.SeedEventAsync()).Organization);

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/organize/campaigns/{e.CampaignId}/texts")).StatusCode);
    }

    [Fact]
    public async Task A_version_that_is_stored_cannot_be_changed_and_a_signed_one_cannot_be_removed()
    {
        var e = await app.SeedEventAsync();
        await app.CreateClient().SignAsync(e.Code, Signing.Family(e));

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            ChangeAsync(SignerRole.Guardian, (db, text) => db.Entry(text).Property(t => t.Translations).CurrentValue = []));
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            ChangeAsync(SignerRole.Teacher, (db, text) => db.Entry(text).Property(t => t.Title).CurrentValue = "另一份"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => ChangeAsync(SignerRole.Guardian, (db, text) => db.Remove(text)));
        await ChangeAsync(SignerRole.Teacher, (db, text) => db.Remove(text)); // nobody has signed it

        async Task ChangeAsync(SignerRole role, Action<CampaignDb, PledgeText> change)
        {
            await using var db = app.OpenStore();
            change(db, await db.Texts.SingleAsync(t => t.CampaignId == e.CampaignId && t.Role == role, Cancellation));
            await db.SaveChangesAsync(Cancellation);
        }
    }

    private static string Edit(SeededEvent e) => $"/organize/campaigns/{e.CampaignId}/texts/guardian/edit";

    private async Task<PledgeText> NewestAsync(SeededEvent e)
    {
        await using var db = app.OpenStore();
        return await db.Texts.Where(t => t.CampaignId == e.CampaignId && t.Role == SignerRole.Guardian).OrderByDescending(t =>
            t.Version).FirstAsync(Cancellation);
    }
}
