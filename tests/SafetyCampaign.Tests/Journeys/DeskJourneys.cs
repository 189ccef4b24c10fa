using Microsoft.Playwright;
using SafetyCampaign.Organizing.SetUp;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>An organizer whose mouse is broken: everything by Tab, typing and Enter.</summary>
public sealed class DeskJourneys(Browser browser) : Journey(browser)
{
    [Fact]
    public async Task From_the_first_start_to_the_poster_by_keyboard_alone()
    {
        var page = await DeskAsync();
        await page.GotoAsync((await App.Get<SetUpInvitation>().PathAsync(TestContext.Current.CancellationToken))!);
        await AccessibleAsync(page);

        await TypeAsync(page.GetByLabel("你所在的组织"), "大塘冲社区");
        await TypeAsync(page.GetByLabel("用户名"), "王老师");
        await TypeAsync(page.Locator("#Password"), "four unrelated words");
        await TypeAsync(page.Locator("#Repeated"), "four unrelated words");
        await PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "创建并进入" }));

        await PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "从模板新建" }));
        await TypeAsync(page.GetByLabel("地点"), "社区广场");
        // The parts of a date field are the browser's own; what matters is that Tab reaches it.
        await ReachAsync(page.GetByLabel("开始", new() { Exact = true }));
        await page.GetByLabel("开始", new() { Exact = true }).FillAsync("2027-07-17T09:00");
        await ReachAsync(page.GetByLabel("结束", new() { Exact = true }));
        await page.GetByLabel("结束", new() { Exact = true }).FillAsync("2027-07-17T11:00");
        await PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "创建活动" }));

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "暑期防溺水宣传活动" })).ToBeVisibleAsync();
        await PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "开始演练" }));
        await PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "开始演练" }));
        await Expect(page.Locator("h1 .badge")).ToHaveTextAsync("演练");

        await PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "开放签名" }));
        await PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "现在写上" }));
        await TypeAsync(page.GetByLabel("负责人"), "张老师（示例）");
        await TypeAsync(page.GetByLabel("联系方式"), "000-0000-0000");
        await ReachAsync(page.GetByRole(AriaRole.Button, new() { Name = "保存为新版本" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".notice.success")).ToBeVisibleAsync(); // the same address
        await PressAsync(page.Locator("a.back"));
        await PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "开放签名" }));
        var code = page.Url.Split('/')[^2];
        await TypeAsync(page.GetByLabel("活动码"), code);
        await PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "开放签名" }));
        await Expect(page.Locator("h1 .badge")).ToHaveTextAsync("签名中");

        using (var phone = App.CreateClient())
            await phone.SignAsync(code, Signing.Alone("teacher"));
        await PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "打印海报" }));
        await Expect(page.Locator(".code")).ToHaveTextAsync(code);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "暑期防溺水宣传活动" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_first_press_of_tab_offers_to_skip_to_the_content()
    {
        var e = await App.SeedEventAsync();
        var page = await DeskAsync();
        await SignInAsync(page, e);
        await page.GotoAsync($"/organize/events/{e.Code}");

        await page.Keyboard.PressAsync("Tab");

        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "跳到正文" })).ToBeFocusedAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "跳到正文" })).ToBeInViewportAsync();
    }

    private static async Task TypeAsync(ILocator field, string text)
    {
        await ReachAsync(field);
        await field.Page.Keyboard.PressAsync("Control+A");
        await field.Page.Keyboard.InsertTextAsync(text);
    }

    private static async Task PressAsync(ILocator what)
    {
        await ReachAsync(what);
        var before = what.Page.Url;
        await what.Page.Keyboard.PressAsync("Enter");
        await what.Page.WaitForURLAsync(url => url != before);
    }

    /// <summary>Presses Tab until the focus is where it should be, and can be seen there.</summary>
    private static async Task ReachAsync(ILocator target)
    {
        await target.WaitForAsync();
        for (var presses = 0; presses < 100; presses++)
        {
            if (await target.EvaluateAsync<bool>("it => it === document.activeElement"))
            {
                await Expect(target).ToBeInViewportAsync();
                return;
            }
            await target.Page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"Tab does not lead to {target}.");
    }
}
