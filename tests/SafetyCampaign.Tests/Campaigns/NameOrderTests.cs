using System.Globalization;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Campaigns;

/// <summary>Names are listed as a Chinese reader looks for them, whatever the language of the page.</summary>
public sealed class NameOrderTests
{
    // By code it would be: 3, 12, Anna Li, zhang wei, 何, 刘, 周, 孙, 张, 曹, 李, 欧, 王, 赵, 钱, 阿, 陈, 黎.
    private static readonly string[] Sorted =
    [
        "3", "12", "阿依古丽·买买提", "曹静", "陈思雨", "何老师", "黎明", "李雷", "李思雨", "刘洋", "欧阳小溪", "钱七", "孙悦", "王芳", "王小明",
        "张伟", "赵小雨", "周小鱼", "Anna Li", "zhang wei",
    ];

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void Chinese_names_are_sorted_by_pinyin_before_those_in_other_scripts(string language)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(language);
            Assert.Equal(Sorted, Sorted.Order(StringComparer.Ordinal).Order(NameOrder.Instance));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Schools_that_are_numbered_go_by_their_number()
    {
        string[] schools = ["滨江区第一小学", "滨江区第二小学", "滨江区第九小学", "滨江区第十小学", "滨江区第二十一小学"];

        Assert.Equal(schools, schools.Order(StringComparer.Ordinal).Order(NameOrder.Instance));
    }

    [Fact]
    public void No_two_names_that_differ_share_a_place()
    {
        string[] alike = ["王小明", "王 小明", "Anna", "anna", "007", "7"];

        foreach (var one in alike)
            foreach (var other in alike.Where(other => other != one))
                Assert.Equal(
                    (one, other, true), (one, other, NameOrder.Instance.Compare(one, other) * NameOrder.Instance.Compare(other, one) < 0));
    }
}
