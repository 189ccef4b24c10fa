using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Schools.Rosters.Reading;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Schools.Rosters;

/// <summary>Pupils who are pasted instead of sent in a file go the same way: seen first, asked about, imported whole.</summary>
public sealed class RosterPasteTests : IAsyncLifetime
{
    private readonly CapturedLog log = new();
    private readonly CampaignApp app;

    public RosterPasteTests() => app = new CampaignApp { Parts = log.Install };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Rows_of_a_spreadsheet_are_shown_and_imported_as_a_file_is_and_nobody_is_named_in_a_log()
    {
        var (_, school, organizer) = await SchoolAsync();

        var shown = await PasteAsync(organizer, school, "座号\t姓名\t班级\t身份证号\r\n1\t王小明\t五（1）班\t43020320150304123X\r\n"
            + "2\t李思雨\t五（1）班\t430203201503041234\r\n1\t张伟\t五（9）班\t430203201503041242\r\n");
        Assert.Contains("粘贴的名单：还没有存", shown);
        Assert.Contains("身份证件号：D列", shown);
        Assert.DoesNotContain("43020320150304", shown);
        Assert.Contains("五（9）班 <span class=\"badge plain\">新班级", shown);
        Assert.Empty(await ListAsync(school));

        var imported = await PostAsync(organizer, school, shown, "Import");
        Assert.Equal((HttpStatusCode.Redirect, DeskRoutes.Roster(school)), (imported.StatusCode, imported.Headers.Location?.ToString()));
        Assert.Equal(["五（1）班 1 王小明", "五（1）班 2 李思雨", "五（9）班 1 张伟"], await ListAsync(school));
        Assert.DoesNotContain(log.Lines, line => line.Contains("王小明") || line.Contains("43020320150304"));
    }

    [Theory]
    [InlineData("王小明\n买买提·艾合买提\n李思雨", "五（1）班  买买提·艾合买提", "五（1）班  李思雨", "五（1）班  王小明")]
    [InlineData("\n王小明\n", "五（1）班  王小明")]
    [InlineData("1，王小明\n2，Anna Smith", "五（1）班 1 王小明", "五（1）班 2 Anna Smith")]
    [InlineData("2,李思雨\n1,王小明", "五（1）班 1 王小明", "五（1）班 2 李思雨")]
    [InlineData("王小明\t五（2）班\n李思雨\t五（2）班", "五（2）班  李思雨", "五（2）班  王小明")]
    public async Task Names_alone_belong_to_the_class_that_is_chosen_beside_them(string pasted, params string[] listed)
    {
        var (e, school, organizer) = await SchoolAsync();

        var shown = await PasteAsync(organizer, school, pasted, e.Primary);

        await PostAsync(organizer, school, shown, "Import");
        Assert.Equal(listed, await ListAsync(school));
    }

    [Fact]
    public async Task Names_without_a_class_are_asked_about_once_for_all_of_them()
    {
        var (_, school, organizer) = await SchoolAsync();

        var shown = await PasteAsync(organizer, school, "王小明\n张伟\n李思雨");

        Assert.Contains("第1–3行", shown);
        Assert.Contains("没有写班级", shown);
        Assert.Contains("role=\"alert\">还有1处没有决定", shown);
        Assert.Contains("还有1处没有决定", await DeskVisitor.TextAsync(await PostAsync(organizer, school, shown, "Import")));
        Assert.Empty(await ListAsync(school));
        await PostAsync(organizer, school, shown, "Import", (Field(shown, "Choice"), "五（2）班"));
        Assert.Equal(3, (await ListAsync(school)).Count);
    }

    [Fact]
    public async Task What_is_doubtful_is_told_with_its_line_and_put_right_on_the_page()
    {
        var (_, school, organizer) = await SchoolAsync();

        var shown = await PasteAsync(organizer, school, "班级,座号,姓名\n五（1）班,1,王小明\n五（1）班,2,★");

        Assert.Contains("第3行", shown);
        Assert.Contains("有姓名里不会有的字符", shown);
        await PostAsync(organizer, school, shown, "Import", (Field(shown, "Named"), "陈静"));
        Assert.Equal(["五（1）班 1 王小明", "五（1）班 2 陈静"], await ListAsync(school));
    }

    [Fact]
    public async Task What_cannot_be_read_is_refused_in_words_and_stays_in_its_field()
    {
        var (e, school, organizer) = await SchoolAsync();
        Assert.Contains("请先粘贴几行", await PasteAsync(organizer, school, " \n "));
        var tooMany = await PasteAsync(organizer, school,
            string.Join('\n', Enumerable.Range(0, SheetFile.MaxRows + 1).Select(i => $"王{i}")));
        Assert.Contains("超过22,000行", tooMany);
        Assert.Contains(">王0\n王1\n", tooMany.ReplaceLineEndings("\n"));
        var tooLong = await PasteAsync(organizer, school, new string('王', 500_001), e.OtherPrimary);
        Assert.Contains("粘贴了500,001个字符，最多500,000个", tooLong);
        Assert.Contains($"<option value=\"{e.OtherPrimary}\" selected", tooLong);
        Assert.Contains("请选择另一个班", await PasteAsync(organizer, school, "王小明", e.Junior)); // of another school
        Assert.Empty(await ListAsync(school));
        var observer = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Observer);
        Assert.Equal(HttpStatusCode.Forbidden, (await observer.PostAsync($"{DeskRoutes.Roster(school)}?handler=Paste",
            DeskVisitor.Form(await observer.ReadAsync(DeskRoutes.Password)))).StatusCode);
    }

    private async Task<(SeededEvent Event, int School, DeskVisitor Organizer)> SchoolAsync()
    {
        var e = await app.SeedEventAsync();
        await using var db = app.OpenStore();
        var school = (await db.Classes.SingleAsync(c => c.Id == e.Primary, Cancellation)).SchoolId;
        return (e, school, await DeskVisitor.SignInAsync(app, e.District));
    }

    private static async Task<string> PasteAsync(DeskVisitor organizer, int school, string pasted, int? group = null) =>
        await DeskVisitor.TextAsync(await organizer.SendAsync(
            $"{DeskRoutes.Roster(school)}?handler=Paste", ("Pasted", pasted), ("PastedClass", $"{group}")));

    private static Task<HttpResponseMessage> PostAsync(
        DeskVisitor organizer, int school, string page, string handler, params (string, string?)[] fields) =>
        organizer.PostAsync($"{DeskRoutes.Roster(school)}?handler={handler}", [.. DeskVisitor.Form(page), .. fields]);

    private static string Field(string page, string name) => Regex.Match(page, $@"name=""({name}\[[0-9a-f]+\])""").Groups[1].Value;

    private async Task<IReadOnlyList<string>> ListAsync(int school)
    {
        await using var db = app.OpenStore();
        var list = await db.Roster.Include(r => r.Class).Where(RosterRule.IsOnList).Where(r => r.Class.SchoolId == school)
            .ToListAsync(Cancellation);
        return [.. list.Select(r => $"{r.Class.Name.In(new("zh-CN"))} {r.Seat} {r.Name}").Order(StringComparer.Ordinal)];
    }
}
