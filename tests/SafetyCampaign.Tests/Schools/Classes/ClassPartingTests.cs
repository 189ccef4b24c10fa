using System.Net;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Tests.Schools.Classes;

/// <summary>A class that was merged into another one is parted again at its own page: what was signed in it before comes back.</summary>
public abstract class ClassPartingTests(CampaignApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_signed_before_the_merge_comes_back_and_what_was_signed_since_stays()
    {
        var m = await MergedClasses.SeedAsync(app);
        await m.SignAsync(m.From, "先签生", "先签母");
        await m.SignAsync(m.From, Signing.Signer("volunteer", "志愿者"));
        await m.SignAsync(m.Into, "本班生", "本班母");
        var (was, beside) = (m.Of(m.From), m.Of(m.Into));
        await m.MergeAsync();
        await m.SignAsync(m.From, "后签生", "后签母"); // by a page that still names it
        await m.SignAsync(m.Into, "又签生", "又签母");
        var people = await m.PeopleAsync();

        var told = MergedClasses.Words(await m.Organizer.ReadAsync(m.Page));
        Assert.All(["把五（1）班从五（2）班分出来", "1个活动里，这个班重新参加", "3份承诺回到这个班", "五（2）班现有75名"],
            word => Assert.Contains(word, told));
        Assert.DoesNotContain("没有记下原来的班级", told);
        await m.PartAsync(pupils: "40");

        Assert.Contains("五（1）班又是单独的班了", await m.Organizer.ReadAsync(m.Page));
        await m.AssertClassAsync(m.From, "先签生", "先签母", "志愿者");
        await m.AssertClassAsync(m.Into, "本班生", "本班母", "后签生", "后签母", "又签生", "又签母");
        Assert.Equal((was, beside with { People = 6, Families = 3, Students = 3 }), (m.Of(m.From), m.Of(m.Into)));
        Assert.Equal(people, await m.PeopleAsync());
        Assert.Equal((40, 35), await m.SizesAsync());
        Assert.Equal([m.From, m.Into], await m.TakingPartAsync());
        await m.SignAsync(m.From, "再签生", "再签母"); // its own again
        await m.AssertClassAsync(m.From, "再签生", "再签母");
        Assert.Equal(0, await app.Get<TallyRecount>().RunAsync(Cancellation));
        await using var db = app.OpenStore();
        var line = await db.AuditEntries.SingleAsync(a => a.Action == AuditAction.ClassParted && a.ClassId == m.From, Cancellation);
        Assert.Equal($"{m.Into}", line.Detail);
        var administrator = await DeskVisitor.SignInAsync(app, m.Event.District, OrganizerRole.Administrator);
        Assert.Contains("一个并入的班重新分开", await administrator.ReadAsync(DeskRoutes.Audit));
    }

    [Fact]
    public async Task A_class_that_was_parted_can_be_merged_and_parted_once_more()
    {
        var m = await MergedClasses.SeedAsync(app);
        await m.SignAsync(m.From, "先签生", "先签母");
        await m.MergeAsync();
        await m.PartAsync();
        await m.SignAsync(m.From, "后签生", "后签母");
        await m.MergeAsync();
        await m.AssertClassAsync(m.Into, "先签生", "先签母", "后签生", "后签母");
        Assert.Equal([m.Into], await m.TakingPartAsync());

        await m.PartAsync();

        await m.AssertClassAsync(m.From, "先签生", "先签母", "后签生", "后签母");
        Assert.Equal((new ClassTotals(4, 2, 2), default), (m.Of(m.From), m.Of(m.Into)));
        Assert.Equal(0, await app.Get<TallyRecount>().RunAsync(Cancellation));
    }

    [Fact]
    public async Task Of_classes_that_were_merged_one_after_the_other_each_takes_what_was_signed_in_it()
    {
        var m = await MergedClasses.SeedAsync(app);
        await m.LeaveUnfollowedAsync((classes, e, _) =>
        {
            var third = new ClassGroup(classes[0].School, 5, 3);
            e.Invite([.. e.Classes, third]);
        });
        var last = (await m.TakingPartAsync())[^1];
        await m.SignAsync(m.From, "一班生", "一班母");
        await m.SignAsync(m.Into, "二班生", "二班母");
        await m.MergeAsync();
        await m.MergeAsync(m.Into, last);
        await m.AssertClassAsync(last, "一班生", "一班母", "二班生", "二班母");

        await m.PartAsync(m.Into);
        await m.AssertClassAsync(m.Into, "二班生", "二班母");
        await m.AssertClassAsync(last, "一班生", "一班母"); // its class is still merged into that one
        await m.PartAsync(m.From);

        await m.AssertClassAsync(m.From, "一班生", "一班母");
        await m.AssertClassAsync(m.Into, "二班生", "二班母");
    }

    [Fact]
    public async Task Whom_the_list_of_the_other_class_has_and_who_was_corrected_into_it_stay_with_whoever_signed_beside_them()
    {
        var m = await MergedClasses.SeedAsync(app);
        await m.SignAsync(m.From, Signing.Signer("guardian", "在册母", "mother"), Signing.Signer("student", "在册生"));
        await m.SignAsync(m.From, "更正生", "更正母");
        await m.SignAsync(m.From, "改名生", "改名母");
        await m.MergeAsync();
        await app.SeedRosterAsync(m.Event, m.Into, (1, "在册生"), (2, "同班生"));
        await m.CorrectAsync("更正生", m.Event.Junior);
        await m.CorrectAsync("更正生", m.Into);

        var told = await m.Organizer.ReadAsync(m.Page);
        Assert.Contains("2份承诺回到这个班", told);
        Assert.Contains("五（2）班名单上的2名学生和他们签的承诺留在五（2）班", MergedClasses.Words(told));
        Assert.DoesNotContain("name=\"Pupils\"", told);
        await m.PartAsync();

        await m.AssertClassAsync(m.Into, "在册生", "在册母", "更正生", "更正母");
        await m.AssertClassAsync(m.From, "改名生", "改名母");
        Assert.Equal(0, await app.Get<TallyRecount>().RunAsync(Cancellation));
    }

    [Fact]
    public async Task Of_two_tabs_the_second_is_told_that_it_is_done()
    {
        var m = await MergedClasses.SeedAsync(app);
        await m.SignAsync(m.From, "先签生", "先签母");
        await m.MergeAsync();
        var form = DeskVisitor.Form(await m.Organizer.ReadAsync(m.Page));
        await m.PartAsync();
        var acts = await m.ActsAsync();

        var second = await DeskVisitor.TextAsync(await m.Organizer.PostAsync($"{m.Page}?handler=Part", form));

        Assert.Contains("这个班已经分出来了", second);
        Assert.Contains("id=\"rename\"", second);
        Assert.Equal(acts, await m.ActsAsync());
        await using var db = app.OpenStore();
        Assert.Equal(1, await db.AuditEntries.CountAsync(a => a.Action == AuditAction.ClassParted && a.ClassId == m.From, Cancellation));
    }

    [Fact]
    public async Task Who_has_not_seen_what_somebody_else_saved_is_told_so_and_may_press_again()
    {
        var m = await MergedClasses.SeedAsync(app);
        await m.MergeAsync();
        var form = DeskVisitor.Form(await m.Organizer.ReadAsync(m.Page));
        await m.Organizer.SendAsync($"{DeskRoutes.SchoolClass(m.School, m.Into)}?handler=Rename", ("Name", "五（8）班"));

        var told = await DeskVisitor.TextAsync(await m.Organizer.PostAsync($"{m.Page}?handler=Part", [.. form, ("Pupils", "40")]));

        Assert.Contains("别人刚保存过这里", told);
        Assert.Contains("从五（8）班分出来", MergedClasses.Words(told));
        Assert.Contains("value=\"40\"", told);
        Assert.Equal([m.Into], await m.TakingPartAsync());
        var again = await m.Organizer.PostAsync($"{m.Page}?handler=Part", DeskVisitor.Form(told));
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
        Assert.Equal([m.From, m.Into], await m.TakingPartAsync());
    }

    [Theory]
    [InlineData("0", "学生人数是1到99的整数")]
    [InlineData("一百", "学生人数是1到99的整数")]
    [InlineData("75", "五（2）班现有75名学生，分出来的要比这少")]
    public async Task A_size_that_cannot_be_is_refused_in_words_and_nothing_is_parted(string pupils, string words)
    {
        var m = await MergedClasses.SeedAsync(app);
        await m.MergeAsync();

        var refused = await DeskVisitor.TextAsync(await m.Organizer.SendAsync($"{m.Page}?handler=Part", ("Pupils", pupils)));

        Assert.Contains(words, refused);
        Assert.Contains($"value=\"{pupils}\"", refused);
        Assert.Equal([m.Into], await m.TakingPartAsync());
        Assert.Equal((null, 75), await m.SizesAsync());
    }

    [Fact]
    public async Task An_event_whose_signing_has_ended_stays_as_it_was()
    {
        var m = await MergedClasses.SeedAsync(app, into: null);
        await m.SignAsync(m.From, "先签生", "先签母");
        await m.MergeAsync();
        await app.ChangeEventAsync(m.Event.Id, e => e.Close(app.Get<TimeProvider>().GetUtcNow()));

        Assert.Contains("没有正在进行的活动选了合并后的班", await m.Organizer.ReadAsync(m.Page));
        await m.PartAsync(pupils: "44");

        Assert.Equal([m.Into], await m.TakingPartAsync());
        await m.AssertClassAsync(m.Into, "先签生", "先签母");
        Assert.Equal((44, null), await m.SizesAsync());
    }

    [Fact]
    public async Task Of_a_merge_that_is_older_than_the_former_class_in_the_ledger_what_cannot_be_known_is_said()
    {
        var m = await MergedClasses.SeedAsync(app, language: "en");
        await m.SignAsync(m.From, "甲学生", "甲母亲");
        await m.SignAsync(m.From, "乙学生", "乙母亲");
        await m.MergeAsync();
        await using (var db = app.OpenStore())
        {
            var acts = db.Acts.Where(a => a.EventId == m.Event.Id);
            await acts.ExecuteUpdateAsync(a => a.SetProperty(x => x.FormerClassId, (int?)null), Cancellation);
            // As of one that counts with another: no count tells where it was.
            await acts.Where(a => db.Pledges.Any(p => p.Sequence == a.Subject && p.Name == "乙学生"))
                .ExecuteUpdateAsync(a => a.SetProperty(x => x.Effect, (string?)null), Cancellation);
        }

        var told = await m.Organizer.ReadAsync(m.Page);
        Assert.Contains("by people on no list: 2.", told);
        Assert.Matches("Pledges whose former class was not recorded, and which stay in .*: 2.", told);
        await m.PartAsync();

        await m.AssertClassAsync(m.From, "甲学生", "甲母亲");
        await m.AssertClassAsync(m.Into, "乙学生", "乙母亲");
        Assert.Equal(0, await app.Get<TallyRecount>().RunAsync(Cancellation));
    }

    [Fact]
    public async Task An_event_that_is_made_like_an_earlier_one_has_the_class_that_stands_for_a_merged_one()
    {
        var m = await MergedClasses.SeedAsync(app);
        await app.ChangeEventAsync(m.Event.Id, e => e.Close(app.Get<TimeProvider>().GetUtcNow()));
        await m.MergeAsync();
        Assert.Equal([m.From, m.Into], await m.TakingPartAsync()); // it is over

        var made = await m.Organizer.SendAsync($"/organize/events/new?start=copy&from={m.Event.Code}",
            ("Form.CampaignId", ""), ("Form.StartsAt", "2099-07-17T09:00"), ("Form.EndsAt", "2099-07-17T11:00"));

        var code = made.Headers.Location!.ToString().Split('/')[^1];
        await using var db = app.OpenStore();
        var classes = await db.Events.Where(e => e.Code == code).SelectMany(e => e.Classes).Select(c => c.Id).ToListAsync(Cancellation);
        Assert.Equal([m.Into, m.Event.Junior, m.Event.Senior], classes.Order());
    }

    [Fact]
    public async Task A_pasted_list_of_classes_parts_nothing_and_neither_of_merged_classes_is_removed_nor_the_merged_one_given_pupils()
    {
        var m = await MergedClasses.SeedAsync(app);
        await m.MergeAsync();
        var classes = DeskRoutes.SchoolClasses(m.School);

        var shown = await DeskVisitor.TextAsync(await m.Organizer.SendAsync($"{classes}?handler=Add", ("List", "五1 41\n五2 75")));
        Assert.Contains("已并入五（2）班", shown[shown.IndexOf("read-classes", StringComparison.Ordinal)..]);
        await m.Organizer.PostAsync($"{classes}?handler=Add", [.. DeskVisitor.Form(shown)]);

        Assert.Equal([m.Into], await m.TakingPartAsync());
        Assert.Equal((null, 75), await m.SizesAsync());
        Assert.Contains("id=\"part\"", await m.Organizer.ReadAsync(m.Page));
        await m.LeaveUnfollowedAsync((_, e, _) => e.Invite(e.Classes.Where(c => c.SchoolId != m.School)));
        foreach (var group in new[] { m.From, m.Into })
            Assert.Contains("并过班，不能删除", await DeskVisitor.TextAsync(
                await m.Organizer.SendAsync($"{classes}?handler=Remove", ("classId", $"{group}"))));
        var list = DeskRoutes.ClassRoster(m.School, m.From);
        Assert.DoesNotContain("id=\"add\"", await m.Organizer.ReadAsync(list));
        Assert.Contains("这个班已经并入别的班", await DeskVisitor.TextAsync(await m.Organizer.PostAsync($"{list}?handler=Add",
            [.. DeskVisitor.Form(await m.Organizer.ReadAsync(DeskRoutes.ClassRoster(m.School, m.Into))), ("NewName", "新同学")])));
    }
}

public sealed class ClassPartingOnSqliteTests(CampaignApp app) : ClassPartingTests(app), IClassFixture<CampaignApp>;

public sealed class ClassPartingOnPostgresTests(PostgresApp app) : ClassPartingTests(app.Required), IClassFixture<PostgresApp>;
