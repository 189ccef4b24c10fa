using SafetyCampaign.Drawing;
using SafetyCampaign.Drawing.Pdf;
using SafetyCampaign.Drawing.Slips;
using Document = UglyToad.PdfPig.PdfDocument;

namespace SafetyCampaign.Tests.Drawing;

/// <summary>A take-home slip as it is printed.</summary>
public sealed class SlipDrawingTests
{
    [Theory]
    [InlineData("pledge.example.cn/s/")]
    [InlineData("safety-campaign.education.zhuzhou-hetang.example.cn/s/")]
    public void Its_code_stands_on_one_line_after_whatever_address(string address)
    {
        var words = new SlipWords("防溺水承诺回家单", "大塘冲小学", "暑期防溺水宣传活动", "五（1）班1号", null, "扫码，和孩子一起在手机上签", "或打开",
            address, "6RH0-Q0PM-S8MN", "8月31日20:00前签", "自愿参加，不签没有任何影响。", "回执",
            "主办方：大塘冲社区", [], "", "签在这里。", ["学生签名", "家长签名", "日期"]);
        using var file = new MemoryStream();
        PdfDocument.Write(file, new PdfProperties("回家单", "zh-CN", DateTimeOffset.UnixEpoch),
            [PdfPage.A4(canvas => SlipDrawing.Draw(canvas, [(words, new QrDrawing("https://PLEDGE.EXAMPLE.CN/S/6RH0Q0PMS8MN"))]))],
            cancellationToken: TestContext.Current.CancellationToken);

        using var pdf = Document.Open(file.ToArray());

        var lines = pdf.GetPage(1).Letters.GroupBy(letter => Math.Round(letter.StartBaseLine.Y))
            .Select(line => string.Concat(line.OrderBy(letter => letter.StartBaseLine.X).Select(letter => letter.Value))).ToList();
        Assert.Contains("6RH0-Q0PM-S8MN", lines);
        Assert.Contains("防溺水承诺回家单大塘冲小学", lines.Select(line => line.Replace("　", "", StringComparison.Ordinal)));
    }
}
