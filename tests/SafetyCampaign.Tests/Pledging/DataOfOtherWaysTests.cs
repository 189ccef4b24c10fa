using System.Text.Json.Nodes;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Drawing;
using SafetyCampaign.Intake;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Schools.Paper;
using SkiaSharp;

namespace SafetyCampaign.Tests.Pledging;

/// <summary>The signers can read and take along what is kept of them, by whichever way it came.</summary>
public sealed class DataOfOtherWaysTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_signed_on_paper_has_the_picture_of_it_in_the_receipts_data_until_it_is_withdrawn()
    {
        var e = await app.SeedEventAsync();
        var pupils = await app.SeedRosterAsync(e, e.Primary, (1, "孔守仁"), (2, "丘灵犀"));
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        var (sheet, _) = await app.SeedPaperAsync(e, e.Primary, pupils, 2, rehearsal: false, RowSignedByThePupilAlone);
        using var phone = app.CreateClient();
        using var counted = await phone.PostAsync(new Uri($"/class/{secret}/sheets?sheet={sheet}", UriKind.Relative),
            new FormUrlEncodedContent([new("r0", "1"), new("d0", "withguardian"), new("n0", "孔守仁"), new("act", "count")]), Cancellation);
        await using var db = app.OpenStore();
        var sequence = db.PaperRows.Single(r => r.SheetId == sheet && r.Row == 0).Sequence!.Value;
        var receipt = (await app.Get<Receipts>().FindAsync(e.Id, sequence, Cancellation))!.Receipt.Address;

        var page = await phone.GetStringAsync(new Uri($"/r/{receipt}/data", UriKind.Relative), Cancellation);
        var pledges = await PledgesAsync(phone, receipt);
        await app.Get<PledgeLedger>().WithdrawAsync(sequence);
        var withdrawn = await PledgesAsync(phone, receipt);

        Assert.Equal(2, page.Split("src=\"data:image/jpeg;base64,").Length - 1);
        Assert.True(DarkPixels(pledges[0]!) > 500, "The pupil's ink is missing.");
        Assert.Equal(0, DarkPixels(pledges[1]!)); // the guardian's box is empty, and nothing of the row beside it is shown
        Assert.All(withdrawn, pledge => Assert.Null(pledge!["paper"]));
    }

    [Fact]
    public async Task Who_was_helped_reads_who_witnessed_it()
    {
        var e = await app.SeedEventAsync();
        var published = (await app.Get<PublishedEvents>().FindAsync(e.Code, Cancellation))!;
        var request = new SignRequest
        {
            Key = Guid.CreateVersion7(),
            TextVersions = new Dictionary<string, int> { ["volunteer"] = 1 },
            Signers = [new() { Role = "volunteer", Name = "黄秀英", Signature = Ink.Signature, Mark = true }],
            Witness = "陈志愿",
        };
        var signed = Assert.IsType<SignResult.Signed>(await app.Get<PledgeIntake>().SignAsync(
            published, request, SigningChannel.Assisted, new Voucher(VoucherKind.Organizer, 3, false), Cancellation));
        using var phone = app.CreateClient();

        var page = System.Net.WebUtility.HtmlDecode(
            await phone.GetStringAsync(new Uri($"/r/{signed.Receipt.Address}/data", UriKind.Relative), Cancellation));
        var file = await (await phone.GetAsync(
            new Uri($"/r/{signed.Receipt.Address}/data?handler=File", UriKind.Relative), Cancellation)).JsonAsync();

        Assert.Contains("见证人", page);
        Assert.Contains("陈志愿", page);
        Assert.Equal("陈志愿", (string?)file["witness"]);
    }

    private static async Task<JsonArray> PledgesAsync(HttpClient phone, string receipt) =>
        (await (await phone.GetAsync(new Uri($"/r/{receipt}/data?handler=File", UriKind.Relative), Cancellation)).JsonAsync())
            ["pledges"]!.AsArray();

    private static int DarkPixels(JsonNode pledge)
    {
        using var picture = SKBitmap.Decode(Convert.FromBase64String((string)pledge["paper"]!));
        return picture.GetPixelSpan().ToArray().Count(pixel => pixel < 100);
    }

    /// <summary>The pupil's box is full of ink, the rows above and below as well.</summary>
    private static byte[] RowSignedByThePupilAlone()
    {
        const int scale = 2, margin = 20;
        var (row, box) = (ClassSheetLayout.Row(0), ClassSheetLayout.PupilBox(0));
        using var picture = new SKBitmap(new SKImageInfo(
            (int)row.Width * scale, (int)row.Height * scale + 2 * margin, SKColorType.Gray8, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(picture))
        using (var ink = new SKPaint())
        {
            canvas.Clear(SKColors.White);
            ink.Color = SKColors.Black;
            var left = (box.Left - row.Left) * scale;
            canvas.DrawRect(left + 40, margin + 12, 60, 20, ink);
            canvas.DrawRect(0, 0, picture.Width, 8, ink);
            canvas.DrawRect(0, picture.Height - 8, picture.Width, 8, ink);
        }
        using var file = picture.Encode(SKEncodedImageFormat.Jpeg, 90);
        return file.ToArray();
    }
}
