using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Schools;
using SafetyCampaign.Tests.Schools.Slips;

namespace SafetyCampaign.Tests.Records;

/// <summary>What an organizer takes out of an event: pledges, families, numbers by class; as a workbook and as text.</summary>
public abstract class ListsTests(CampaignApp app)
{
    private readonly HttpClient phone = app.CreateClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_list_of_pledges_has_a_row_for_each_signature_and_says_what_does_not_count()
    {
        var (e, desk) = await BeginAsync();
        await phone.SignedAsync(e, "陈思雨", "陈强");
        await app.InvalidateAsync(await phone.SignedAsync(e, "郑小河", "郑洋"));
        await phone.SignAsync(e.Code, Signing.Alone("teacher", name: "何老师"));

        var rows = await CsvAsync(desk, e, "pledges");

        Assert.Equal("\"序号\",\"姓名\",\"学校\",\"班级\",\"身份\",\"与孩子的关系\",\"签名时间\",\"方式\",\"签名\",\"见证人\",\"备注\"", rows[0]);
        Assert.Equal(6, rows.Length);
        Assert.StartsWith("\"1\",\"陈思雨\",\"大塘冲小学\",\"五（1）班\",\"学生\",\"\",\"20", rows[1]);
        Assert.EndsWith("\",\"扫码\",\"手写\",\"\",\"\"", rows[1]);
        Assert.Contains("\"家长\",\"妈妈\"", rows[2]);
        Assert.EndsWith("\"记为无效，不计数\"", rows[3]);
        Assert.StartsWith("\"5\",\"何老师\",\"\",\"\",\"教师\"", rows[5]);
        await using var db = app.OpenStore();
        var line = await db.AuditEntries.SingleAsync(a => a.EventCode == e.Code && a.Action == AuditAction.ListExported, Cancellation);
        Assert.Equal((5, "pledges.csv"), (line.Count!.Value, line.Detail));
    }

