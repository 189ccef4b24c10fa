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
}
