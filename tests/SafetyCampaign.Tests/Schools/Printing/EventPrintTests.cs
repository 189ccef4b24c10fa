using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Desk.Prepared;
using SafetyCampaign.Drawing.Slips;
using SafetyCampaign.Schools.Printing;
using SafetyCampaign.Storage;
using Document = UglyToad.PdfPig.PdfDocument;

namespace SafetyCampaign.Tests.Schools.Printing;

/// <summary>Class sheets and take-home slips of all classes of an event, each in one file.</summary>
public sealed class EventPrintTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private const int ClassSize = 45;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Slips_of_all_classes_come_school_by_school_and_each_class_begins_on_a_new_page()
    {
        var e = await app.SeedEventAsync();
        await app.SeedRosterAsync(e, e.Primary, (1, "王小明"), (2, "王小红"), (3, "赵小雨"), (4, "陈一"), (5, "陈二"));
        await app.SeedRosterAsync(e, e.Junior, (1, "李思雨"), (2, "张伟"));
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        var here = DeskRoutes.EventPrint(e.Code);
        var shown = await desk.ReadAsync(here);
        Assert.Contains("名单上7人，已发0张", shown);
        Assert.Contains("2个班还没有名单，这些班没有回家单", shown);
        Assert.Equal($"{here}#slips", (await desk.GetAsync(DeskRoutes.AllSlipsPdf(e.Code))).Headers.Location?.OriginalString);

        await desk.SendAsync($"{here}?handler=Issue");
        shown = await desk.ReadAsync(here);
        Assert.Contains("发了7张回家单", shown);
        Assert.Contains("要打印4页，每页两张", shown);

        var pages = await PagesAsync(desk, DeskRoutes.AllSlipsPdf(e.Code));
        Assert.Equal(4, pages.Count);
        var (primary, junior) = pages[0].Contains("李思雨") ? (pages[1..], pages[0]) : (pages[..3], pages[3]);
        Assert.All(["王小明", "王小红", "大塘冲小学"], words => Assert.Contains(words, primary[0]));
        Assert.All(["赵小雨", "陈一"], words => Assert.Contains(words, primary[1]));
        Assert.Contains("陈二", primary[2]);
        Assert.All(["李思雨", "张伟", "大塘冲中学"], words => Assert.Contains(words, junior));
        Assert.DoesNotContain("王", string.Concat(await PagesAsync(desk, DeskRoutes.AllSlipsPdf(e.Code) + "?names=no")));

        Assert.Equal(
            [(AuditAction.SlipsIssued, 5), (AuditAction.SlipsIssued, 2), (AuditAction.NamesViewed, 7), (AuditAction.NamesViewed, 7)],
            await LinesAsync(e));
        Assert.Contains("没有要打印的", await UsedAsync(e, desk));
    }

    [Fact]
    public async Task Class_sheets_of_all_classes_come_in_one_file_with_empty_rows_where_there_is_no_list()
    {
        var e = await app.SeedEventAsync();
        await app.SeedRosterAsync(e, e.Primary, [.. Enumerable.Range(1, 17).Select(i => ((int?)i, $"王{(char)('一' + i)}"))]);
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        var shown = await desk.ReadAsync(DeskRoutes.EventPrint(e.Code));
        Assert.Contains("4个班，名单上17人，要打印11页", shown);
        Assert.Contains("3个班还没有名单，表上是空行", shown);

        var pages = await PagesAsync(desk, DeskRoutes.AllSheetsPdf(e.Code));

        Assert.Equal(11, pages.Count);
        string[] classes = ["大塘冲小学五（1）班", "大塘冲小学五（2）班", "大塘冲中学七（3）班", "大塘冲中学高一（1）班"];
        Assert.All(pages, page => Assert.Single(classes, name => page.Contains(name)));
        Assert.Equal(4, pages.Select(page => classes.Single(name => page.Contains(name))).Aggregate(
            new List<string>(), (seen, name) => seen.LastOrDefault() == name ? seen : [.. seen, name]).Count); // none comes twice
        Assert.Contains("王七", string.Concat(pages));
        Assert.Equal(pages, await PagesAsync(desk, DeskRoutes.AllSheetsPdf(e.Code))); // with the same codes
        Assert.Equal([(AuditAction.PaperSheetsPrinted, 17), (AuditAction.PaperSheetsPrinted, 17)], await LinesAsync(e));
        await using var db = app.OpenStore();
        Assert.Equal(11, await db.PaperSheets.CountAsync(sheet => sheet.EventId == e.Id, Cancellation));
    }

    [Fact]
    public async Task Many_sheets_are_prepared_in_the_background_and_go_as_soon_as_a_list_changes()
    {
        var e = await app.SeedEventAsync();
        await app.SeedFurtherClassesAsync(e, EventPrinting.MaxPagesAtOnce / 3);
        await app.SeedRosterAsync(e, e.Primary, (1, "王小明"));
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        var (here, address) = (DeskRoutes.EventPrint(e.Code), DeskRoutes.AllSheetsPdf(e.Code));
        Assert.Equal($"{here}#sheets", (await desk.GetAsync(address)).Headers.Location?.OriginalString); // not before it is prepared

        var before = new TaskCompletionSource<string?>();
        app.Get<PreparedFiles>().Start(new FileWanted(PreparedKind.Book, e.Id, "before it"), (_, _, _) => before.Task);
        await desk.SendAsync($"{here}?handler=Sheets");
        var file = (await FindAsync(e, PreparedKind.ClassSheets, e.Organization))!;
        var waiting = await desk.GetAsync(here);
        Assert.Contains("正在准备PDF", await DeskVisitor.TextAsync(waiting));
        // Without an address a browser loads nothing again where the page's own has a fragment (#sheets).
        Assert.Equal($"2; url={here}", Assert.Single(waiting.Headers.GetValues("Refresh")));
        before.SetResult(null);
        await file.Writing;

        Assert.Contains("PDF准备好了", await desk.ReadAsync(here));
        var pages = await PagesAsync(desk, address);
        Assert.Equal(file.Progress, (pages.Count, pages.Count));
        Assert.Contains("王小明", string.Concat(pages));
        await app.SeedRosterAsync(e, e.Primary, (2, "李思雨"));
        Assert.Null(await FindAsync(e, PreparedKind.ClassSheets, e.Organization));
        Assert.Null(file.Open());
        Assert.Contains("准备PDF", await desk.ReadAsync(here));
        Assert.Equal([(AuditAction.PaperSheetsPrinted, 1), (AuditAction.PaperSheetsPrinted, 1)], await LinesAsync(e));
    }

    [Fact]
    public async Task Prepared_slips_are_not_given_out_once_one_of_them_has_ended()
    {
        var e = await app.SeedEventAsync();
        await SeedManyAsync(e);
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        var (here, address) = (DeskRoutes.EventPrint(e.Code), DeskRoutes.AllSlipsPdf(e.Code));
        await desk.SendAsync($"{here}?handler=Issue");
        Assert.Equal($"{here}#slips", (await desk.GetAsync(address)).Headers.Location?.OriginalString);

        await desk.SendAsync($"{here}?handler=Slips");
        var file = (await FindAsync(e, PreparedKind.Slips, e.Organization))!;
        await file.Writing;
        Assert.Equal(file.Progress.All, (await PagesAsync(desk, address)).Count);
        Assert.Equal($"{here}#slips", (await desk.GetAsync(address + "?names=no")).Headers.Location?.OriginalString); // a file of its own
        await desk.SendAsync($"{here}?handler=Slips&names=no");
        await (await FindAsync(e, PreparedKind.SlipsWithoutNames, e.Organization))!.Writing;
        Assert.DoesNotContain("欧阳", string.Concat(await PagesAsync(desk, address + "?names=no")));

        var group = await ClassOfSlipAsync(e);
        await desk.SendAsync($"{DeskRoutes.EventSlips(e.Code, group)}?handler=Revoke");
        Assert.Equal(HttpStatusCode.Redirect, (await desk.GetAsync(address)).StatusCode);
        Assert.Contains("请重新准备PDF", await desk.ReadAsync(here));
        Assert.Null(await FindAsync(e, PreparedKind.Slips, e.Organization));
    }

    [Fact]
    public async Task Classes_that_an_account_does_not_reach_are_in_no_file_of_it_nor_in_one_that_was_prepared_for_another()
    {
        var e = await app.SeedEventAsync();
        await app.SeedFurtherClassesAsync(e, EventPrinting.MaxPagesAtOnce / 3);
        var foreign = await SeedForeignClassAsync(e);
        await app.SeedRosterAsync(e, foreign, (1, "欧阳小舟"));
        var (organizer, administrator) = (await DeskVisitor.SignInAsync(app, e.Organization),
            await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator));
        var (here, address) = (DeskRoutes.EventPrint(e.Code), DeskRoutes.AllSheetsPdf(e.Code));
        await administrator.SendAsync($"{here}?handler=Sheets");
        await (await FindAsync(e, PreparedKind.ClassSheets, e.District))!.Writing;
        Assert.Contains("欧阳小舟", string.Concat(await PagesAsync(administrator, address)));

        Assert.Equal($"{here}#sheets", (await organizer.GetAsync(address)).Headers.Location?.OriginalString);
        await organizer.SendAsync($"{here}?handler=Sheets");
        await (await FindAsync(e, PreparedKind.ClassSheets, e.Organization))!.Writing;
        Assert.DoesNotContain("欧阳", string.Concat(await PagesAsync(organizer, address)));
        await organizer.SendAsync($"{here}?handler=Issue");
        await using var db = app.OpenStore();
        Assert.False(await db.Slips.AnyAsync(slip => slip.EventId == e.Id, Cancellation));
    }

    [Fact]
    public async Task Without_classes_or_lists_the_page_says_what_to_do_and_the_files_lead_to_it()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        var shown = await desk.ReadAsync(DeskRoutes.EventPrint(e.Code));
        Assert.Contains("所以不能发回家单。请先导入名单", shown);
        Assert.Equal(2, Regex.Count(shown, @"href=""/organize/organizations/\d+/roster"""));

        await using (var db = app.OpenStore())
        {
            var gathering = await db.Events.Include(g => g.Classes).SingleAsync(g => g.Id == e.Id, Cancellation);
            gathering.Invite([]);
            await db.SaveChangesAsync(Cancellation);
        }
        await app.Get<PublishedEvents>().ChangedAsync(e.Id, Cancellation);
        Assert.Contains(DeskRoutes.EventClasses(e.Code), await desk.ReadAsync(DeskRoutes.EventPrint(e.Code)));
        foreach (var file in new[] { DeskRoutes.AllSheetsPdf(e.Code), DeskRoutes.AllSlipsPdf(e.Code) })
            Assert.StartsWith(DeskRoutes.EventPrint(e.Code), (await desk.GetAsync(file)).Headers.Location?.OriginalString);
        Assert.Empty(await LinesAsync(e));
    }

    [Fact]
    public async Task The_page_is_reached_from_the_event_its_sheets_and_its_coverage()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization, language: "en");

        foreach (var page in new[] { DeskRoutes.Event(e.Code), DeskRoutes.EventSheets(e.Code), DeskRoutes.EventCoverage(e.Code) })
            Assert.Contains($"href=\"{DeskRoutes.EventPrint(e.Code)}\"", await desk.ReadAsync(page));
        Assert.Contains("Print for all classes", await desk.ReadAsync(DeskRoutes.EventPrint(e.Code)));
    }

    private async Task SeedManyAsync(SeededEvent e)
    {
        var classes = await app.SeedFurtherClassesAsync(e, 1 + (SlipDrawing.OnSheet * EventPrinting.MaxPagesAtOnce / ClassSize));
        foreach (var group in classes)
            await app.SeedRosterAsync(e, group, [.. Enumerable.Range(1, ClassSize).Select(i => ((int?)i, $"欧阳{(char)('一' + i)}"))]);
    }

    /// <summary>Of a school of another community in the same district.</summary>
    private async Task<int> SeedForeignClassAsync(SeededEvent e)
    {
        await using var db = app.OpenStore();
        var district = await db.Organizations.SingleAsync(o => o.Id == e.District, Cancellation);
        var school = new Organization("八一小学", OrganizationKind.School, district);
        var group = new ClassGroup(school, 3, 1);
        var gathering = await db.Events.Include(g => g.Classes).SingleAsync(g => g.Id == e.Id, Cancellation);
        gathering.Invite([.. gathering.Classes, group]);
        db.Add(school);
        await db.SaveChangesAsync(Cancellation);
        await app.Get<PublishedEvents>().ChangedAsync(e.Id, Cancellation);
        return group.Id;
    }

    /// <summary>What the page says once all slips of the event are used.</summary>
    private async Task<string> UsedAsync(SeededEvent e, DeskVisitor desk)
    {
        await using (var db = app.OpenStore())
        {
            var slips = await db.Slips.Where(slip => slip.EventId == e.Id).ToListAsync(Cancellation);
            slips.ForEach(slip => slip.Use(app.Get<TimeProvider>().GetUtcNow()));
            await db.SaveChangesAsync(Cancellation);
        }
        return await desk.ReadAsync(DeskRoutes.EventPrint(e.Code));
    }

    private async Task<PreparedFile?> FindAsync(SeededEvent e, PreparedKind kind, int organization)
    {
        await using var db = app.OpenStore();
        var reach = await db.Organizations.Where(o => o.Id == organization).Select(o => o.Path).SingleAsync(Cancellation);
        return app.Get<PreparedFiles>().Find(new FileWanted(kind, e.Id, InterfaceLanguages.Default.Tag, reach));
    }

    private async Task<int> ClassOfSlipAsync(SeededEvent e)
    {
        await using var db = app.OpenStore();
        return await (from slip in db.Slips
                      where slip.EventId == e.Id
                      join pupil in db.Roster on slip.RosterEntryId equals pupil.Id
                      select pupil.ClassId).FirstAsync(Cancellation);
    }

    /// <summary>What stands on each page, without spaces.</summary>
    private static async Task<List<string>> PagesAsync(DeskVisitor desk, string address)
    {
        var answer = await desk.GetAsync(address);
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType?.MediaType);
        using var pdf = Document.Open(await answer.Content.ReadAsByteArrayAsync(Cancellation));
        return [.. pdf.GetPages().Select(page => page.Text.Replace(" ", "", StringComparison.Ordinal))];
    }

    /// <summary>Of printing alone, in their order.</summary>
    private async Task<List<(AuditAction, int?)>> LinesAsync(SeededEvent e)
    {
        await using var db = app.OpenStore();
        return [.. (await db.AuditEntries.AsNoTracking().Where(a => a.EventCode == e.Code && (a.Action == AuditAction.SlipsIssued
            || a.Action == AuditAction.PaperSheetsPrinted || a.Reason == AuditReason.Slips)).OrderBy(a => a.Sequence)
            .ToListAsync(Cancellation)).Select(a => (a.Action, a.Count))];
    }
}
