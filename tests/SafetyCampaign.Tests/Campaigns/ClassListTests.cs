using System.Globalization;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Campaigns;

public sealed class ClassListTests
{
    private static readonly CultureInfo Chinese = new("zh-CN");

    [Theory]
    [InlineData("七1 48, 七2 50", "七（1）班 48|七（2）班 50")]
    [InlineData("七（1）班 48\n七（2）班\n\n五（1）班45人", "七（1）班 48|七（2）班|五（1）班 45")]
    [InlineData("大一班 30、大二班、2024级护理3班 41，实验班 38", "大（1）班 30|大（2）班|2024级护理3班 41|实验班 38")]
    [InlineData("七（1）班\t48\n七（2）班\t50", "七（1）班 48|七（2）班 50")]
    [InlineData("年级\t班级\t人数\n七年级\t1班\t48\n七年级\t2\t50\n高一\t3", "七（1）班 48|七（2）班 50|高一（3）班")]
    [InlineData("七（1）班：48人；七（2）班（50人）", "七（1）班 48|七（2）班 50")]
    [InlineData("七年级 3个班\n大班2个班 每班30人", "七（1）班|七（2）班|七（3）班|大（1）班 30|大（2）班 30")]
    [InlineData("2024级护理 2个班，45", "2024级护理1班 45|2024级护理2班 45")]
    [InlineData("八 三个班，每班50人", "八（1）班 50|八（2）班 50|八（3）班 50")]
    [InlineData("大班 30\n托班25", "大班 30|托班 25")]
    [InlineData("Grade 5 Class 1, Grade 5 Class 2 40", "五（1）班|五（2）班 40")]
    [InlineData("", "")]
    public void A_pasted_list_is_read(string pasted, string read)
    {
        var list = ClassList.Read(pasted);

        Assert.Empty(list.Doubts);
        Assert.Equal(read, string.Join('|', list.Classes.Select(c => $"{c.Name.In(Chinese)} {c.Pupils}".Trim())));
    }

    [Fact]
    public void What_is_doubtful_is_named_by_its_line_and_nothing_else_is_lost()
    {
        var list = ClassList.Read(
            "七1 48\n十一班 50\n七2 500, 七3\n\n3-1\t44\n七年级\n七（1）班\n七年级 200个班\n45\n一班和二班");

        Assert.Equal(["1 七（1）班 48", "3 七（3）班 "], list.Classes.Select(c => $"{c.Line} {c.Name.In(Chinese)} {c.Pupils}"));
        Assert.Equal(
            [
                (2, "十一班 50", ClassDoubt.Ambiguous), (3, "七2 500", ClassDoubt.Pupils), (5, "3-1", ClassDoubt.LooksLikeDate),
                (6, "七年级", ClassDoubt.NoNumber), (7, "七（1）班", ClassDoubt.Twice), (8, "七年级 200个班", ClassDoubt.OutOfRange),
                (9, "45", ClassDoubt.Pupils), (10, "一班和二班", ClassDoubt.Unreadable),
            ],
            list.Doubts.Select(d => (d.Line, d.Text, d.Why)));
    }
}
