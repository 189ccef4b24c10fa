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

    [Fact]
    public async Task Two_taps_delete_the_names_and_leave_the_count()
    {
        var e = await App.SeedEventAsync();
        var page = await ReceiptAsync(e);

        await page.GetByText("删除个人信息").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "删除个人信息" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "个人信息已删除" })).ToBeVisibleAsync();
        await AccessibleAsync(page);
        await Expect(page.GetByText("王小明")).ToBeHiddenAsync();
        using var anyone = App.CreateClient();
        Assert.Equal(2, await anyone.PeopleAsync(e.Code));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_mistyped_name_is_set_right_after_a_mistake_with_or_without_a_script(bool script)
    {
        var e = await App.SeedEventAsync();
        var page = await ReceiptAsync(e, with => with.JavaScriptEnabled = script);
        await page.GetByText("更正姓名或班级").ClickAsync();
        await page.GetByLabel("学生的姓名").FillAsync("王晓明😀");
        await page.GetByLabel("班级", new() { Exact = true }).SelectOptionAsync($"{e.OtherPrimary}");
        await page.GetByRole(AriaRole.Button, new() { Name = "保存更正" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("姓名里有不能用的符号");
        await Expect(page.GetByLabel("班级", new() { Exact = true })).ToHaveValueAsync($"{e.OtherPrimary}");
        if (script) // axe is one
            await AccessibleAsync(page);
        await page.GetByLabel("学生的姓名").FillAsync("王晓明");
        await page.GetByRole(AriaRole.Button, new() { Name = "保存更正" }).ClickAsync();

        await Expect(page.GetByText("更正过")).ToBeVisibleAsync();
        await Expect(page.GetByText("王晓明").First).ToBeVisibleAsync();
        await Expect(page.GetByText("五（2）班")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task By_keyboard_alone_a_pledge_is_withdrawn()
    {
        var page = await ReceiptAsync(await App.SeedEventAsync());
        await ReachAsync(page.Locator("summary", new() { HasText = "撤回承诺" }));
        await page.Keyboard.PressAsync("Enter");
        await ReachAsync(page.GetByRole(AriaRole.Button, new() { Name = "撤回并删除" }));
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "承诺已撤回" })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en-GB")]
    public async Task In_every_state_the_receipt_fits_the_phone_and_keeps_nobody_out(string language)
    {
        var e = await App.SeedEventAsync();
        using var phone = App.CreateClient();
        var (signed, erased, invalid, withdrawn) =
            (await phone.SignedAsync(e), await phone.SignedAsync(e), await phone.SignedAsync(e), await phone.SignedAsync(e));
        await phone.PostAsync(erased + "?handler=Erase", null, TestContext.Current.CancellationToken);
        await phone.PostAsync(withdrawn + "?handler=Withdraw", null, TestContext.Current.CancellationToken);
        await App.InvalidateAsync(invalid);
        var page = await PhoneAsync(with => with.Locale = language);

        foreach (var address in new[] { signed, signed + "/correct", signed + "/data", erased, erased + "/data", invalid, withdrawn })
        {
            await page.GotoAsync(address);
            foreach (var summary in await page.Locator("summary").AllAsync())
                await summary.ClickAsync();
            await AccessibleAsync(page);
            await NoSidewaysAsync(page);
        }
    }

    [Fact]
    public async Task Every_certificate_that_was_refused_at_once_says_that_it_comes_and_comes()
    {
        var e = await App.SeedEventAsync();
        using var phone = App.CreateClient();
        var request = Signing.Request(e.Primary,
            [Signing.Signer("student", "王小明"), Signing.Signer("student", "王小红"), Signing.Signer("guardian", "王芳", "mother")],
            guardianConsents: true);
        var receipt = $"/r/{(await (await phone.SignAsync(e.Code, request)).JsonAsync())["receipt"]}";
        var page = await PhoneAsync(with => with.ViewportSize = new ViewportSize { Width = 390, Height = 2400 });
        var refused = 0;
        var isBusy = true;
        await page.RouteAsync("**/certificate.png*", async route =>
        {
            if (isBusy)
            {
                await route.FulfillAsync(new() { Status = 503, Headers = new Dictionary<string, string> { ["Retry-After"] = "1" } });
                Interlocked.Increment(ref refused);
            }
            else
                await route.ContinueAsync();
        });
        await page.RouteAsync("**/dist/ReceiptPage*.js", async route =>
        {
            await Wait.UntilAsync(() => Volatile.Read(ref refused) >= 2, "both were refused"); // before the script hears of it
            await route.ContinueAsync();
        });

        await page.GotoAsync(receipt, new() { WaitUntil = WaitUntilState.Commit });

        await Expect(page.GetByText("现在要证书的人多")).ToHaveCountAsync(2);
        isBusy = false;
        await page.WaitForFunctionAsync(
            "() => [...document.querySelectorAll('.certificate img')].filter(it => it.naturalWidth > 0 && !it.hidden).length === 2");
        await Expect(page.GetByText("现在要证书的人多")).ToHaveCountAsync(0);
    }

    /// <summary>Presses Tab until the focus is where it should be.</summary>
    private static async Task ReachAsync(ILocator target)
    {
        for (var presses = 0; presses < 50; presses++)
        {
            if (await target.EvaluateAsync<bool>("it => it === document.activeElement"))
                return;
            await target.Page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"Tab does not lead to {target}.");
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
