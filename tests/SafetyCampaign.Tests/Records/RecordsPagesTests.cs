using System.IO.Compression;
using System.Net;
using System.Text;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Organizing.Organizations;
using SafetyCampaign.Records.RollUp;
using SafetyCampaign.Storage;
using Document = UglyToad.PdfPig.PdfDocument;

namespace SafetyCampaign.Tests.Records;

/// <summary>What a district adds up, what it still keeps, and what it files every year.</summary>
public abstract class RecordsPagesTests(CampaignApp app)
{
    private readonly HttpClient phone = app.CreateClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_roll_up_adds_up_own_events_and_own_classes_in_those_of_others_and_shows_schools_without_an_event()
    {
        var e = await app.SeedEventAsync();
        var others = await app.SeedEventAsync();
        await using (var db = app.OpenStore())
        {
            var community = await db.Organizations.SingleAsync(o => o.Id == e.Organization, Cancellation);
            db.Add(new Organization("山村小学", OrganizationKind.School, community));
            var guest = await db.Classes.SingleAsync(c => c.Id == e.Primary, Cancellation);
            (await db.Events.Include(x => x.Classes).SingleAsync(x => x.Id == others.Id, Cancellation)).Classes.Add(guest);
            await db.SaveChangesAsync(Cancellation);
        }
        await app.Get<PublishedEvents>().ChangedAsync(others.Id, Cancellation);
        await phone.SignedAsync(e, "陈思雨", "陈强");
        await phone.SignAsync(e.Code, Signing.Alone("teacher", name: "何老师"));
        await app.InvalidateAsync(await phone.SignedAsync(e, "郑小河", "郑洋"));
        await phone.SignAsync(others.Code, Signing.Family(e, "周小鱼", "周海"));
        await phone.SignedAsync(others, "外人", "外人家长");
        await app.Get<ChannelCounts>().CountAsync(Cancellation);
        var desk = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Observer);

        var rows = await CsvAsync(desk, "/organize/rollup.csv");

