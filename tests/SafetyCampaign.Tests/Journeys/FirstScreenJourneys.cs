using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>What a family sees first, and how little it has to do from there.</summary>
public sealed class FirstScreenJourneys(Browser browser) : Journey(browser)
{
    // As they are measured where people are watched at a phone.
    private const double SecondsPerTap = 0.7;
    private const double SecondsPerKey = 0.22;

    /// <summary>王小明 and 王芳 have 26 strokes; half a second each.</summary>
    private const double SecondsOfWriting = 13;

    [Theory]
    [InlineData("zh-CN", true, "荷塘区大塘冲社区暑期学生防溺水宣传教育暨家长承诺签名活动")]
    [InlineData("en-GB", true, "Datangchong Community summer drowning prevention event")]
    [InlineData("zh-CN", false, "暑期防溺水宣传活动")]
    public async Task The_promise_and_the_button_stand_on_the_first_screen_and_the_notice_opens_to_all_of_it(
        string locale, bool script, string title)
    {
        // On that day a year later names are deleted: the longest date that a notice can hold in English.
        var e = await App.SeedEventAsync(title: title, startsAt: new DateTimeOffset(DateTime.UtcNow.Year, 9, 28, 14, 0, 0, TimeSpan.Zero));
        var page = await PhoneAsync(with => (with.Locale, with.JavaScriptEnabled) = (locale, script));
        foreach (var (width, height) in new[] { (360, 640), (390, 844) })
        {
            await page.SetViewportSizeAsync(width, height);
            await page.GotoAsync($"/e/{e.Code}");
            var whole = new LocatorAssertionsToBeInViewportOptions { Ratio = 1 };
            await Expect(page.Locator(".promise")).ToBeInViewportAsync(whole);
            await Expect(page.Locator(".start")).ToBeInViewportAsync(whole);
            await Expect(page.Locator(".before > p")).ToBeInViewportAsync(whole);
        }
        await Expect(page.Locator(".before dl")).ToBeHiddenAsync();

        await page.Locator(".before summary").ClickAsync();

        await Expect(page.Locator(".before dd:visible")).ToHaveCountAsync(6);
        await Expect(page.Locator(".before a[href$='/rules']")).ToBeVisibleAsync();
        await NoSidewaysAsync(page);
    }

    [Fact]
    public async Task A_family_of_two_signs_by_hand_in_nine_taps_and_twenty_five_seconds()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        var page = family.Page;
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle); // the rest of the script is there
        var (taps, keys) = (0, 0);

        await TapAsync(page.Locator(".start"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "学生先签" })).ToBeFocusedAsync();
        taps += 2; // the phone's own picker opens, and a class in it is tapped
        await page.GetByLabel("班级", new() { Exact = true }).SelectOptionAsync($"{e.Primary}");
        await SignAsync("学生的姓名", "王小明", "wangxiaoming ");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "把手机交给家长" })).ToBeFocusedAsync();
        await TapAsync(page.GetByText("同意", new() { Exact = true }));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "家长签名" })).ToBeFocusedAsync();
        await SignAsync("家长的姓名", "王芳", "wangfang ");
        await TapAsync(family.Submit);

        await family.ThankedAsync("1和2");
        Assert.InRange(taps, 1, 9);
        var seconds = SecondsPerTap * taps + SecondsPerKey * keys + SecondsOfWriting;
        Assert.True(seconds <= 25, seconds.ToString(CultureInfo.InvariantCulture));

        Task TapAsync(ILocator what)
        {
            taps++;
            return what.TapAsync();
        }

        // What the keyboard makes of the letters is the phone's; the last key opens the sheet.
        async Task SignAsync(string label, string name, string letters)
        {
            await TapAsync(page.GetByLabel(label));
            await Expect(page.GetByLabel(label)).ToBeFocusedAsync();
            keys += letters.Length + 1;
            await page.Keyboard.InsertTextAsync(name);
            await page.Keyboard.PressAsync("Enter");
            await Expect(family.Canvas).ToBeVisibleAsync();
            await family.Canvas.SignAsync();
            await TapAsync(page.Locator("#pad").GetByText("完成"));
            await Expect(family.Canvas).ToBeHiddenAsync();
        }
    }
}
