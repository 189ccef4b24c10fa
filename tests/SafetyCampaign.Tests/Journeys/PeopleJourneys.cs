using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>The people who stand in the hall, or do not, each with the phone they have: all get through in one try.</summary>
public sealed class PeopleJourneys(Browser browser) : Journey(browser)
{
    private const string WeChatOnAnIPhone =
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 "
        + "MicroMessenger/8.0.50(0x18003237) NetType/4G Language/zh_CN";

    [Fact]
    public async Task A_grandmother_with_text_twice_as_large_signs_by_hand()
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync();
        await page.AddInitScriptAsync("addEventListener('DOMContentLoaded', () => document.documentElement.style.fontSize = '34px')");
        var family = await Signer.ScanAsync(page, e);
        await NoSidewaysAsync(page);
        await family.ChooseClassAsync(e.Primary);
        await family.ReadOnAsync();
        await family.NameAsync("学生的姓名", "阿卜杜热合曼·阿卜杜克热木");
        await family.OpenPadAsync("Student");
        foreach (var key in new[] { "取消", "重写", "撤销一笔", "完成" })
            await Expect(page.Locator("#pad").GetByRole(AriaRole.Button, new() { Name = key })).ToBeInViewportAsync(new() { Ratio = 1 });
        await family.Canvas.SignAsync();
        await family.ClosePadAsync();
        await family.ConsentAsync();
        await family.NameAsync("家长的姓名", "𠮷秀英");
        await page.GetByLabel("与孩子的关系（选填）").SelectOptionAsync("grandmother");
        await family.WriteAsync("Guardian");
        await NoSidewaysAsync(page);
        await family.Submit.ClickAsync();

        await family.ThankedAsync("1和2");
        await NoSidewaysAsync(page);
    }

    [Fact]
    public async Task A_parent_with_one_bar_of_signal_signs_in_one_try()
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync();
        page.Context.SetDefaultTimeout(60_000);
        var tools = await page.Context.NewCDPSessionAsync(page);
        await tools.SendAsync("Network.emulateNetworkConditions", new()
        {
            ["offline"] = false,
            ["latency"] = 800,
            ["downloadThroughput"] = 100_000 / 8,
            ["uploadThroughput"] = 50_000 / 8,
        });
        var family = await Signer.ScanAsync(page, e);
        await family.FillInAsync(e);
        await family.Submit.ClickAsync();

        await family.ThankedAsync("1和2");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(WeChatOnAnIPhone)]
    public async Task A_page_that_goes_to_the_background_in_the_middle_of_a_signature_keeps_it(string? wechat)
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync(with => with.UserAgent = wechat ?? with.UserAgent);
        var family = await Signer.ScanAsync(page, e);
        await family.ChooseAsync("只有家长签");
        await family.ChooseClassAsync(e.Primary);
        await family.ReadOnAsync();
        await family.NameAsync("家长的姓名", "王芳");
        await family.OpenPadAsync("Guardian");
        await family.Canvas.StrokeAsync((0.2, 0.3), (0.5, 0.5));

        await AwayAndBackAsync(page);
        await family.Canvas.StrokeAsync((0.6, 0.3), (0.8, 0.6));
        await family.ClosePadAsync();
        await AwayAndBackAsync(page);
        await family.Submit.ClickAsync();

        await family.ThankedAsync("1");
        await using var db = App.OpenStore();
        var signature = await SignaturesOf(db, e).SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, Strokes.Decode(signature.Strokes).Strokes.Count);
    }

    [Fact]
    public async Task A_father_who_reads_English_signs_with_his_child_by_the_typed_names()
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync(with => with.Locale = "en-GB");
        await page.GotoAsync($"/e/{e.Code}");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await page.GetByText("I have read it, now sign").ClickAsync();
        await page.GetByLabel("Class", new() { Exact = true }).SelectOptionAsync(e.Junior.ToString());
        await page.GetByLabel("The student’s name").FillAsync("Zoë O'Brien");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use the typed name" }).ClickAsync();
        await page.GetByLabel("I agree", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("The parent’s or guardian’s name").FillAsync("Conor O’Brien");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use the typed name" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign and submit" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Thank you" })).ToBeVisibleAsync();
        await Expect(page.Locator("#done")).Not.ToContainTextAsync(new Regex(@"\p{IsCJKUnifiedIdeographs}"));
    }

    [Fact]
    public async Task Somebody_with_a_keyboard_and_a_screen_reader_signs_without_seeing_a_thing()
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync(with => with.HasTouch = with.IsMobile = false);
        await Signer.ScanAsync(page, e);
        await AccessibleAsync(page);

        await TabToAsync(page, page.GetByRole(AriaRole.Radio, new() { Name = "家长和孩子一起签" }));
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "只有家长签" })).ToBeCheckedAsync();
        await TabToAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "读完了，去签名" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "签名", Exact = true })).ToBeFocusedAsync();
        await TabToAsync(page, page.GetByLabel("班级", new() { Exact = true }));
        await page.Keyboard.PressAsync("ArrowDown");
        await AccessibleAsync(page);

        await TabToAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "签名并提交" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByLabel("家长的姓名")).ToBeFocusedAsync();
        await Expect(page.GetByLabel("家长的姓名")).ToHaveAccessibleDescriptionAsync("请填写姓名。");
        await page.Keyboard.InsertTextAsync("王芳");
        await TabToAsync(page, page.Locator("[data-seat='Guardian']").GetByRole(AriaRole.Button, new() { Name = "用姓名代替" }));
        await page.Keyboard.PressAsync("Space");
        await TabToAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "签名并提交" }));
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "谢谢，承诺收到了" })).ToBeFocusedAsync();
        await AccessibleAsync(page);
    }

    [Fact]
    public async Task Who_wants_no_motion_gets_none()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(with => with.ReducedMotion = ReducedMotion.Reduce), e);
        await family.FillInAsync(e);
        await family.Submit.ClickAsync();
        await family.ThankedAsync("1和2");

        Assert.Equal(0, await family.Page.EvaluateAsync<int>("document.getAnimations().length"));
    }

    /// <summary>WeChat is left for another app, which freezes the page, and comes back.</summary>
    private static async Task AwayAndBackAsync(IPage page)
    {
        const string Turn =
            """
            state => {
              Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
              Object.defineProperty(document, 'hidden', { value: state === 'hidden', configurable: true });
              document.dispatchEvent(new Event('visibilitychange'));
            }
            """;
        var tools = await page.Context.NewCDPSessionAsync(page);
        await page.EvaluateAsync(Turn, "hidden");
        await tools.SendAsync("Page.setWebLifecycleState", new() { ["state"] = "frozen" });
        await tools.SendAsync("Page.setWebLifecycleState", new() { ["state"] = "active" });
        await page.EvaluateAsync(Turn, "visible");
        await tools.DetachAsync();
    }

    private static async Task TabToAsync(IPage page, ILocator to)
    {
        for (var stops = 0; stops < 60; stops++)
        {
            if (await to.EvaluateAsync<bool>("it => it === document.activeElement"))
                return;
            await page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"No way with the keyboard to {to}");
    }
}
