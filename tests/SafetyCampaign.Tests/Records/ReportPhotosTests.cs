using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk.Prepared;
using SafetyCampaign.Storage;
using SkiaSharp;
using Document = UglyToad.PdfPig.PdfDocument;

namespace SafetyCampaign.Tests.Records;

/// <summary>Photos of the event in its report: with consent, without metadata, for those who may read it, until they are removed.</summary>
public abstract class ReportPhotosTests(CampaignApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_photo_stands_in_page_and_PDF_without_its_metadata_for_those_who_may_read_the_report()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        var taken = TestPicture.WithMetadata(TestPicture.Of(SKEncodedImageFormat.Jpeg, 3_000, 1_500), "CANARY-GPS");

        var answer = await UploadAsync(desk, e, taken, "救援队演示抛绳");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        await using var db = app.OpenStore();
        var photo = await db.ReportPhotos.SingleAsync(p => p.EventId == e.Id, Cancellation);
        Assert.Equal((1_600, 800), (photo.Width, photo.Height));
        Assert.DoesNotContain("CANARY-GPS", Encoding.Latin1.GetString(photo.Bytes));
        var address = $"{Photos(e)}/{photo.Id}";
        var page = WebUtility.HtmlDecode(await desk.ReadAsync(Report(e)));
        Assert.Contains($"src=\"{address}\"", page);
        Assert.Contains("<figcaption>救援队演示抛绳</figcaption>", page);
        Assert.Equal(photo.Bytes, await (await desk.GetAsync(address)).Content.ReadAsByteArrayAsync(Cancellation));
        using (var pdf = Document.Open(await (await desk.GetAsync(Report(e) + ".pdf")).Content.ReadAsByteArrayAsync(Cancellation)))
        {
            Assert.Contains("救援队演示抛绳", string.Concat(pdf.GetPages().Select(p => p.Text)), StringComparison.Ordinal);
            Assert.Equal((1_600, 800),
                pdf.GetPages().SelectMany(p => p.GetImages()).Select(i => (i.WidthInSamples, i.HeightInSamples)).Single());
        }
        Assert.True(await db.AuditEntries.AnyAsync(a => a.EventCode == e.Code && a.Action == AuditAction.ReportPhotoAdded, Cancellation));

        var observer = await DeskVisitor.SignInAsync(app, e.Organization, OrganizerRole.Observer);
        Assert.Equal(HttpStatusCode.OK, (await observer.GetAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await observer.GetAsync(Photos(e))).StatusCode);
        var elsewhere = await app.SeedEventAsync();
        var other = await DeskVisitor.SignInAsync(app, elsewhere.Organization);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"{Photos(elsewhere)}/{photo.Id}")).StatusCode); // by another event
        var stranger = app.CreateClient();
        Assert.NotEqual(HttpStatusCode.OK, (await stranger.GetAsync(new Uri(address, UriKind.Relative), Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound,
            (await stranger.GetAsync(new Uri($"/e/{e.Code}/pictures/{photo.Id}", UriKind.Relative), Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Without_consent_or_caption_or_picture_nothing_is_kept_and_it_is_said_why()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        var photo = TestPicture.Of(SKEncodedImageFormat.Jpeg, 40, 30);

        foreach (var (bytes, caption, consent, said) in new[]
        {
            (photo, "演示抛绳", false, "请先取得照片里的人同意"),
            (photo, "", true, "Form_Caption-error"),
            (photo, new string('长', 61), true, "Form_Caption-error"),
            ([], "演示抛绳", true, "请先选一张照片"),
            ("<svg onload=alert(1)>"u8.ToArray(), "演示抛绳", true, "读不出这张照片"),
            (new byte[11 * 1024 * 1024], "演示抛绳", true, "照片超过10MB"),
        })
        {
            var page = await DeskVisitor.TextAsync(await UploadAsync(desk, e, bytes, caption, consent));
            Assert.Contains(said, page);
            Assert.Contains($"value=\"{caption}\"", page);
        }
        await using var db = app.OpenStore();
        Assert.False(await db.ReportPhotos.AnyAsync(p => p.EventId == e.Id, Cancellation));
    }

    [Fact]
    public async Task There_are_a_few_and_one_that_is_removed_is_gone_from_the_archive_that_was_made_too()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        for (var i = 0; i < ReportPhoto.MaxPhotos; i++)
            await UploadAsync(desk, e, TestPicture.Of(SKEncodedImageFormat.Webp, 40, 30), $"照片之{i}");
        var full = await desk.ReadAsync(Photos(e));
        Assert.DoesNotContain("type=\"file\"", full);
        Assert.Contains("photos/01.jpg", (await ArchiveTests.MakeAsync(app, desk, e)).Keys);
        await using var db = app.OpenStore();
        var first = await db.ReportPhotos.Where(p => p.EventId == e.Id).OrderBy(p => p.Id).Select(p => p.Id).FirstAsync(Cancellation);

        await desk.SendAsync(Photos(e) + "?handler=Remove", ("photo", $"{first}"));

        Assert.Equal(ReportPhoto.MaxPhotos - 1, await db.ReportPhotos.CountAsync(p => p.EventId == e.Id, Cancellation));
        Assert.Empty(app.Get<PreparedFiles>().Ready(new HashSet<int> { e.Id }));
        Assert.True(await db.AuditEntries.AnyAsync(a => a.EventCode == e.Code && a.Action == AuditAction.ReportPhotoRemoved, Cancellation));
        Assert.DoesNotContain("照片之0", WebUtility.HtmlDecode(await desk.ReadAsync(Report(e))));
    }

    [Fact]
    public async Task Once_the_campaign_is_erased_no_photo_is_taken_any_more()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        await using var db = app.OpenStore();
        await db.Campaigns.Where(c => c.Id == e.CampaignId)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.ErasedAt, DateTimeOffset.UtcNow), Cancellation);

        Assert.Contains("不能再上传照片", WebUtility.HtmlDecode(await desk.ReadAsync(Photos(e))));
    }

    private static string Report(SeededEvent e) => $"/organize/events/{e.Code}/records/report";

    private static string Photos(SeededEvent e) => Report(e) + "/photos";

    private static Task<HttpResponseMessage> UploadAsync(
        DeskVisitor desk, SeededEvent e, byte[] photo, string caption, bool consent = true) =>
        desk.UploadAsync(Photos(e), new ByteArrayContent(photo), photo.Length == 0 ? "" : "photo.jpg", "Form.Photo",
            ("Form.Caption", caption), ("Form.Consent", consent ? "true" : "false"));
}

public sealed class ReportPhotosOnSqliteTests(CampaignApp app) : ReportPhotosTests(app), IClassFixture<CampaignApp>;

public sealed class ReportPhotosOnPostgresTests(PostgresApp app) : ReportPhotosTests(app.Required), IClassFixture<PostgresApp>;
