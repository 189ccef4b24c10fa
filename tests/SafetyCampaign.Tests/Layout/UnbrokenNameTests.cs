using System.Text.Encodings.Web;
using System.Text.Unicode;
using SafetyCampaign.Layout;

namespace SafetyCampaign.Tests.Layout;

public sealed class UnbrokenNameTests
{
    [Theory]
    [InlineData("大塘冲小学 三（1）班纸质签名表", "三（1）班", "大塘冲小学 <span class=\"unbroken\">三（1）班</span>纸质签名表")]
    [InlineData("三（1）班", "三（1）班", "<span class=\"unbroken\">三（1）班</span>")]
    [InlineData("a<b", "b", "a&lt;<span class=\"unbroken\">b</span>")]
    [InlineData("没有班级", null, "没有班级")]
    [InlineData("没有班级", "三（1）班", "没有班级")]
    [InlineData("2024级计算机应用技术（对口升学三加二）3班", "2024级计算机应用技术（对口升学三加二）3班", "2024级计算机应用技术（对口升学三加二）3班")]
    public void The_name_in_a_text_is_kept_together_unless_it_is_wider_than_a_phone(string text, string? name, string html)
    {
        using var written = new StringWriter();
        UnbrokenName.In(text, name).WriteTo(written, HtmlEncoder.Create(UnicodeRanges.All));

        Assert.Equal(html, written.ToString());
    }
}
