using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Organizing.Events;

/// <summary>What no person signed: found by what it leaves behind, taken out and brought back at once.</summary>
public abstract partial class ReviewPagesTests
{
    [Fact]
    public async Task Signings_with_the_same_handwriting_point_for_point_are_flagged()
    {
        var (e, organizer) = await BeginAsync();
        for (var i = 0; i < 3; i++)
            await SignAsync(e, $"学生{i}", $"家长{i}", "mother");

        var page = await organizer.ReadAsync(Review(e, "/suspicious"));

        Assert.Contains("3份签名像是程序签的，共6人计入", page);
        Assert.Contains("3份的笔迹和别的签名一模一样", page);
        Assert.Contains("全部记为无效", page);
    }

    [Fact]
    public async Task People_who_read_first_and_write_with_their_own_hands_are_not_flagged()
    {
        var (e, organizer) = await BeginAsync();
        for (var i = 0; i < 20; i++)
            await SignAsPersonAsync(phone, e, i, opened: DateTimeOffset.UtcNow.AddMinutes(-1));

        Assert.Contains("没有可疑的签名", await organizer.ReadAsync(Review(e, "/suspicious")));
    }

    [Fact]
    public async Task Many_who_signed_sooner_than_anybody_reads_are_flagged_and_a_few_are_not()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow); // stands still, however slow the machine
        await using var own = new CampaignApp { Clock = clock };
        await own.InitializeAsync();
        var e = await own.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(own, e.Organization);
        using var bot = own.CreateClient();
        for (var i = 0; i < 9; i++)
            await SignAsPersonAsync(bot, e, i, opened: clock.GetUtcNow());
        Assert.Contains("没有可疑的签名", await organizer.ReadAsync(Review(e, "/suspicious")));

        await SignAsPersonAsync(bot, e, 9, opened: clock.GetUtcNow());

        Assert.Contains("10份在打开页面后5秒内就签完", await organizer.ReadAsync(Review(e, "/suspicious")));
    }

    [Fact]
    public async Task All_flagged_are_invalidated_in_one_act_and_restored_in_one()
    {
        var (e, organizer) = await BeginAsync();
        for (var i = 0; i < 5; i++)
            await SignAsync(e, $"学生{i}", $"家长{i}", "mother");
        await SignAsPersonAsync(phone, e, 1, opened: DateTimeOffset.UtcNow.AddMinutes(-1));
        Assert.Contains("这5份签名一起不再计入：人数从11变为1", await organizer.ReadAsync(Review(e, "/suspicious")));

        Assert.Contains("5份签名已记为无效", await DoAsync(organizer, Review(e, "/suspicious"), handler: null));
        Assert.Equal(1, await phone.PeopleAsync(e.Code));
        Assert.Contains("没有可疑的签名", await organizer.ReadAsync(Review(e, "/suspicious")));
        Assert.Contains("5份签名记为无效", await organizer.ReadAsync(Review(e, "/acts")));

        await DoAsync(organizer, Review(e, "/acts"), handler: null);
        Assert.Equal(11, await phone.PeopleAsync(e.Code));
        await using var db = app.OpenStore();
        Assert.Equal(11, await db.Pledges.CountAsync(p => p.EventId == e.Id, Cancellation));
    }

    [Fact]
    public async Task A_single_one_is_found_genuine_or_taken_out_and_each_is_undone()
    {
        var (e, organizer) = await BeginAsync();
        for (var i = 0; i < 4; i++)
            await SignAsync(e, $"学生{i}", $"家长{i}", "mother");
        var page = await organizer.ReadAsync(Review(e, "/suspicious"));
        Assert.Contains("学生3、家长3的这次签名不再计入：人数从8变为6", page);
        Assert.Contains("学生3、家长3的这次签名照常计入", page);

        Assert.Contains("已确认是真的，照常计入", await DoAsync(organizer, Review(e, "/suspicious"), "Genuine")); // the last: 学生3
        page = await organizer.ReadAsync(Review(e, "/suspicious"));
        Assert.Contains("3份签名像是程序签的，共6人计入", page);
        Assert.DoesNotContain("学生3", page);
        Assert.Contains("这次签名已记为无效", await DoAsync(organizer, Review(e, "/suspicious"), "Invalidate")); // 学生2
        Assert.Equal(6, await phone.PeopleAsync(e.Code));
        Assert.Contains("2份签名已记为无效", await DoAsync(organizer, Review(e, "/suspicious"), handler: null));
        Assert.Equal(2, await phone.PeopleAsync(e.Code)); // the genuine one stays

        await DoAsync(organizer, Review(e, "/acts"), handler: null); // undoes the older decision, which stands last: 学生2
        Assert.Equal(4, await phone.PeopleAsync(e.Code));
        Assert.Contains("已重新列为可疑", await DoAsync(organizer, Review(e, "/suspicious?genuine=true"), "Suspect"));
        page = await organizer.ReadAsync(Review(e, "/suspicious"));
        Assert.All(["学生2", "学生3"], name => Assert.Contains(name, page));
        await using var db = app.OpenStore();
        Assert.Equal([AuditAction.SuspicionDropped, AuditAction.PledgesInvalidated, AuditAction.PledgesInvalidated,
            AuditAction.PledgesReinstated, AuditAction.SuspicionRestored], await db.AuditEntries
            .Where(a => a.EventCode == e.Code && a.Action != AuditAction.NamesViewed).OrderBy(a => a.Sequence).Select(a => a.Action)
            .ToListAsync(Cancellation));
        Assert.Equal(HttpStatusCode.NotFound, (await organizer.PostAsync(Review(e, "/suspicious?handler=Genuine"),
            [.. DeskVisitor.Form(page), ("Request", "999999")])).StatusCode);
    }

    [Fact]
    public async Task What_has_changed_since_it_was_shown_is_shown_again_instead()
    {
        var (e, organizer) = await BeginAsync();
        for (var i = 0; i < 3; i++)
            await SignAsync(e, $"学生{i}", $"家长{i}", "mother");
        var page = await organizer.ReadAsync(Review(e, "/suspicious"));
        var seen = DeskVisitor.Form(page[..page.IndexOf("<table", StringComparison.Ordinal)]);
        await organizer.PostAsync(Review(e, "/suspicious"), seen);

        var answer = await organizer.PostAsync(Review(e, "/suspicious"), seen);

        Assert.Contains("刚才又有变化", await DeskVisitor.TextAsync(answer));
    }

    [Fact]
    public async Task Typed_names_that_come_in_one_second_are_flagged_and_a_few_are_not()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow); // all that comes, comes in one second
        await using var own = new CampaignApp { Clock = clock };
        await own.InitializeAsync();
        var e = await own.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(own, e.Organization);
        using var bot = own.CreateClient();
        for (var i = 0; i < 9; i++)
            await SignTypedAsync(bot, e, i, opened: clock.GetUtcNow().AddMinutes(-1));
        Assert.Contains("没有可疑的签名", await organizer.ReadAsync(Review(e, "/suspicious")));

        await SignTypedAsync(bot, e, 9, opened: clock.GetUtcNow().AddMinutes(-1));

        Assert.Contains("10份在同一秒里一起送到", await organizer.ReadAsync(Review(e, "/suspicious")));
    }

    [Fact]
    public async Task A_form_whose_hidden_field_is_filled_is_taken_and_flagged()
    {
        var (e, organizer) = await BeginAsync();
        var page = await phone.GetStringAsync($"/e/{e.Code}", Cancellation);
        Assert.Contains("<input class=\"visually-hidden\" name=\"Form.Website\" tabindex=\"-1\" aria-hidden=\"true\">", page);

        foreach (var website in new[] { "", "http://spam.example" })
        {
            var answer = await phone.PostAsync($"/e/{e.Code}", new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["Form.Key"] = $"{Guid.CreateVersion7(DateTimeOffset.UtcNow.AddMinutes(-1))}",
                ["Form.Party"] = "Volunteer",
                ["Form.Signers[Volunteer].Name"] = $"志愿者{website.Length}",
                ["Form.Signers[Volunteer].Version"] = "1",
                ["Form.Website"] = website,
            }), Cancellation);
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        }

        var review = await organizer.ReadAsync(Review(e, "/suspicious"));
        Assert.Contains("1份填写了页面上人看不见的一栏", review);
        Assert.Contains("填了隐藏栏", review);
    }

    [Fact]
    public async Task What_the_door_noticed_of_many_is_shown_and_of_a_few_is_not()
    {
        var (e, organizer) = await BeginAsync();
        for (var i = 0; i < 10; i++)
            await SignAsPersonAsync(phone, e, i, opened: DateTimeOffset.UtcNow.AddMinutes(-1));
        await using (var db = app.OpenStore())
        {
            var heads = await db.Pledges.Where(p => p.EventId == e.Id).OrderBy(p => p.Sequence).Select(p => p.Sequence)
                .ToListAsync(Cancellation);
            db.SigningFlags.AddRange(heads.Select((head, i) => new SigningFlag
            {
                Sequence = head,
                Flags = SigningFlags.BurstOfDevices | (i < 9 ? SigningFlags.ManyFromOneDevice : 0),
            }));
            await db.SaveChangesAsync(Cancellation);
        }

        var review = await organizer.ReadAsync(Review(e, "/suspicious"));

        Assert.Contains("10份来自短时间内从同一网络大量打开的页面", review);
        Assert.DoesNotContain("同一设备", review);
    }

    private static async Task SignTypedAsync(HttpClient bot, SeededEvent e, int i, DateTimeOffset opened)
    {
        var teacher = Signing.Alone("teacher", name: $"老师{i}");
        teacher["key"] = Guid.CreateVersion7(opened).ToString();
        teacher.SignerOf(0).Remove("signature");
        teacher.SignerOf(0)["typed"] = true;
        Assert.Equal(HttpStatusCode.Created, (await bot.SignAsync(e.Code, teacher)).StatusCode);
    }
}
