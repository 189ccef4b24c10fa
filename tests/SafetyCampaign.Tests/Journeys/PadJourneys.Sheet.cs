using Microsoft.Playwright;
using SkiaSharp;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>The sheet itself: when it opens, how it is announced, its colours, its room; and what a style sheet that fails leaves.</summary>
public sealed partial class PadJourneys
{
    [Fact]
    public async Task A_sheet_that_is_fetched_late_does_not_open_over_what_has_come_since()
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync();
        var (asked, arrives) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync("**/dist/PhoneLater.js*", async route =>
        {
            asked.TrySetResult();
            await arrives.Task;
            await route.ContinueAsync();
        });
        // Not until everything has loaded: the script that is held back is among it.
        await page.GotoAsync($"/e/{e.Code}", new() { WaitUntil = WaitUntilState.Commit });
        var family = new Signer(page);
        await family.ChooseClassAsync(e.Primary);
        await family.ReadOnAsync();
        await family.NameAsync("学生的姓名", "王小明");
        await family.Part("Student").GetByRole(AriaRole.Button, new() { Name = "手写签名" }).ClickAsync();
        await asked.Task;
        await (await family.ShowAsync(page.Locator(".consent [href='#declined']"))).ClickAsync();
        await Expect(page.Locator("#declined")).ToBeVisibleAsync();

        arrives.SetResult();
        await page.EvaluateAsync("import('/dist/PhoneLater.js').then(() => new Promise(done => setTimeout(done)))");

