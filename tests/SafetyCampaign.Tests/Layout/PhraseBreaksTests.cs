using System.Text.Encodings.Web;
using System.Text.Unicode;
using SafetyCampaign.Layout;

namespace SafetyCampaign.Tests.Layout;

public sealed class PhraseBreaksTests
{
    [Theory]
    [InlineData("每一个孩子，都平安回家", "每一个孩子，<wbr>都平安回家")]
    [InlineData("社区“珍爱生命、预防溺水”活动", "社区<wbr>“珍爱生命、<wbr>预防溺水”<wbr>活动")]
    [InlineData("报告厅（二楼）。", "报告厅<wbr>（二楼）。")]
    [InlineData("一|二", "一|二")]
    [InlineData("a<b.org", "a&lt;b.<wbr>org")]
    [InlineData("", "")]
    public void Text_breaks_between_its_phrases_and_stays_text(string text, string html)
    {
        using var written = new StringWriter();
        PhraseBreaks.At(text).WriteTo(written, HtmlEncoder.Create(UnicodeRanges.All));

        Assert.Equal(html, written.ToString());
    }
}