        Assert.Equal(
            [
                "荷塘区|区县|2|5|2|45|1|2%|5|100%|5", "贺家土街道|街道／乡镇|2|5|2|45|1|2%|5|100%|5",
                "大塘冲社区|社区／村|2|5|2|45|1|2%|5|100%|5", "大塘冲小学|学校|2|4|2|45|1|2%|4|100%|4", "大塘冲中学|学校|1|0|0|||–|0|–|0",
                "山村小学|学校|0|0|0|||–|0|–|0",
            ], rows.Skip(1).Select(row => string.Join('|', row.Take(11)).Trim('\u3000')).Order(Comparer<string>.Create(ByPlace)));
        var page = await desk.ReadAsync("/organize/rollup");
        Assert.Contains("1所学校在这段时间没有活动", page, StringComparison.Ordinal);
        Assert.DoesNotContain("陈思雨", page, StringComparison.Ordinal);
        const string days = "/organize/rollup?period=days&from=2020-01-01";
        Assert.Contains("这段时间没有活动", await desk.ReadAsync(days + "&to=2020-12-31"), StringComparison.Ordinal);
        Assert.Contains("日期没有填全", await desk.ReadAsync(days + "&to=x"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await desk.GetAsync("/organize/rollup.xlsx?period=summer")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await desk.GetAsync("/organize/rollup.pdf")).StatusCode);
        await using var store = app.OpenStore();
        Assert.Equal(6, (await store.AuditEntries.FirstAsync(a => a.Action == AuditAction.RollUpExported && a.Detail == "rollup.csv"
            && a.OrganizationPath!.StartsWith($"/{e.District}/"), Cancellation)).Count);
    }

    [Fact]
    public async Task An_organization_that_moved_keeps_what_it_did_where_it_lay_then()
    {
        var (e, others) = (await app.SeedEventAsync(), await app.SeedEventAsync());
        await phone.SignedAsync(e, "陈思雨", "陈强");
        await app.Get<ChannelCounts>().CountAsync(Cancellation);
        var desk = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Observer);
        var theirs = await DeskVisitor.SignInAsync(app, others.District, OrganizerRole.Observer);
        await using var db = app.OpenStore();
        var street = await db.Organizations.SingleAsync(o => o.ParentId == others.District, Cancellation);

        Assert.True(await app.Get<OrganizationMover>().MoveAsync(e.Organization, street.Id, AccessScope.Everything, Cancellation));

        // What was held before the move: the community itself is a row of the new district, with what the old one counts.
        Assert.Equal(["荷塘区|1|2", "贺家土街道|1|2"], await RowsAsync(desk));
        Assert.Equal(["荷塘区|1|0", "贺家土街道|1|0"], (await RowsAsync(theirs))[..2]);
        Assert.Contains("大塘冲社区|1|2", await RowsAsync(theirs));
        // An event that begins after it counts in the new place alone.
        var later = DateTimeOffset.UtcNow.AddMinutes(5);
        await app.ChangeEventAsync(e.Id, it => it.Schedule(later, later.AddHours(2), null));
        Assert.Equal(["荷塘区|0|0", "贺家土街道|0|0"], await RowsAsync(desk));
        Assert.Equal(["荷塘区|2|2", "贺家土街道|2|2"], (await RowsAsync(theirs))[..2]);

        async Task<string[]> RowsAsync(DeskVisitor who) => [.. (await CsvAsync(who, "/organize/rollup.csv")).Skip(1)
            .Select(row => $"{row[0].Trim('\u3000')}|{row[2]}|{row[3]}")];
    }

    [Fact]
    public async Task A_campaigns_page_says_what_is_kept_and_what_its_erasure_will_delete()
    {
        var e = await app.SeedEventAsync();
        var receipt = await phone.SignedAsync(e, "陈思雨", "陈强");
        var administrator = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator);
        await ArchiveTests.MakeAsync(app, await DeskVisitor.SignInAsync(app, e.Organization), e);
        var address = $"/organize/campaigns/{e.CampaignId}/retention";
        await using var store = app.OpenStore();
        var photo = store.PaperPhotos.Add(new PaperPhoto(e.Id, null, null, [1], rehearsal: false, DateTimeOffset.UtcNow));
        await store.SaveChangesAsync(Cancellation);

        var page = await administrator.ReadAsync(address);

        Assert.DoesNotContain("影片", page, StringComparison.Ordinal); // its scene has none
        foreach (var said in new[] { "姓名：2", "纸质签名表的照片：1", "手写签名：2", "与孩子的关系：1", "准备好的承诺册", "封存记录", "已导出的名单" })
            Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.DoesNotContain("陈思雨", page, StringComparison.Ordinal);
        Assert.Contains(address, await administrator.ReadAsync("/organize/retention"), StringComparison.Ordinal);
        photo.State = EntityState.Deleted;
        await store.SaveChangesAsync(Cancellation);
        var signed = await app.Get<Receipts>().FindAsync(receipt["/r/".Length..], Cancellation);
        await app.Get<PledgeLedger>().EraseAsync(signed!.Receipt.Sequence);
        page = await administrator.ReadAsync(address);
        Assert.Contains("没有要删除的", page, StringComparison.Ordinal); // the prepared archive has gone as well
        Assert.Contains("封存记录", page, StringComparison.Ordinal);
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        Assert.Equal(HttpStatusCode.Forbidden, (await organizer.GetAsync(address)).StatusCode);
        var other = await DeskVisitor.SignInAsync(app, (await app.SeedEventAsync()).District, OrganizerRole.Administrator);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(address)).StatusCode);
    }

    [Fact]
    public async Task The_audit_pack_of_a_year_counts_stages_views_erasures_and_rules_and_names_nobody()
    {
        var e = await app.SeedEventAsync();
        await phone.SignedAsync(e, "陈思雨", "陈强");
        await phone.SignAsync(e.Code, Signing.Alone("student", e.Senior, "高大山"));
        var administrator = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator);
        await administrator.GetAsync($"/organize/events/{e.Code}/records/pledges.csv");

        var page = await administrator.ReadAsync("/organize/audit-pack");
        var text = string.Join('|', page.Split('<', '>').Select(part => part.Trim()).Where(part => part.Length > 0));
        var workbook = await administrator.GetAsync("/organize/audit-pack.xlsx");
        var file = await administrator.GetAsync("/organize/audit-pack.pdf");
        using var pdf = Document.Open(await file.Content.ReadAsByteArrayAsync(Cancellation));

        Assert.Matches(@"小学\|[^|]*\|[^|]*\|按不满14周岁\|[^|]*\|[^|]*\|1\|", text);
        Assert.Matches(@"高中\|[^|]*\|[^|]*\|14周岁以上的未成年人\|[^|]*\|[^|]*\|1\|", text);
        Assert.Matches(@"导出名单\|[^|]*\|[^|]*\|1\|[^|]*\|[^|]*\|3\|", text);
        using var book = new ZipArchive(await workbook.Content.ReadAsStreamAsync(Cancellation));
        Assert.Equal(7, book.Entries.Count(entry => entry.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal)));
        var sheets = string.Concat(book.Entries.Where(entry => entry.FullName.EndsWith(".xml", StringComparison.Ordinal))
            .Select(entry => XDocument.Load(entry.Open()).Root!.Value));
        var printed = string.Concat(pdf.GetPages().Select(p => p.Text));
        foreach (var content in new[] { page, sheets, printed })
        {
            Assert.Contains("按不满14周岁", content, StringComparison.Ordinal);
            Assert.DoesNotContain("陈思雨", content, StringComparison.Ordinal);
            Assert.DoesNotContain("高大山", content, StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await administrator.GetAsync("/organize/audit-pack.csv")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await administrator.GetAsync("/organize/audit-pack.xlsx?lang=en")).StatusCode);
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        Assert.Equal(HttpStatusCode.Forbidden, (await organizer.GetAsync("/organize/audit-pack.pdf")).StatusCode);
        await using var db = app.OpenStore();
        Assert.Equal(3, await db.AuditEntries.CountAsync(a => a.Action == AuditAction.AuditPackExported
            && a.OrganizationPath!.StartsWith($"/{e.District}/"), Cancellation));
    }

    private static async Task<List<string[]>> CsvAsync(DeskVisitor desk, string address)
    {
        var bytes = await (await desk.GetAsync(address)).Content.ReadAsByteArrayAsync(Cancellation);
        return [.. Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(row => row.Trim('"').Split("\",\""))];
    }

    /// <summary>In the order in which the test lists them; the rows' own is by kind and name.</summary>
    private static int ByPlace(string? one, string? other)
    {
        string[] order = ["荷塘区", "贺家土街道", "大塘冲社区", "大塘冲小学", "大塘冲中学", "山村小学"];
        return Array.FindIndex(order, one!.StartsWith).CompareTo(Array.FindIndex(order, other!.StartsWith));
    }
}

public sealed class RecordsPagesOnSqliteTests(CampaignApp app) : RecordsPagesTests(app), IClassFixture<CampaignApp>;

public sealed class RecordsPagesOnPostgresTests(PostgresApp app) : RecordsPagesTests(app.Required), IClassFixture<PostgresApp>;