        await Expect(page.Locator("#pad canvas")).ToBeHiddenAsync();
        await Expect(page.Locator("#declined")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Ink_that_does_not_fit_is_kept_by_back_and_its_sheet_says_so_when_it_is_opened_again()
    {
        var e = await App.SeedEventAsync();
        var family = await AtTheNamesAsync(await PhoneAsync(), e);
        await family.OpenPadAsync("Student");
        await WriteByScriptAsync(family.Page, strokes: 300, apart: true);
        await StandsAsync(family.Page, strokes: 300);

        await family.Page.GoBackAsync();
        await Expect(family.Canvas).ToBeHiddenAsync();
        await Expect(family.Part("Student").GetByText("还没有签名")).ToHaveCountAsync(1);
        await family.Page.ReloadAsync();
        await family.OpenPadAsync("Student");

        await StandsAsync(family.Page, strokes: 300);
        await Expect(family.Page.Locator("#pad").GetByText("笔画太多")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_last_stroke_is_taken_back_and_the_keys_that_destroy_stand_apart_from_the_one_that_finishes()
    {
        var e = await App.SeedEventAsync();
        var family = await AtTheNamesAsync(await PhoneAsync(), e);
        var page = family.Page;
        await family.OpenPadAsync("Student");
        await Expect(page.GetByText("横过来写")).ToBeVisibleAsync();
        var (again, undo, done) = (await PlaceAsync("again"), await PlaceAsync("undo"), await PlaceAsync("done"));
        Assert.True(undo - again > 100 && done > undo, $"{again} {undo} {done}"); // px along the sheet's side

        await family.Canvas.SignAsync();
        await Expect(page.GetByText("横过来写")).ToBeHiddenAsync();
        await page.Locator("[data-do=undo]").ClickAsync();
        await StandsAsync(page, strokes: 1);
        await page.Locator("[data-do=undo]").ClickAsync();
        await page.Locator("[data-do=undo]").ClickAsync();
        await StandsAsync(page, strokes: 0);
        await page.Locator("#pad").GetByText("完成").ClickAsync();
        await Expect(page.GetByText("还没有写")).ToBeVisibleAsync();
        await page.SetViewportSizeAsync(640, 360);
        await page.Locator("[data-do=cancel]").ClickAsync();
        await family.OpenPadAsync("Student");
        await Expect(page.GetByText("横过来写")).ToBeHiddenAsync();

        async Task<double> PlaceAsync(string key) => (await page.Locator($"[data-do={key}]").BoundingBoxAsync())!.Y;
    }

    [Fact]
    public async Task Two_sheets_have_two_names_for_those_who_listen_and_a_picture_has_words()
    {
        var e = await App.SeedEventAsync();
        var family = await AtTheNamesAsync(await PhoneAsync(), e);
        foreach (var seat in new[] { "Student", "Guardian" })
        {
            var whose = await (await family.ShowAsync(family.Part(seat))).Locator("h2").InnerTextAsync();
            foreach (var way in new[] { "手写签名", "用姓名代替" })
                await Expect(family.Page.GetByRole(AriaRole.Button, new() { Name = $"{way} · {whose}", Exact = true })).ToBeVisibleAsync();
        }
        await family.WriteAsync("Student");
        await family.HasWrittenAsync("Student");

        await Expect(family.Part("Student").GetByRole(AriaRole.Img, new() { Name = "已手写签名" })).ToBeVisibleAsync();
        await family.OpenPadAsync("Guardian");
        await Expect(family.Page.GetByRole(AriaRole.Dialog, new() { Name = "请写：王芳" })).ToBeVisibleAsync();
        await AccessibleAsync(family.Page);
    }

    [Fact]
    public async Task Where_the_second_style_sheet_fails_the_certificate_keeps_its_shape()
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync();
        await page.RouteAsync("**/dist/PhoneLater.css*", route => route.AbortAsync());
        await AtTheNamesAsync(page, e);
        using var phone = App.CreateClient();
        var receipt = await phone.SignedAsync(e);
        await page.EvaluateAsync(
            """
            async receipt => {
              const image = document.querySelector('.certificate img');
              image.src = `${receipt}/certificate.png`;
              image.closest('[hidden]').hidden = false;
              await image.decode();
            }
            """,
            receipt);

        var image = (await page.Locator(".certificate img").BoundingBoxAsync())!;

        Assert.Equal(1528.0 / 1080, image.Height / image.Width, tolerance: 0.02);
    }

    [Fact]
    public async Task Ink_is_dark_on_white_paper_whatever_the_browser_does_to_colours()
    {
        var e = await App.SeedEventAsync();
        var forced = await PhoneAsync(with => with.ForcedColors = ForcedColors.Active);
        var darkened = await PhoneAsync(with => with.ColorScheme = ColorScheme.Dark);
        var tools = await darkened.Context.NewCDPSessionAsync(darkened);
        await tools.SendAsync("Emulation.setAutoDarkModeOverride", new() { ["enabled"] = true });
        foreach (var page in new[] { forced, darkened })
        {
            var family = await AtTheNamesAsync(page, e);
            await family.OpenPadAsync("Student");
            await family.Canvas.StrokeAsync((0.1, 0.1), (0.9, 0.1), (0.9, 0.15), (0.1, 0.15));
            await IsInkOnWhiteAsync(family.Canvas);
            await Expect(page.Locator(".pad-name")).ToHaveCSSAsync("color", "rgb(227, 233, 236)"); // pale beside the ink
            await family.ClosePadAsync();
            await family.HasWrittenAsync("Student");
            await IsInkOnWhiteAsync(family.Part("Student").Locator("svg"));
        }
    }

    [Fact]
    public async Task In_english_at_twice_the_size_the_narrowest_phone_shows_every_key()
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync(with =>
        {
            with.Locale = "en";
            with.ViewportSize = new() { Width = 320, Height = 568 };
        });
        await page.AddInitScriptAsync("addEventListener('DOMContentLoaded', () => document.documentElement.style.fontSize = '34px')");
        await page.GotoAsync($"/e/{e.Code}");
        await NoSidewaysAsync(page);
        await page.Locator("[href='#sign']").First.ClickAsync();
        await page.GetByLabel("Class", new() { Exact = true }).SelectOptionAsync($"{e.Primary}");
        await NoSidewaysAsync(page);
        await page.Locator("[data-seat=Student] input").FillAsync("Wolfeschlegelsteinhausen");
        await page.Locator("[data-seat=Student] [data-way=hand]").ClickAsync();

        foreach (var key in new[] { "cancel", "again", "undo", "done" })
            await Expect(page.Locator($"#pad [data-do={key}]")).ToBeInViewportAsync(new() { Ratio = 1 });
        foreach (var key in await page.Locator("#pad .button").AllAsync())
            Assert.True(await key.EvaluateAsync<bool>("key => key.scrollWidth <= key.clientWidth + 1"), await key.InnerTextAsync());
        await page.Locator("#pad canvas").SignAsync();
        await page.Locator("#pad [data-do=done]").ClickAsync();
        await Expect(page.Locator("[data-seat=Student] svg")).ToHaveCountAsync(1);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Hand the phone to the parent" })).ToBeVisibleAsync();
        await NoSidewaysAsync(page);
    }

    /// <summary>What is seen has white and a dark of at least 4.5:1 to it, and white is most of it.</summary>
    private static async Task IsInkOnWhiteAsync(ILocator paper)
    {
        using var seen = SKBitmap.Decode(await paper.ScreenshotAsync());
        var luminances = seen.Pixels.Select(Luminance).ToList();
        Assert.True(luminances.Count(l => l > 0.8) > luminances.Count / 2, "The paper is not white.");
        Assert.True(luminances.Count(l => 1.05 / (l + 0.05) >= 4.5) > 20, "The ink cannot be told from the paper.");
    }

    private static double Luminance(SKColor colour)
    {
        return 0.2126 * Linear(colour.Red) + 0.7152 * Linear(colour.Green) + 0.0722 * Linear(colour.Blue);

        static double Linear(byte value) =>
            value / 255.0 is var part && part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
    }
}
