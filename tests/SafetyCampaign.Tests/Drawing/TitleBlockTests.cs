using SafetyCampaign.Drawing;

namespace SafetyCampaign.Tests.Drawing;

/// <summary>Titles of events, on covers and reports.</summary>
public sealed class TitleBlockTests
{
    [Theory]
    [InlineData("2026年大塘冲社区暑期防溺水宣传活动", "2026年|大塘冲社区|暑期|防溺水|宣传|活动")]
    [InlineData("珍爱生命，预防溺水——全区中小学生安全教育主题班会", "珍爱生命，|预防溺水——|全区|中小学生|安全教育|主题|班会")]
    [InlineData("第三届“平安暑假”进校园启动仪式", "第三届|“平安暑假”|进校园|启动仪式")]
    [InlineData("Summer water-safety day 2026", "Summer |water-|safety |day |2026")]
    public void A_line_ends_between_phrases_and_never_within_a_known_word(string title, string phrases)
    {
        var allowed = new HashSet<int>();
        var at = 0;
        foreach (var phrase in phrases.Split('|'))
            allowed.Add(at += phrase.Length);

        Assert.Equal(title, string.Concat(TitlePhrases.Of(title)));
        at = 0;
        foreach (var phrase in TitlePhrases.Of(title))
            Assert.True(allowed.Contains(at += phrase.Length), $"{title} breaks after {phrase}.");
    }

    [Fact]
    public void Lines_are_of_about_one_length_and_whatever_is_written_fits()
    {
        var block = TitleBlock.Fit("2026年大塘冲社区暑期防溺水宣传活动", Fonts.SemiBold, 500, 150, 38);
        Assert.Equal((2, 38f), ((int)MathF.Round(block.Height / (block.Size * TextBlock.LineHeight)), block.Size));
        Assert.True(block.Width < 420, $"{block.Width}"); // the two lines share what one has not room for
        foreach (var title in new[] { "x", "长", new string('长', 80), new string('w', 80), "，。，。", "“”（）" })
        {
            var fitted = TitleBlock.Fit(title, Fonts.SemiBold, 500, 150, 38);
            Assert.True(fitted.Width <= 500.5f && fitted.Height <= 150.5f, $"{title}: {fitted.Width} x {fitted.Height}");
        }
    }
}
