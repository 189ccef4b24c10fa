using SafetyCampaign.Drawing.Pdf;
using SafetyCampaign.Drawing.Poster;
using SkiaSharp;
using Document = UglyToad.PdfPig.PdfDocument;

namespace SafetyCampaign.Tests.Drawing;

/// <summary>The poster as it is printed.</summary>
public sealed class PosterDrawingTests
{
    private const string Address = "https://PLEDGE.EXAMPLE/E/ABC123?c=12";

    private static readonly PosterContent Poster = new()
    {
        Lead = "我们承诺",
        Promise = "每一个孩子，都平安回家",
        Title = "2026年暑期防溺水宣传活动暨心肺复苏现场教学（大塘冲社区专场）",
        Facts = ["2026年7月17日 星期五 09:00–11:00", "大塘冲社区文化广场（雨天改在小学礼堂）"],
        Call = "扫码签承诺，和孩子一起",
        Class = "大塘冲小学 五（1）班",
        How = "不用注册，不用下载，一分钟签好",
        ByHand = [("或打开", "pledge.example"), ("输入活动码", "ABC123")],
        Hosts = ["主办　大塘冲社区、贺家土街道办事处", "协办　绿舟应急救援队、社区卫生服务中心"],
        Logos = [],
        Address = Address,
    };

    [Theory]
    [InlineData(false, 595.276, 841.89)]
    [InlineData(true, 841.89, 1190.551)]
    public async Task A_phone_reads_its_code_and_its_text_can_be_copied(bool isA3, double width, double height)
    {
        var page = PosterDrawing.PageOf(Poster, isA3);
        using var file = new MemoryStream();
        PdfDocument.Write(file, new PdfProperties("海报", "zh-CN", DateTimeOffset.UnixEpoch), [page],
            cancellationToken: TestContext.Current.CancellationToken);

        file.Position = 0;
        using var pdf = Document.Open(file);
        Assert.Equal(width, pdf.GetPage(1).Width, 0.5);
        Assert.Equal(height, pdf.GetPage(1).Height, 0.5);
        Assert.Contains("都平安回家", pdf.GetPage(1).Text, StringComparison.Ordinal);
        Assert.Contains("大塘冲小学", pdf.GetPage(1).Text, StringComparison.Ordinal);
        Assert.Equal(Address, await QrReader.ReadPngAsync(Rendered(page)));
    }

    private static byte[] Rendered(PdfPage page)
    {
        using var bitmap = new SKBitmap((int)page.Width, (int)page.Height);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        page.Draw(canvas);
        return bitmap.Encode(SKEncodedImageFormat.Png, 100).ToArray();
    }
}
