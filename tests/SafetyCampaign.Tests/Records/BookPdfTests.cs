using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk.Prepared;
using SafetyCampaign.Drawing.Book;
using SafetyCampaign.Drawing.Pdf;
using SafetyCampaign.Ledger;
using SafetyCampaign.Records.Book;
using SafetyCampaign.Storage;
using Document = UglyToad.PdfPig.PdfDocument;

namespace SafetyCampaign.Tests.Records;

/// <summary>The pledge book as a PDF, read back.</summary>
public abstract partial class BookPdfTests(CampaignApp app)
{
    private const string RareName = "𠮷田\U00031351";

    private readonly HttpClient phone = app.CreateClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_book_has_everybody_on_the_page_that_its_contents_say_and_every_code_finds_its_record()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        await phone.SignedAsync(e, "陈思雨", "陈强");
        await phone.SignedAsync(e, RareName, "买买提·艾合买提");
        await app.InvalidateAsync(await phone.SignedAsync(e, "郑小河", "郑洋"));
        await phone.SignAsync(e.Code, Signing.Alone("teacher", name: "何老师"));

        var file = await ReadAsync(desk, $"/organize/events/{e.Code}/records/book.pdf");

        using var pdf = Document.Open(file);
        var pages = pdf.GetPages().Select(page => page.Text.Replace(" ", "", StringComparison.Ordinal)).ToList();
        Assert.Contains("公章", pages[0], StringComparison.Ordinal);
        var chapter = pages.FindIndex(1, page => page.Contains("陈思雨", StringComparison.Ordinal));
        Assert.Contains($"大塘冲小学五（1）班4份{chapter + 1}", pages[1], StringComparison.Ordinal);
        Assert.Contains("买买提·艾合买提", pages[chapter], StringComparison.Ordinal);
        Assert.DoesNotContain(pages, page => page.Contains("郑小河", StringComparison.Ordinal));
        Assert.Contains("何老师", pages[chapter + 1], StringComparison.Ordinal);
        Assert.Contains("U+31351", pages[^1], StringComparison.Ordinal); // a character that no face has is marked and told
        Assert.Contains("𠮷田", pages[chapter], StringComparison.Ordinal);
        Assert.All(pages.Index().Skip(1), page => Assert.Contains($"第{page.Index + 1}页，共{pages.Count}页", page.Item));
        Assert.Contains(pages, page => page.Contains("不到无安全设施、无救援人员的水域游泳", StringComparison.Ordinal)); // word for word
        var code = Code().Match(pages[chapter]).Value;
        Assert.Contains("第1", await phone.GetStringAsync(new Uri($"/verify/{code}", UriKind.Relative), Cancellation));
        await using var db = app.OpenStore();
        var line = await db.AuditEntries.SingleAsync(a => a.EventCode == e.Code && a.Reason == AuditReason.PledgeBook, Cancellation);
        Assert.Equal(5, line.Count);
    }

    [Fact]
    public async Task The_book_of_a_class_holds_that_class_alone_and_is_in_the_readers_language()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization, language: "en");
        await phone.SignedAsync(e, "陈思雨", "陈强");
        await phone.SignAsync(e.Code, Signing.Alone("volunteer", name: "何志愿"));

        var address = $"/organize/events/{e.Code}/records/book.pdf?class=";
        using var pdf = Document.Open(await ReadAsync(desk, address + e.Primary));

        var text = string.Concat(pdf.GetPages().Select(page => page.Text));
        Assert.Contains("陈思雨", text, StringComparison.Ordinal);
        Assert.DoesNotContain("何志愿", text, StringComparison.Ordinal);
        // Of the texts those that somebody in it signed: "Role, version n".
        Assert.DoesNotContain("Volunteer", text, StringComparison.Ordinal);
        Assert.Contains("Verification code", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await desk.GetAsync(address + "0")).StatusCode);
    }

    [Fact]
    public async Task A_long_book_is_prepared_once_lies_ready_and_goes_as_soon_as_somebody_in_it_withdraws()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        var gone = await app.Get<Receipts>().FindAsync((await phone.SignedAsync(e, "周小鱼", "周海"))["/r/".Length..], Cancellation);
        await PlantAsync(e, PledgeBook.MaxAtOnce + 1);
        var (page, address) = ($"/organize/events/{e.Code}/records/book", $"/organize/events/{e.Code}/records/book.pdf");
        var (files, wanted) = (app.Get<PreparedFiles>(), new FileWanted(PreparedKind.Book, e.Id, InterfaceLanguages.Default.Tag));

        Assert.Equal(page + "#pdf", (await desk.GetAsync(address)).Headers.Location?.OriginalString); // not before it is prepared
        await desk.SendAsync(page);
        var file = files.Find(wanted)!;
        await file.Writing;

        Assert.Contains("PDF准备好了", await desk.ReadAsync(page));
        using (var pdf = Document.Open(await ReadAsync(desk, address)))
        {
            Assert.Equal(file.Progress, (pdf.NumberOfPages, pdf.NumberOfPages));
            Assert.Contains(pdf.GetPages(), p => p.Text.Contains("周小鱼", StringComparison.Ordinal));
            Assert.Contains($"学生{PledgeBook.MaxAtOnce + 1}", pdf.GetPage(pdf.NumberOfPages).Text, StringComparison.Ordinal);
        }
        await app.Get<PledgeLedger>().WithdrawAsync(gone!.Receipt.Sequence);
        Assert.Null(files.Find(wanted));
        Assert.Null(file.Open());
        Assert.Contains("准备PDF", await desk.ReadAsync(page));
        await using var db = app.OpenStore();
        Assert.Equal(1, await db.AuditEntries.CountAsync(
            a => a.EventCode == e.Code && a.Action == AuditAction.PledgeBookPrepared, Cancellation));
    }

    [Fact]
    public async Task While_a_long_book_is_prepared_its_page_comes_again_by_itself_and_counts_no_pages_before_they_are_known()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        await phone.SignedAsync(e, "周小鱼", "周海");
        await PlantAsync(e, PledgeBook.MaxAtOnce + 1);
        var page = $"/organize/events/{e.Code}/records/book";
        var (files, wanted) = (app.Get<PreparedFiles>(), new FileWanted(PreparedKind.Book, e.Id, InterfaceLanguages.Default.Tag));
        var (planned, over) = (new TaskCompletionSource(), new TaskCompletionSource());
        files.Start(wanted, async (_, drawn, ended) =>
        {
            await planned.Task.WaitAsync(ended);
            drawn(3, 240);
            await over.Task.WaitAsync(ended);
            return null;
        });

        var before = await desk.ReadAsync(page);
        planned.SetResult();
        await Wait.UntilAsync(() => files.Find(wanted)!.Progress.All > 0, "the pages are counted");
        var during = await desk.ReadAsync(page);
        over.SetResult();
        await files.Find(wanted)!.Writing;

        Assert.Contains("正在准备", before, StringComparison.Ordinal);
        Assert.DoesNotContain("0／0", before, StringComparison.Ordinal);
        Assert.Contains("3／240页", during, StringComparison.Ordinal);
        // Without an address the browser goes to the one it has, with its fragment, which loads nothing.
        Assert.All([before, during], text => Assert.Contains($"content=\"3; url={page}\"", text, StringComparison.Ordinal));
        Assert.DoesNotContain("http-equiv=\"refresh\"", await desk.ReadAsync(page), StringComparison.Ordinal);
    }

    private async Task PlantAsync(SeededEvent e, int count)
    {
        await using var db = app.OpenStore();
        var like = await db.Pledges.AsNoTracking().FirstAsync(p => p.EventId == e.Id, Cancellation);
        var first = Math.Min(0, await db.Pledges.MinAsync(p => p.Sequence, Cancellation));
        db.Pledges.AddRange(Enumerable.Range(1, count).Select(i => new Pledge
        {
            Sequence = first - count + i - 1, // before all others, so that the ledger's own numbers go on
            Key = Guid.CreateVersion7().ToByteArray(bigEndian: true),
            EventId = e.Id,
            ClassId = e.OtherPrimary,
            Role = SignerRole.Student,
            TextId = like.TextId,
            Name = $"学生{i}",
            Number = 1000 + i,
            SignedAt = like.SignedAt,
            Signers = 1,
        }));
        await db.SaveChangesAsync(Cancellation);
        app.Get<EventSequences>().Extend(e.Id, first - count, first - 1);
    }

    /// <summary>Whatever a name is, its row has the same height, and nothing is left of it.</summary>
    [Fact]
    public void A_full_page_of_the_longest_names_stays_one_page_and_small()
    {
        var names = new[] { new string('赵', 60), "Abdurrahman " + new string('w', 48), "王小明", "买买提·艾合买提·阿卜杜拉·" + new string('提', 46) };
        using var drawing = new BookDrawing(new BookFrame("活动", ["序号", "姓名", "身份", "签名", "签名时间", "核验码"], "核验", (a, b) => $"{a}／{b}"));
        using var file = new MemoryStream();
        var ink = Strokes.Decode(Ink.Draw([(100, 100), (400, 300), (800, 120)]));
        BookRow[] rows = [.. Enumerable.Range(1, BookDrawing.MaxRows).Select(i => new BookRow(
            $"{i}", names[i % 4], "志愿者／社区", "其他监护人或亲属", ink, "", "2026-07-17 09:00", "班级接力", "ABCDEFGHJK12"))];

        PdfDocument.Write(file, new PdfProperties("册", "zh-CN", DateTimeOffset.UnixEpoch),
            [PdfPage.A4(canvas => drawing.DrawRows(canvas, "班", rows))], cancellationToken: TestContext.Current.CancellationToken);

        file.Position = 0;
        using var pdf = Document.Open(file);
        var text = pdf.GetPage(1).Text;
        Assert.Equal(4 * 60, text.Count(letter => letter == '赵'));
        Assert.InRange(file.Length, 1, 60_000);
    }

    private static async Task<byte[]> ReadAsync(DeskVisitor desk, string address)
    {
        var answer = await desk.GetAsync(address);
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadAsByteArrayAsync(Cancellation);
    }

    [GeneratedRegex("[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")]
    private static partial Regex Code();
}

public sealed class BookPdfOnSqliteTests(CampaignApp app) : BookPdfTests(app), IClassFixture<CampaignApp>;

public sealed class BookPdfOnPostgresTests(PostgresApp app) : BookPdfTests(app.Required), IClassFixture<PostgresApp>;
