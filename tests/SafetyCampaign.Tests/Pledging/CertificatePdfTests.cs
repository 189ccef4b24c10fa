using System.Net;
using SafetyCampaign.Drawing.Pdf;
using SafetyCampaign.Ledger;
using SafetyCampaign.Pledging;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Drawing;
using SkiaSharp;
using Document = UglyToad.PdfPig.PdfDocument;

namespace SafetyCampaign.Tests.Pledging;

/// <summary>The certificate as a page to print.</summary>
public sealed class CertificatePdfTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_one_upright_A4_page_whose_text_is_found_and_whose_code_leads_to_the_record()
    {
        var e = await app.SeedEventAsync();
        using var phone = app.CreateClient();
        var receipt = await phone.SignedAsync(e, "买买提·艾合买提", "欧阳静澜");
        var signed = (await app.Get<Receipts>().FindAsync(receipt["/r/".Length..], Cancellation))!;

        using var answer = await phone.GetAsync(receipt + "/certificate.pdf", Cancellation);

        Assert.Equal("application/pdf", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        var file = await answer.Content.ReadAsByteArrayAsync(Cancellation);
        Assert.InRange(file.Length, 5_000, 400_000);
        using var pdf = Document.Open(file);
        var page = Assert.Single(pdf.GetPages());
        Assert.Equal((595, 842), ((int)Math.Round(page.Width), (int)Math.Round(page.Height)));
        Assert.Contains("买买提·艾合买提", page.Text, StringComparison.Ordinal);
        Assert.Contains(signed.Receipt.Verification, page.Text, StringComparison.Ordinal);
        Assert.Contains("电子承诺记录", page.Text, StringComparison.Ordinal);
        var certificate = app.Get<CertificateWriter>().Write(signed, (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!);
        Assert.Equal(certificate.VerificationAddress, await QrReader.ReadPngAsync(Rendered(CertificatePage.Of(certificate))));
        Assert.Contains("certificate.pdf", await phone.GetStringAsync(receipt, Cancellation), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NotFound, (await phone.GetAsync(receipt + "/certificate.pdf?child=2", Cancellation)).StatusCode);
        await app.Get<PledgeLedger>().EraseAsync(signed.Receipt.Sequence);
        Assert.Equal(HttpStatusCode.NotFound, (await phone.GetAsync(receipt + "/certificate.pdf", Cancellation)).StatusCode);
    }

    private static byte[] Rendered(PdfPage page)
    {
        using var bitmap = new SKBitmap((int)(2 * page.Width), (int)(2 * page.Height));
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Scale(2);
            page.Draw(canvas);
        }
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
