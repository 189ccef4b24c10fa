using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Organizing.Organizations.Classes;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Organizing;

public sealed class SchoolClassesPageTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    /// <summary>Of docs/domain.md 8.</summary>
    private const string EveryKind = """
        托班、小班 25、中班 28、大一班 30、大(2)班
        五（1）班 45,五年级(2)班,六年级三班
        初一（3）班 48	八1 50
        高一2班，高三（9）班 52
        2023级3班;2024级护理3班 41
        实验班、育才班
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_organizer_adds_sixty_six_classes_by_one_paste_and_sees_them_before()
    {
        var (_, school, organizer) = await EmptySchoolAsync();
        var page = DeskRoutes.SchoolClasses(school);
        var pasted = string.Join('\n',
            from grade in "七八九" from number in Enumerable.Range(1, 22) select $"{grade}{number} {40 + number % 9}");

        var shown = await DeskVisitor.TextAsync(await organizer.SendAsync($"{page}?handler=Add", ("List", pasted)));
        Assert.Contains("读到66个班，还没有存", shown);
        Assert.Equal(66, shown.Split("data-read=\"new\"").Length - 1);
        Assert.Empty(await ClassesAsync(school));
        var kept = await organizer.PostAsync($"{page}?handler=Add", DeskVisitor.Form(shown));

        Assert.Equal(HttpStatusCode.Redirect, kept.StatusCode);
        Assert.Contains("添加了66个班", await organizer.ReadAsync(page));
        var classes = await ClassesAsync(school);
        Assert.Equal(66, classes.Count);
        Assert.Equal([("七（1）班", 41), ("九（22）班", 44)], new[] { classes[0], classes[^1] }.Select(c => (c.Name, c.Expected ?? 0)));
    }

    [Fact]
    public async Task Every_kind_of_class_is_kept_in_the_order_of_the_school_and_comes_to_the_phones()
    {
        var (e, school, organizer) = await EmptySchoolAsync();
        await KeepAsync(organizer, school, EveryKind);

        string[] names = ["托班", "小班", "中班", "大（1）班", "大（2）班", "五（1）班", "五（2）班", "六（3）班", "七（3）班", "八（1）班", "高一（2）班", "高三（9）班",
            "2024级护理3班", "2023级3班", "实验班", "育才班"];
        Assert.Equal(names, (await ClassesAsync(school)).Select(c => c.Name));

        await using (var db = app.OpenStore())
        {
            var gathering = await db.Events.Include(x => x.Classes).SingleAsync(x => x.Id == e.Id, Cancellation);
            gathering.Invite(await db.Classes.Where(c => c.SchoolId == school).ToListAsync(Cancellation));
            await db.SaveChangesAsync(Cancellation);
            await app.Get<PublishedEvents>().ChangedAsync(e.Id, Cancellation);
        }
        var facts = await (await app.CreateClient().GetAsync($"/api/events/{e.Code}", Cancellation)).JsonAsync();
        Assert.Equal(names, facts["classes"]!.AsArray().Select(c => c!["name"]!.GetValue<string>()));
        var english = await (await app.CreateClient("en").GetAsync($"/api/events/{e.Code}", Cancellation)).JsonAsync();
        Assert.Contains("2024 entry 护理 Class 3", english["classes"]!.AsArray().Select(c => c!["name"]!.GetValue<string>()));

        // Without the school's stage a guardian signs with all but 高一 and 高三; a vocational school's may sign alone.
        var alone = (await app.Get<PublishedEvents>().FindAsync(e.Code, Cancellation))!.Classes.Where(c => !c.NeedsGuardian);
        Assert.Equal(["高一（2）班", "高三（9）班"], alone.Select(c => c.Name.In(new CultureInfo("zh-CN"))));
        await organizer.SendAsync($"{DeskRoutes.SchoolClasses(school)}?handler=Add", ("Stage", "Vocational"));
        alone = (await app.Get<PublishedEvents>().FindAsync(e.Code, Cancellation))!.Classes.Where(c => !c.NeedsGuardian);
        Assert.Equal(["高一（2）班", "高三（9）班", "2024级护理3班", "2023级3班", "实验班", "育才班"],
            alone.Select(c => c.Name.In(new CultureInfo("zh-CN"))));
    }

    [Fact]
    public async Task Doubtful_lines_are_named_and_nothing_is_stored_until_all_is_understood()
    {
        var (_, school, organizer) = await EmptySchoolAsync();
        var page = DeskRoutes.SchoolClasses(school);

        var refused = await DeskVisitor.TextAsync(await organizer.SendAsync($"{page}?handler=Add", ("List", "七1 48\n十一班 50\n七2 500")));
        Assert.Contains("有2处没看懂，一个班都还没有存", refused);
        Assert.Contains("第2行“十一班 50”：分不清年级和班号", refused);
        Assert.Contains("第3行“七2 500”：人数请填1到99", refused);
        Assert.Contains("七（1）班", refused);
        Assert.Contains("七1 48\n十一班 50\n七2 500</textarea>", refused);
        var again = await organizer.PostAsync($"{page}?handler=Add", DeskVisitor.Form(refused));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Empty(await ClassesAsync(school));

        // What was altered after it was shown is shown again.
        var shown = await DeskVisitor.TextAsync(await organizer.SendAsync($"{page}?handler=Add", ("List", "七1 48")));
        var altered = await organizer.PostAsync($"{page}?handler=Add", [.. DeskVisitor.Form(shown), ("List", "七1 48\n七2 50")]);
        Assert.Contains("读到2个班", await DeskVisitor.TextAsync(altered));
        Assert.Empty(await ClassesAsync(school));
    }

    [Fact]
    public async Task A_list_that_is_pasted_again_adds_what_is_new_and_changes_sizes()
    {
        var (_, school, organizer) = await EmptySchoolAsync();
        await KeepAsync(organizer, school, "七年级 2个班 每班48人");

        var shown = await DeskVisitor.TextAsync(await organizer.SendAsync(
            $"{DeskRoutes.SchoolClasses(school)}?handler=Add", ("List", "七1 48, 七2 50, 七3 44")));
        Assert.Contains("48改为50", shown);
        Assert.Contains("保存1个班", shown);
        await KeepAsync(organizer, school, "七1, 七2 50, 七3 44");

        Assert.Equal([("七（1）班", 48), ("七（2）班", 50), ("七（3）班", 44)], (await ClassesAsync(school)).Select(c => (c.Name, c.Expected ?? 0)));
    }

    [Fact]
    public async Task Of_two_tabs_the_later_is_told_and_keeps_what_was_typed()
    {
        var (e, school, organizer) = await SchoolAsync();
        var page = DeskRoutes.SchoolClasses(school);
        var opened = DeskVisitor.Form(await organizer.ReadAsync(page));
        var first = await organizer.PostAsync($"{page}?handler=Expect", [.. opened, ($"Expected[{e.Primary}]", "41")]);
        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);

        var second = await DeskVisitor.TextAsync(
            await organizer.PostAsync($"{page}?handler=Expect",
                [.. opened, ($"Expected[{e.Primary}]", "44"), ($"Expected[{e.OtherPrimary}]", "39")]));

        Assert.Contains("别人刚保存过这里", second);
        Assert.Contains("value=\"44\"", second);
        Assert.Contains("现在存的是41", second);
        Assert.Equal(41, (await ClassesAsync(school)).Single(c => c.Id == e.Primary).Expected);
        // A pasted list and a removal are held to the same.
        var list = await organizer.PostAsync($"{page}?handler=Add",
            [.. opened, ("List", "七1 48"), ("Shown", SchoolClassesPage.TokenOf("七1 48"))]);
        Assert.Contains("别人刚保存过这里", await DeskVisitor.TextAsync(list));
        Assert.Equal(2, (await ClassesAsync(school)).Count);

        // Who has been told may save.
        var told = await organizer.PostAsync($"{page}?handler=Expect", [.. DeskVisitor.Form(second), ($"Expected[{e.Primary}]", "44")]);
        Assert.Equal(HttpStatusCode.Redirect, told.StatusCode);
        Assert.Equal(44, (await app.Get<PublishedEvents>().FindAsync(e.Code, Cancellation))!.ClassOf(e.Primary)!.Expected);
    }

    [Theory]
    [InlineData("150")]
    [InlineData("很多")]
    public async Task A_size_that_cannot_be_is_said_and_kept(string typed)
    {
        var (e, school, organizer) = await SchoolAsync();

        var refused = await DeskVisitor.TextAsync(
            await organizer.SendAsync($"{DeskRoutes.SchoolClasses(school)}?handler=Expect", ($"Expected[{e.Primary}]", typed)));

        Assert.Contains("五（1）班：人数请填1到99", refused);
        Assert.Contains($"value=\"{typed}\"", refused);
    }

    [Fact]
    public async Task A_class_that_an_event_has_invited_stays()
    {
        var (e, school, organizer) = await SchoolAsync();
        var page = DeskRoutes.SchoolClasses(school);
        await KeepAsync(organizer, school, "六1");
        var unused = (await ClassesAsync(school)).Single(c => c.Name == "六（1）班").Id;

        var kept = await organizer.SendAsync($"{page}?handler=Remove", ("classId", $"{e.Primary}"));
        var removed = await organizer.SendAsync($"{page}?handler=Remove", ("classId", $"{unused}"));

        Assert.Contains("五（1）班已有活动选用", await DeskVisitor.TextAsync(kept));
        Assert.Equal(HttpStatusCode.Redirect, removed.StatusCode);
        Assert.Equal([e.Primary, e.OtherPrimary], (await ClassesAsync(school)).Select(c => c.Id));
    }

    [Fact]
    public async Task Another_communitys_school_is_not_there()
    {
        var (_, school, _) = await SchoolAsync();
        var (_, _, stranger) = await SchoolAsync();

        var answer = await stranger.PostAsync($"{DeskRoutes.SchoolClasses(school)}?handler=Add",
            [.. DeskVisitor.Form(await stranger.ReadAsync("/organize/password")), ("List", "七1")]);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task KeepAsync(DeskVisitor organizer, int school, string list)
    {
        var page = $"{DeskRoutes.SchoolClasses(school)}?handler=Add";
        var shown = await DeskVisitor.TextAsync(await organizer.SendAsync(page, ("List", list)));
        Assert.Equal(HttpStatusCode.Redirect, (await organizer.PostAsync(page, DeskVisitor.Form(shown))).StatusCode);
    }

    private async Task<(SeededEvent Event, int School, DeskVisitor Organizer)> SchoolAsync()
    {
        var e = await app.SeedEventAsync();
        await using var db = app.OpenStore();
        var school = await db.Classes.Where(c => c.Id == e.Primary).Select(c => c.SchoolId).SingleAsync(Cancellation);
        return (e, school, await DeskVisitor.SignInAsync(app, e.Organization));
    }

    private async Task<(SeededEvent Event, int School, DeskVisitor Organizer)> EmptySchoolAsync()
    {
        var (e, _, organizer) = await SchoolAsync();
        await using var db = app.OpenStore();
        var school = new Organization("新建学校", OrganizationKind.School,
            await db.Organizations.SingleAsync(o => o.Id == e.Organization, Cancellation));
        db.Add(school);
        await db.SaveChangesAsync(Cancellation);
        return (e, school.Id, organizer);
    }

    private async Task<List<(int Id, string Name, int? Expected)>> ClassesAsync(int school)
    {
        await using var db = app.OpenStore();
        return [.. (await db.Classes.Where(c => c.SchoolId == school).ToListAsync(Cancellation))
            .OrderBy(c => c.Name, ClassName.SchoolOrder).Select(c => (c.Id, c.Name.In(new CultureInfo("zh-CN")), c.Expected))];
    }
}
