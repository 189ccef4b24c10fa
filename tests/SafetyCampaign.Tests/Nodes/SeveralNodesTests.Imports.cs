using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Desk;
using SafetyCampaign.Schools.Rosters.Import;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Nodes;

/// <summary>An import of many pupils, asked of one node and looked at on the other.</summary>
public sealed partial class SeveralNodesTests
{
    private const string Token = "__RequestVerificationToken";

    [Fact]
    public async Task A_long_import_at_one_node_is_shown_by_the_other_while_it_runs_and_when_it_has_ended()
    {
        await StartAsync(Servers.Redis);
        var (school, organizer, other, form) = await UploadedAsync();
        await using (var db = here.OpenStore())
        await using (var waits = await db.Database.BeginTransactionAsync(Cancellation))
        {
            await db.Database.ExecuteSqlAsync($"LOCK TABLE roster_entries IN SHARE MODE", Cancellation); // readers go on, writers wait
            await organizer.PostAsync($"{DeskRoutes.Roster(school)}?handler=Import", form);

            Assert.Contains("正在导入", await organizer.ReadAsync(DeskRoutes.Roster(school)));
            Assert.Contains("正在导入", await other.ReadAsync(DeskRoutes.Roster(school)));
            // Nor does the other node begin a second one.
            var own = DeskVisitor.Form(await other.ReadAsync(DeskRoutes.Roster(school))).Where(field => field.Name == Token);
            Assert.Contains("这所学校正在导入另一份名单", await DeskVisitor.TextAsync(
                await other.PostAsync($"{DeskRoutes.Roster(school)}?handler=Import", [.. form, .. own])));
        }
        await here.Get<RosterImports>().Find(school)!.Running.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);

        foreach (var visitor in new[] { organizer, other })
            Assert.Contains("新增1200名，更新0名，换班0名，离开0名。", await visitor.ReadAsync(DeskRoutes.Roster(school)));
        clock.Advance(RosterImports.Shown);
        Assert.DoesNotContain("新增1200名", await other.ReadAsync(DeskRoutes.Roster(school)));
    }

    [Fact]
    public async Task An_import_whose_node_is_silent_for_too_long_is_said_not_to_have_happened_and_another_may_begin()
    {
        await StartAsync(Servers.Redis);
        var (school, organizer, other, form) = await UploadedAsync();
        await using (var db = here.OpenStore())
        {
            var before = clock.GetUtcNow();
            db.Add(new RosterImportRecord { SchoolId = school, StartedAt = before, HeardAt = before, Done = 500, All = 1_200 });
            await db.SaveChangesAsync(Cancellation);
        }
        Assert.Contains("500", await other.ReadAsync(DeskRoutes.Roster(school)));

        clock.Advance(RosterImportRecords.MaxSilence);

        Assert.Contains("没有导入", await other.ReadAsync(DeskRoutes.Roster(school)));
        clock.Advance(TimeSpan.FromSeconds(1));
        await organizer.PostAsync($"{DeskRoutes.Roster(school)}?handler=Import", form);
        await here.Get<RosterImports>().Find(school)!.Running.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
        Assert.Contains("新增1200名", await other.ReadAsync(DeskRoutes.Roster(school)));
    }

    private async Task<(int School, DeskVisitor Organizer, DeskVisitor Other, List<(string, string?)> Form)> UploadedAsync()
    {
        var e = await here.SeedEventAsync();
        int school;
        await using (var db = here.OpenStore())
            school = (await db.Classes.SingleAsync(c => c.Id == e.Primary, Cancellation)).SchoolId;
        await DeskVisitor.AddAccountAsync(here, "王老师", e.District);
        var (organizer, other) = (await AtAsync(here), await AtAsync(there));
        var pupils = Enumerable.Range(0, 1_200)
            .Select(i => $"{1 + (i / 300)}年级{1 + (i / 50 % 6)}班,{1 + (i % 50)},学生{(char)('一' + i)}").Prepend("班级,座号,姓名");
        using var file = new ByteArrayContent(Encoding.UTF8.GetBytes(string.Join('\n', pupils)));
        var shown = await DeskVisitor.TextAsync(
            await organizer.UploadAsync($"{DeskRoutes.Roster(school)}?handler=Upload", file, "名单.csv", "file"));
        return (school, organizer, other, DeskVisitor.Form(shown));
    }

    private static async Task<DeskVisitor> AtAsync(CampaignApp node)
    {
        var visitor = new DeskVisitor(new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = node.Address });
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.SignInAsync("王老师")).StatusCode);
        return visitor;
    }
}