    [Fact]
    public async Task The_filter_of_the_page_of_signers_goes_for_the_file_and_the_workbook_says_so()
    {
        var (e, desk) = await BeginAsync();
        await phone.SignedAsync(e, "陈思雨", "陈强");
        await app.InvalidateAsync(await phone.SignedAsync(e, "郑小河", "郑洋"));
        await phone.SignAsync(e.Code, Signing.Alone("teacher", name: "何老师"));
        const string filter = "?role=guardian&state=valid";
        var page = await desk.ReadAsync($"/organize/events/{e.Code}/signers{filter}");
        var link = $"/organize/events/{e.Code}/records/pledges.xlsx{filter}";
        Assert.Contains(link, page, StringComparison.Ordinal);

        var rows = await CsvAsync(desk, e, "pledges", filter);
        using var book = new ZipArchive(await (await desk.GetAsync(link)).Content.ReadAsStreamAsync(Cancellation));

        Assert.Contains("\"陈强\"", Assert.Single(rows[1..]));
        var notes = XDocument.Load(book.GetEntry("xl/worksheets/sheet2.xml")!.Open()).Root!.Value;
        Assert.Contains("只含符合这些条件的签名：家长 · 有效", notes);
        Assert.Contains("何老师", Assert.Single((await CsvAsync(desk, e, "pledges", "?class=none"))[1..]));
        await using var db = app.OpenStore();
        var lines = await db.AuditEntries.Where(a => a.EventCode == e.Code && a.Action == AuditAction.ListExported)
            .ToListAsync(Cancellation);
        Assert.All(lines, line => Assert.Equal(1, line.Count));
        Assert.Equal(["pledges.csv · 不属于任何班级", "pledges.csv · 家长 · 有效", "pledges.xlsx · 家长 · 有效"],
            lines.Select(line => line.Detail!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task One_class_is_taken_out_alone_of_every_list_and_the_audit_log_names_it()
    {
        var (e, desk) = await BeginAsync();
        await phone.SignedAsync(e, "陈思雨", "陈强");
        var elsewhere = Signing.Family(e, "周小鱼", "周海");
        elsewhere["classId"] = e.OtherPrimary;
        await phone.SignAsync(e.Code, elsewhere);
        await phone.SignAsync(e.Code, Signing.Alone("teacher", name: "何老师"));
        var filter = $"?class={e.Primary}";
        var page = WebUtility.HtmlDecode(await desk.ReadAsync($"/organize/events/{e.Code}/records{filter}"));
        Assert.Contains("下面的名单只含：大塘冲小学 五（1）班", page);
        foreach (var list in new[] { "pledges", "families", "coverage" })
            Assert.Contains($"/organize/events/{e.Code}/records/{list}.csv{filter}\"", page, StringComparison.Ordinal);

        var families = await CsvAsync(desk, e, "families", filter);
        var coverage = await CsvAsync(desk, e, "coverage", filter + "&role=guardian");
        var everybody = await CsvAsync(desk, e, "coverage", "?class=");
        var others = await CsvAsync(desk, e, "coverage", "?class=none");

        var file = await desk.GetAsync($"/organize/events/{e.Code}/records/families.xlsx{filter}");
        Assert.Equal($"{e.Code}-families-{e.Primary}.xlsx", file.Content.Headers.ContentDisposition?.FileName); // as the book's
        Assert.Contains("陈思雨", Assert.Single(families[1..]));
        var people = Array.IndexOf(Cells(coverage[0]), "签名人数");
        Assert.Equal("1", Cells(Assert.Single(coverage[1..]))[people]); // the guardian of the one class
        Assert.Equal("5", Cells(everybody[^1])[people]);
        Assert.Equal("1", Cells(Assert.Single(others[1..]))[people]);
        await using var db = app.OpenStore();
        var lines = await db.AuditEntries.Where(a => a.EventCode == e.Code && a.Action == AuditAction.ListExported)
            .OrderBy(a => a.Sequence).ToListAsync(Cancellation);
        Assert.Equal(
            [("families.csv · 大塘冲小学 五（1）班", e.Primary), ("coverage.csv · 大塘冲小学 五（1）班 · 家长", e.Primary), ("coverage.csv", null),
                ("coverage.csv · 不属于任何班级", null), ("families.xlsx · 大塘冲小学 五（1）班", e.Primary)],
            lines.Select(a => (a.Detail!, a.ClassId)));
    }

    [Fact]
    public async Task The_workbook_holds_the_same_cells_typed_and_no_formula_and_says_until_when_it_may_be_kept()
    {
        var (e, desk) = await BeginAsync();
        await phone.SignedAsync(e, "陈思雨", "陈强");

        var answer = await desk.GetAsync($"/organize/events/{e.Code}/records/pledges.xlsx");

        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal($"attachment; filename={e.Code}-pledges.xlsx", answer.Content.Headers.ContentDisposition?.ToString());
        using var book = new ZipArchive(await answer.Content.ReadAsStreamAsync(Cancellation));
        var sheet = XDocument.Load(book.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        var ns = sheet.Root!.Name.Namespace;
        Assert.Empty(sheet.Descendants(ns + "f"));
        var first = sheet.Descendants(ns + "row").ElementAt(1).Elements(ns + "c").ToList();
        Assert.Equal(("1", null), (first[0].Value, (string?)first[0].Attribute("t"))); // a number
        Assert.Equal(("陈思雨", "inlineStr"), (first[1].Value, (string?)first[1].Attribute("t")));
        await using var db = app.OpenStore();
        var signedAt = await db.Pledges.Where(p => p.EventId == e.Id).Select(p => p.SignedAt).FirstAsync(Cancellation);
        var moment = DateTime.FromOADate(double.Parse(first[6].Value, CultureInfo.InvariantCulture)); // a moment, in the event's zone
        Assert.Equal(signedAt.ToOffset(TimeSpan.FromHours(8)).DateTime, moment, TimeSpan.FromSeconds(1));
        var notes = XDocument.Load(book.GetEntry("xl/worksheets/sheet2.xml")!.Open());
        Assert.Contains("前删除这份文件", notes.Root!.Value);
    }

    [Fact]
    public async Task A_child_whose_two_parents_signed_apart_is_one_row_with_both()
    {
        var (e, desk) = await BeginAsync();
        await phone.SignedAsync(e, "陈思雨", "陈妈");
        var father = Signing.Family(e, "陈思雨", "陈爸");
        father.SignerOf(1)["relation"] = "father";
        await phone.SignAsync(e.Code, father);

        var rows = await CsvAsync(desk, e, "families");

        Assert.Equal(2, rows.Length);
        Assert.StartsWith("\"大塘冲小学\",\"五（1）班\",\"陈思雨\",\"陈妈\",\"妈妈\",\"陈爸\",\"爸爸\",\"已完成\"", rows[1]);
    }

    [Fact]
    public async Task A_guardian_who_signed_alone_with_the_slip_stands_beside_the_child_who_signed_at_school()
    {
        var (e, desk) = await BeginAsync();
        var pupils = await app.SeedRosterAsync(e, e.Primary, (1, "王小明"), (2, "王小红"));
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        await phone.SignInClassAsync(secret, "王小明", pupils[0]);
        await phone.SignInClassAsync(secret, "王小红", pupils[1]);
        var alone = Signing.Request(null, [Signing.Signer("guardian", "王芳", "mother")], guardianConsents: true);
        alone["slip"] = await app.SeedSlipAsync(e, pupils[0]);
        Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(e.Code, alone)).StatusCode);

        var rows = await CsvAsync(desk, e, "families");

        Assert.StartsWith("\"大塘冲小学\",\"五（1）班\",\"王小明\",\"王芳\",\"妈妈\",\"\",\"\",\"已完成\"", rows[1]);
        Assert.StartsWith("\"大塘冲小学\",\"五（1）班\",\"王小红\",\"\",\"\",\"\",\"\",\"只有孩子\"", rows[2]);
    }

    [Fact]
    public async Task A_child_of_a_class_that_needs_no_guardian_is_not_said_to_lack_one()
    {
        var (e, desk) = await BeginAsync();
        var alone = Signing.Request(e.Senior, [Signing.Signer("student", "陈思雨")], guardianConsents: false);
        Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(e.Code, alone)).StatusCode);
        var together = Signing.Family(e, "周小鱼", "周海");
        together["classId"] = e.Senior;
        await phone.SignAsync(e.Code, together);

        var rows = await CsvAsync(desk, e, "families");

        var complete = Array.IndexOf(Cells(rows[0]), "家庭");
        Assert.Equal(["不需要家长", "已完成"], rows[1..].Select(row => Cells(row)[complete]));
    }

