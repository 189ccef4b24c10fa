using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>What a family does later with its receipt, on a small phone in WeChat.</summary>
public sealed class ReceiptJourneys(Browser browser) : Journey(browser)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_taps_withdraw_a_pledge_with_or_without_a_script(bool script)
    {
        var e = await App.SeedEventAsync();
        var page = await ReceiptAsync(e, with => with.JavaScriptEnabled = script);

        await page.GetByText("撤回承诺").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "撤回并删除" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "承诺已撤回" })).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByText("王小明")).ToBeHiddenAsync();
        using var anyone = App.CreateClient();
        Assert.Equal(0, await anyone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task My_data_is_saved_as_a_file_where_the_browser_can()
    {
        var page = await ReceiptAsync(await App.SeedEventAsync());
        await page.GetByText("下载我的数据").ClickAsync();

        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "下载为文件" }).ClickAsync());

        Assert.Matches(@"^pledge-[0-9A-Z-]+\.json$", file.SuggestedFilename);
        Assert.Contains("王小明", await File.ReadAllTextAsync(await file.PathAsync(), TestContext.Current.CancellationToken));
    }

    private async Task<IPage> ReceiptAsync(SeededEvent e, Action<BrowserNewContextOptions>? with = null)
    {
        using var phone = App.CreateClient();
        var receipt = await phone.SignedAsync(e);
        var page = await PhoneAsync(with);
        await page.GotoAsync(receipt);
        return page;
    }
}
