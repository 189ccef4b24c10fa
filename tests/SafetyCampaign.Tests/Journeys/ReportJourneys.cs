using SafetyCampaign.Desk;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>The activity report as a page, which is printed as it stands.</summary>
public sealed class ReportJourneys(Browser browser) : Journey(browser)
{
    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en-GB")]
    public async Task The_numbers_of_the_classes_are_no_wider_than_the_paper_and_break_no_word(string language)
    {
        var e = await App.SeedEventAsync();
        var page = await DeskAsync();
        await SignInAsync(page, e);
        await page.GotoAsync($"{DeskRoutes.Report(e.Code)}?lang={language[..2]}");

        Assert.Equal(0, await page.Locator(".wide").EvaluateAsync<int>("it => it.scrollWidth - it.clientWidth"));
        // A heading of one word stands on one line.
        var lines = await page.Locator(".numbers thead th").EvaluateAllAsync<int[]>(
            "them => them.filter(it => !/\\s/.test(it.textContent.trim())).map(it => { const r = document.createRange(); "
            + "r.selectNodeContents(it); return r.getClientRects().length; })");
        Assert.NotEmpty(lines);
        Assert.All(lines, count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task A_number_stands_on_one_line_beside_the_longest_name_of_a_school()
    {
        var e = await App.SeedEventAsync();
        var page = await DeskAsync();
        await SignInAsync(page, e);
        await page.GotoAsync(DeskRoutes.Report(e.Code));

        var lines = await page.Locator(".numbers tbody").EvaluateAsync<int[]>(
            """
            body => {
              for (const name of body.querySelectorAll('th'))
                name.textContent = '株洲市第二十四中学附属贺家土学校（21个班）';
              return [...body.querySelectorAll('td')].map(cell => {
                cell.textContent = '1940';
                const text = document.createRange();
                text.selectNodeContents(cell);
                return text.getClientRects().length;
              });
            }
            """);

        Assert.NotEmpty(lines);
        Assert.All(lines, count => Assert.Equal(1, count));
        Assert.Equal(0, await page.Locator(".wide").EvaluateAsync<int>("it => it.scrollWidth - it.clientWidth"));
    }
}