    [Fact]
    public async Task The_list_of_families_has_each_heading_once()
    {
        var (e, desk) = await BeginAsync();

        var headings = Cells((await CsvAsync(desk, e, "families"))[0]);

        Assert.Equal(headings.Distinct(StringComparer.Ordinal), headings);
    }

    [Fact]
    public async Task The_list_of_families_says_why_a_row_has_no_names()
    {
        var (e, desk) = await BeginAsync();
        var receipt = await app.Get<Receipts>().FindAsync((await phone.SignedAsync(e, "陈思雨", "陈妈"))["/r/".Length..], Cancellation);
        await app.Get<PledgeLedger>().EraseAsync(receipt!.Receipt.Sequence);
        await phone.SignedAsync(e, "周小鱼", "周海");

        var rows = await CsvAsync(desk, e, "families");

        var remark = Array.IndexOf(Cells(rows[0]), "备注");
        Assert.Equal(["姓名已删除，照常计数", ""], rows[1..].Select(row => Cells(row)[remark]));
    }

    [Fact]
    public async Task Numbers_by_class_add_up_to_those_on_the_screen()
    {
        var (e, desk) = await BeginAsync();
        await phone.SignedAsync(e, "陈思雨", "陈强");
        var receipt = await phone.SignedAsync(e, "周小鱼", "周海");
        await phone.SignAsync(e.Code, Signing.Alone("teacher", name: "何老师"));
        var withdrawn = await app.Get<Receipts>().FindAsync(receipt["/r/".Length..], Cancellation);
        await app.Get<PledgeLedger>().WithdrawAsync(withdrawn!.Receipt.Sequence);

        var rows = await CsvAsync(desk, e, "coverage");

        var total = Cells(rows[^1]);
        var people = Array.IndexOf(Cells(rows[0]), "签名人数");
        Assert.Equal(("合计", $"{await phone.PeopleAsync(e.Code)}"), (total[0], total[people]));
        Assert.Equal("3", total[people]);
        Assert.Equal("1", total[people + 1]);
        Assert.Contains(rows, row => row.Contains("\"不属于任何班级\"", StringComparison.Ordinal));
        Assert.DoesNotContain("陈", string.Concat(rows));
    }

