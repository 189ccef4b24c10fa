using Microsoft.Playwright;

namespace SafetyCampaign.Tests.Journeys;

public sealed class TemporaryPictures(Browser browser) : Journey(browser)
{
    [Fact]
    public async Task Look()
    {
        var e = await App.SeedEventAsync();
        Directory.CreateDirectory(Path.Combine(App.DataDirectory, "before-restore-20270101T000000Z"));
        foreach (var (locale, name) in new[] { ("zh-CN", "zh"), ("en", "en") })
        {
            foreach (var (width, height) in new[] { (390, 844), (1440, 900) })
            {
                var page = await DeskAsync(options => options.ViewportSize = new ViewportSize { Width = width, Height = height });
                await SignInAsync(page, e);
                await page.Context.AddCookiesAsync([new Cookie { Name = "lang", Value = $"c={locale}|uic={locale}", Url = App.Address.ToString() }]);
                await page.GotoAsync("/organize/retention");
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = $"/tmp/retention-{name}-{width}.png", FullPage = true });
                await AccessibleAsync(page);
                await NoSidewaysAsync(page);
            }
        }
    }
}
