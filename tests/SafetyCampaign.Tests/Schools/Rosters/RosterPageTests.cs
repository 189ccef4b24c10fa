using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Schools.Rosters.Import;
using SafetyCampaign.Schools.Rosters.Reading;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Schools.Rosters;

/// <summary>Importing lists of pupils at the desk: seen before it is stored, all or nothing, again without doubles.</summary>
public sealed class RosterPageTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private const string Id = "43020320150304123X";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_is_shown_before_it_is_stored_and_imported_whole_with_its_new_class()
    {
        var (e, school, organizer) = await SchoolAsync();
        var file = SheetWriter.Xlsx(new DrawnSheet("Sheet1", ["座号", "姓名", "班级", "身份证号"], [1, "王小明", "五（1）班", Id],
            [2, "李思雨", "五（1）班", Id], [1, "张伟", "五（9）班", Id]));

        var shown = await UploadAsync(organizer, school, file);
        Assert.Contains("3</dd>", shown);
        Assert.Contains("身份证件号：D列", shown);
        Assert.DoesNotContain(Id, shown);
        Assert.Contains("五（9）班 <span class=\"badge plain\">新班级", shown);
        Assert.Empty(await ListAsync(school));

        var imported = await ImportAsync(organizer, school, shown);
        Assert.Equal(HttpStatusCode.Redirect, imported.StatusCode);
        Assert.Equal(["五（1）班 1 王小明", "五（1）班 2 李思雨", "五（9）班 1 张伟"], await ListAsync(school));
        Assert.Contains("新增3名，更新0名，换班0名，离开0名。", await organizer.ReadAsync(DeskRoutes.Roster(school)));

        // The class takes its size from its list: at the desk, and in what the public is told of a class of five and more.
        await using var db = app.OpenStore();
        Assert.Equal(2, (await db.Classes.SingleAsync(c => c.Id == e.Primary, Cancellation)).Expected);
        Assert.Contains(e.Primary, (await app.Get<PublishedEvents>().FindAsync(e.Code, Cancellation))!.ClassesWithoutNumbers());
        var lines = await LinesAsync(school);
        Assert.Contains((AuditAction.RosterImported, 3), lines);
        Assert.Contains((AuditAction.ClassesAdded, 1), lines);
    }

    [Fact]
    public async Task Doubtful_rows_are_asked_about_by_the_sheets_own_numbers_and_until_all_are_answered_nothing_is_stored()
    {
        var (_, school, organizer) = await SchoolAsync();
        var file = SheetWriter.Xlsx(new DrawnSheet("Sheet1", ["五年级学生名单"], ["班级", "座号", "姓名"], ["五（1）班", 1, "王小明"],
            [new DateOnly(2026, 5, 2), 1, "张伟"], ["五（1）班", 2, "★"])
        { Merged = ["A1:C1"] });

        var shown = await UploadAsync(organizer, school, file);
        Assert.Contains("像日期", shown);
        Assert.Contains("第4行", shown);
        Assert.Contains("第5行", shown);
        var refused = await ImportAsync(organizer, school, shown);
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        Assert.Contains("还有2处没有决定，一名学生都还没有存", await DeskVisitor.TextAsync(refused));
        Assert.Empty(await ListAsync(school));

        var (choice, named) = (Field(shown, "Choice"), Field(shown, "Named"));
        await ImportAsync(organizer, school, shown, (choice, "五（2）班"), (named, "陈静"));
        Assert.Equal(["五（1）班 1 王小明", "五（1）班 2 陈静", "五（2）班 1 张伟"], await ListAsync(school));
    }

    [Fact]
    public async Task A_column_that_was_taken_for_something_else_is_put_right_on_the_page()
    {
        var (_, school, organizer) = await SchoolAsync();
        var shown = await UploadAsync(organizer, school, Csv("谁,所属", "王小明,五（1）班", "王小明的哥哥,五（2）班"));
        Assert.Contains("没有找到姓名列", shown);

        var mended = await DeskVisitor.TextAsync(
            await PostAsync(organizer, school, shown, "Preview", ("Columns[0_0]", "Name"), ("Columns[0_1]", "Class")));
        Assert.Contains("<option value=\"Name\" selected=\"selected\">姓名", mended);
        // Its header, which nobody is called, is a row in which the class is not understood.
        await ImportAsync(organizer, school, mended, ("LeaveOutRest", "true"));
        Assert.Equal(["五（1）班  王小明", "五（2）班  王小明的哥哥"], await ListAsync(school));
    }

    [Fact]
    public async Task Importing_again_updates_moves_and_marks_who_has_left_only_where_that_is_said()
    {
        var (_, school, organizer) = await SchoolAsync();
        await ImportAsync(organizer, school, await UploadAsync(organizer, school,
            Csv("班级,座号,姓名", "五（1）班,1,王小明", "五（1）班,2,李思雨", "五（2）班,1,张伟")));
        var next = Csv("班级,座号,姓名", "五（1）班,3,王小明", "五（2）班,1,张伟", "五（2）班,2,李思雨", "五（2）班,3,陈静");
        var ids = await IdsAsync(school);

        var shown = await UploadAsync(organizer, school, next);
        Assert.DoesNotContain("有人不在这次的名单里", shown); // who has moved is not missing
        await ImportAsync(organizer, school, shown);
        Assert.Equal(["五（1）班 3 王小明", "五（2）班 1 张伟", "五（2）班 2 李思雨", "五（2）班 3 陈静"], await ListAsync(school));
        Assert.Empty(ids.Except(await IdsAsync(school)));

        var fewer = await UploadAsync(organizer, school, Csv("班级,座号,姓名", "五（2）班,1,张伟"));
        Assert.Contains("五（2）班 2 李思雨", fewer);
        await ImportAsync(organizer, school, fewer);
        Assert.Equal(4, (await ListAsync(school)).Count);
        await ImportAsync(organizer, school, await UploadAsync(organizer, school, Csv("班级,座号,姓名", "五（2）班,1,张伟")), ("MarkLeft", "true"));
        Assert.Equal(["五（1）班 3 王小明", "五（2）班 1 张伟"], await ListAsync(school));
        Assert.Equal(4, (await IdsAsync(school)).Count);
        Assert.Contains(AuditAction.NamesViewed, (await LinesAsync(school)).Select(line => line.Action));
    }

    [Fact]
    public async Task Of_two_who_import_one_class_at_once_the_second_is_told_and_nothing_is_lost()
    {
        var (_, school, organizer) = await SchoolAsync();
        var one = await UploadAsync(organizer, school, Csv("班级,座号,姓名", "五（1）班,1,王小明"));
        var other = await UploadAsync(organizer, school, Csv("班级,座号,姓名", "五（1）班,2,张伟"));
        await ImportAsync(organizer, school, one);

        var refused = await ImportAsync(organizer, school, other);
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        var again = await DeskVisitor.TextAsync(refused);
        Assert.Contains("你看预览的时候，别人改了同一个班的名单，所以还没有导入", again);
        Assert.Contains("看看是哪1名", again); // whom the other has brought
        Assert.Equal(["五（1）班 1 王小明"], await ListAsync(school));
        await ImportAsync(organizer, school, again);
        Assert.Equal(["五（1）班 1 王小明", "五（1）班 2 张伟"], await ListAsync(school));
    }

    [Fact]
    public async Task Of_two_who_import_two_classes_at_once_neither_is_in_the_others_way_new_classes_included()
    {
        var (e, school, organizer) = await SchoolAsync();
        var files = new[] { "五（1）班,1,王小明", "五（2）班,1,张伟", "五（8）班,1,李思雨", "五（9）班,1,陈静" };
        var seen = new List<string>();
        foreach (var row in files)
            seen.Add(await UploadAsync(organizer, school, Csv("班级,座号,姓名", row)));
        var list = DeskRoutes.ClassRoster(school, e.Primary);
        var byHand = DeskVisitor.Form(await organizer.ReadAsync(list));

        var answers = await Task.WhenAll(seen.Skip(1).Select(shown => ImportAsync(organizer, school, shown)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode));
        Assert.Equal(["五（2）班 1 张伟", "五（8）班 1 李思雨", "五（9）班 1 陈静"], await ListAsync(school));
        Assert.Equal(HttpStatusCode.Redirect,
            (await organizer.PostAsync($"{list}?handler=Add", [.. byHand, ("NewName", "刘洋")])).StatusCode);
        // That was the list of the file which is still open.
        Assert.Contains("别人改了同一个班的名单", await DeskVisitor.TextAsync(await ImportAsync(organizer, school, seen[0])));
    }

    [Fact]
    public async Task Whom_another_import_has_put_into_another_class_meanwhile_is_asked_about()
    {
        var (_, school, organizer) = await SchoolAsync();
        var one = await UploadAsync(organizer, school, Csv("班级,座号,姓名", "五（1）班,1,王小明"));
        var other = await UploadAsync(organizer, school, Csv("班级,座号,姓名", "五（2）班,9,王小明"));
        await ImportAsync(organizer, school, one);

        var asked = await DeskVisitor.TextAsync(await ImportAsync(organizer, school, other));

        Assert.Contains("五（1）班的名单上也有王小明", asked);
        await ImportAsync(organizer, school, asked, (Field(asked, "Choice"), "other"));
        Assert.Equal(["五（1）班 1 王小明", "五（2）班 9 王小明"], await ListAsync(school));
    }

    [Fact]
    public async Task A_list_of_many_pupils_is_imported_in_the_background_and_the_page_can_be_left_and_come_back_to()
    {
        var (_, school, organizer) = await SchoolAsync();
        var pupils = Enumerable.Range(0, 1_500)
            .Select(i => $"{1 + (i / 300)}年级{1 + (i / 50 % 6)}班,{1 + (i % 50)},学生{(char)('一' + i)}");
        var file = Csv([.. pupils.Prepend("班级,座号,姓名")]);
        var shown = await UploadAsync(organizer, school, file);

        var answer = await ImportAsync(organizer, school, shown);
        Assert.Equal((HttpStatusCode.Redirect, DeskRoutes.Roster(school)), (answer.StatusCode, answer.Headers.Location?.ToString()));
        var import = app.Get<RosterImports>().Find(school)!;
        await import.Running.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);

        Assert.Contains("新增1500名，更新0名，换班0名，离开0名。", await organizer.ReadAsync(DeskRoutes.Roster(school)));
        Assert.Equal(1_500, (await ListAsync(school)).Count);
        Assert.Equal((1_500, 1_500), import.Progress);
        var lines = await LinesAsync(school);
        Assert.Contains((AuditAction.RosterImported, 1_500), lines);
        await using (var db = app.OpenStore())
            Assert.Equal(30, await db.Classes.CountAsync(c => c.SchoolId == school && c.Expected == 50, Cancellation));

        // Somebody has imported meanwhile: nothing of the second is, and it says so.
        var seen = await UploadAsync(organizer, school, file);
        await ImportAsync(organizer, school, await UploadAsync(organizer, school, Csv("班级,座号,姓名", "五（1）班,77,王小明")));
        await ImportAsync(organizer, school, seen, ("MarkLeft", "true"));
        await app.Get<RosterImports>().Find(school)!.Running.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
        Assert.Contains("所以没有导入，名单没有动", await organizer.ReadAsync(DeskRoutes.Roster(school)));
        Assert.Equal(1_501, (await ListAsync(school)).Count);
    }

    [Fact]
    public async Task A_file_of_another_school_a_broken_one_and_none_are_refused_in_words()
    {
        var (e, school, organizer) = await SchoolAsync();
        var shown = await UploadAsync(organizer, school, Csv("班级,座号,姓名", "五（1）班,1,王小明"));
        await using (var db = app.OpenStore())
        {
            var other = (await db.Classes.SingleAsync(c => c.Id == e.Junior, Cancellation)).SchoolId;
            var borrowed = await DeskVisitor.TextAsync(await ImportAsync(organizer, other, shown));
            Assert.Contains("读取后超过了一小时", borrowed);
        }
        Assert.Contains("请选择一个文件", await UploadAsync(organizer, school, []));
        Assert.Contains("另存为.xlsx", await UploadAsync(organizer, school, "<html>"u8.ToArray()));
        Assert.Contains("文件超过5 MB", await UploadAsync(organizer, school, new byte[SheetFile.MaxBytes + 1]));
        Assert.Empty(await ListAsync(school));
    }

    [Fact]
    public async Task Observers_and_other_districts_import_nothing()
    {
        var (e, school, _) = await SchoolAsync();
        var observer = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Observer);
        Assert.NotEqual(HttpStatusCode.OK, (await observer.GetAsync(DeskRoutes.Roster(school))).StatusCode);
        var stranger = await DeskVisitor.SignInAsync(app, (await app.SeedEventAsync()).District);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(DeskRoutes.Roster(school))).StatusCode);
    }

    private async Task<(SeededEvent Event, int School, DeskVisitor Organizer)> SchoolAsync()
    {
        var e = await app.SeedEventAsync();
        await using var db = app.OpenStore();
        var school = (await db.Classes.SingleAsync(c => c.Id == e.Primary, Cancellation)).SchoolId;
        return (e, school, await DeskVisitor.SignInAsync(app, e.District));
    }

    private static byte[] Csv(params string[] lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines));

    private static async Task<string> UploadAsync(DeskVisitor organizer, int school, byte[] file)
    {
        const string token = "__RequestVerificationToken";
        var page = await organizer.ReadAsync(DeskRoutes.Roster(school));
        using var content = new MultipartFormDataContent
        {
            { new StringContent(DeskVisitor.Form(page).First(field => field.Name == token).Value!), token },
            { new ByteArrayContent(file), "file", "名单.xlsx" },
        };
        return await DeskVisitor.TextAsync(await organizer.PostAsync($"{DeskRoutes.Roster(school)}?handler=Upload", content));
    }

    private static Task<HttpResponseMessage> ImportAsync(
        DeskVisitor organizer, int school, string page, params (string, string?)[] fields) =>
        PostAsync(organizer, school, page, "Import", fields);

    private static Task<HttpResponseMessage> PostAsync(
        DeskVisitor organizer, int school, string page, string handler, params (string, string?)[] fields) =>
        organizer.PostAsync($"{DeskRoutes.Roster(school)}?handler={handler}", [.. DeskVisitor.Form(page), .. fields]);

    private static string Field(string page, string name) => Regex.Match(page, $@"name=""({name}\[[0-9a-f]+\])""").Groups[1].Value;

    private async Task<IReadOnlyList<string>> ListAsync(int school)
    {
        await using var db = app.OpenStore();
        var list = await db.Roster.Include(r => r.Class).Where(RosterRule.IsOnList).Where(r => r.Class.SchoolId == school)
            .ToListAsync(Cancellation);
        return [.. list.OrderBy(r => r.Class.Name, ClassName.SchoolOrder).ThenBy(r => r.Seat)
            .Select(r => $"{r.Class.Name.In(new("zh-CN"))} {r.Seat} {r.Name}")];
    }

    private async Task<IReadOnlyList<int>> IdsAsync(int school)
    {
        await using var db = app.OpenStore();
        return await db.Roster.Where(r => r.Class.SchoolId == school).Select(r => r.Id).ToListAsync(Cancellation);
    }

    private async Task<IReadOnlyList<(AuditAction Action, int? Count)>> LinesAsync(int school)
    {
        await using var db = app.OpenStore();
        var path = (await db.Organizations.SingleAsync(o => o.Id == school, Cancellation)).Path;
        var lines = await db.AuditEntries.Where(a => a.OrganizationPath == path).ToListAsync(Cancellation);
        Assert.DoesNotContain(lines, line => $"{line.Subject}{line.Detail}".Contains("王小明", StringComparison.Ordinal));
        return [.. lines.Select(line => (line.Action, line.Count))];
    }
}