    [Fact]
    public async Task A_school_that_is_called_like_a_formula_stays_text()
    {
        var (e, desk) = await BeginAsync();
        await using (var db = app.OpenStore())
        {
            var school = await db.Classes.Where(c => c.Id == e.Primary).Select(c => c.School).SingleAsync(Cancellation);
            school.Rename("＝1+1学校", OrganizationKind.School);
            await db.SaveChangesAsync(Cancellation);
        }
        await app.Get<PublishedEvents>().ChangedAsync(e.Id, Cancellation);

        Assert.Contains(await CsvAsync(desk, e, "coverage"), row => row.StartsWith("\"'＝1+1学校\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_observer_takes_out_numbers_and_no_names_and_another_organization_nothing()
    {
        var (e, _) = await BeginAsync();
        var observer = await DeskVisitor.SignInAsync(app, e.Organization, OrganizerRole.Observer);
        var other = await DeskVisitor.SignInAsync(app, (await app.SeedEventAsync()).Organization);
        foreach (var format in new[] { "xlsx", "csv" })
        {
            Assert.Equal(HttpStatusCode.OK, (await observer.GetAsync($"/organize/events/{e.Code}/records/coverage.{format}")).StatusCode);
            foreach (var list in new[] { "pledges", "families" })
                Assert.Equal(HttpStatusCode.Forbidden,
                    (await observer.GetAsync($"/organize/events/{e.Code}/records/{list}.{format}")).StatusCode);
            foreach (var list in new[] { "pledges", "families", "coverage" })
                Assert.Equal(HttpStatusCode.NotFound,
                    (await other.GetAsync($"/organize/events/{e.Code}/records/{list}.{format}")).StatusCode);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await observer.GetAsync($"/organize/events/{e.Code}/records/coverage.pdf")).StatusCode);
        var page = await observer.ReadAsync($"/organize/events/{e.Code}/records");
        Assert.Contains("coverage.xlsx", page);
        Assert.DoesNotContain("pledges.xlsx", page);
    }

    private async Task<(SeededEvent Event, DeskVisitor Desk)> BeginAsync()
    {
        var e = await app.SeedEventAsync();
        return (e, await DeskVisitor.SignInAsync(app, e.Organization));
    }

    private static async Task<string[]> CsvAsync(DeskVisitor desk, SeededEvent e, string list, string filter = "")
    {
        var answer = await desk.GetAsync($"/organize/events/{e.Code}/records/{list}.csv{filter}");
        var bytes = await answer.Content.ReadAsByteArrayAsync(Cancellation);
        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        return Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }

    private static string[] Cells(string row) => row[1..^1].Split("\",\"");
}

public sealed class ListsOnSqliteTests(CampaignApp app) : ListsTests(app), IClassFixture<CampaignApp>;

public sealed class ListsOnPostgresTests(PostgresApp app) : ListsTests(app.Required), IClassFixture<PostgresApp>;
