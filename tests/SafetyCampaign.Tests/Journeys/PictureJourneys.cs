using Microsoft.Playwright;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>
/// A family goes through the steps as the documentation shows them; with <c>WRITE_PICTURES=1</c> its pictures are taken
/// anew.
/// </summary>
public sealed class PictureJourneys(Browser browser) : Journey(browser)
{
    /// <summary>王小明, stroke by stroke, as the writer sees the pad: parts of its width and height.</summary>
    private static readonly (double X, double Y)[][] Name =
    [
        [(.15, .32), (.34, .30)], [(.17, .49), (.33, .47)], [(.25, .31), (.25, .68)], [(.13, .70), (.37, .67)],
        [(.50, .26), (.50, .70), (.47, .66)], [(.44, .42), (.40, .58)], [(.56, .42), (.61, .57)],
        [(.68, .34), (.68, .64)], [(.68, .34), (.76, .33), (.76, .64)], [(.68, .49), (.76, .48)], [(.68, .64), (.76, .63)],
        [(.81, .29), (.81, .56), (.78, .72)], [(.81, .29), (.90, .28), (.90, .71), (.87, .68)], [(.81, .42), (.90, .41)],
        [(.81, .55), (.90, .54)],
    ];

    [Theory]
    [InlineData("zh-CN", "")]
    [InlineData("en-GB", "-en")]
    public async Task The_pictures_show_the_steps_that_a_family_goes_through(string locale, string ending)
    {
        var e = await App.SeedEventAsync(startsAt: new DateTimeOffset(2026, 7, 17, 1, 0, 0, TimeSpan.Zero),
            homeSigningUntil: DateTimeOffset.MaxValue.AddDays(-1));
        var page = await PhoneAsync(with => (with.Locale, with.DeviceScaleFactor) = (locale, 1.5f));
        var family = await Signer.ScanAsync(page, e);
        await PhotographAsync(page, $"phone-1-read{ending}");

        await page.Locator("a[href='#sign']").First.ClickAsync();
        await page.Locator("#Form_Class").SelectOptionAsync(e.Primary.ToString());
        await family.Part("Student").Locator("input").FillAsync("王小明");
        await family.Part("Student").Locator("[data-way='hand']").ClickAsync();
        await Expect(family.Canvas).ToBeVisibleAsync();
        foreach (var stroke in Name)
            await family.Canvas.StrokeAsync([.. Drawn(stroke).Select(p => (1 - p.Y, p.X))]);
        await PhotographAsync(page, $"phone-2-sign{ending}");
        await page.Locator("[data-do='done']").ClickAsync();

        await Expect(page.Locator(".consent")).ToBeVisibleAsync();
        await PhotographAsync(page, $"phone-3-consent{ending}");
        await page.ReloadAsync();
        await Expect(family.Part("Student").Locator("svg path")).ToHaveCountAsync(1);
        await PhotographAsync(page, $"kept/draft{ending}");
        await page.Locator("#Form_GuardianConsent").CheckAsync();
        await family.Part("Guardian").Locator("input[type=text]").FillAsync("王芳");
        await family.Part("Guardian").Locator("[data-way='typed']").ClickAsync();
        await page.Locator(".submit button").ClickAsync();

        await Expect(page.Locator(".thanks-number")).ToContainTextAsync("2");
        await Expect(page.Locator(".certificate img")).ToHaveJSPropertyAsync("complete", true);
        await PhotographAsync(page, $"phone-4-done{ending}");
        await page.Locator(".certificate").EvaluateAsync("it => it.scrollIntoView({ block: 'center' })");
        await PhotographAsync(page, $"phone-5-certificate{ending}");
        await page.ReloadAsync();
        await Expect(page.Locator(".thanks-number")).ToContainTextAsync("2");
        await page.EvaluateAsync("scrollTo({ top: 0, behavior: 'instant' })");
        await PhotographAsync(page, $"kept/done{ending}");
    }

    [Fact]
    public async Task The_pictures_show_what_was_sent_in_time_and_came_after_the_end()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await family.FillInAsync(e);
        await App.ChangeEventAsync(e.Id, gathering => gathering.Close(TimeProvider.System.GetUtcNow()));
        await family.Submit.ClickAsync();
        await Expect(family.Page.Locator(".thanks-number")).ToContainTextAsync("2");

        var desk = await DeskAsync();
        await SignInAsync(desk, e);
        await desk.GotoAsync(DeskRoutes.Review(e.Code));
        await Expect(desk.GetByText("1份签名在结束之后送到")).ToBeVisibleAsync();
        await PhotographAsync(desk, "kept/after-closing");
    }

    [Fact]
    public async Task The_pictures_show_the_pledge_clause_by_clause_and_an_event_at_the_desk()
    {
        var starts = TimeProvider.System.GetUtcNow();
        var e = await App.SeedEventAsync(startsAt: starts - TimeSpan.FromTicks(starts.Ticks % TimeSpan.TicksPerHour));
        using var phones = App.CreateClient();
        foreach (var (child, parent) in new[] { ("王小明", "王芳"), ("李思雨", "李建国"), ("周小鱼", "周敏") })
            await phones.SignedAsync(e, child, parent);
        var phone = await PhoneAsync(with =>
            (with.ViewportSize, with.DeviceScaleFactor) = (new ViewportSize { Width = 390, Height = 844 }, 2));
        await Signer.ScanAsync(phone, e);
        await phone.Locator("h2:has-text('学生防溺水承诺书')").First.EvaluateAsync("it => it.scrollIntoView()");
        await PhotographAsync(phone, "phone");

        await DeskVisitor.AddAccountAsync(App, "林老师", e.District, OrganizerRole.Administrator);
        var desk = await DeskAsync();
        await desk.GotoAsync($"/organize/sign-in?returnUrl=/organize/events/{e.Code}");
        await desk.GetByLabel("用户名").FillAsync("林老师");
        await desk.GetByLabel("密码").FillAsync(DeskVisitor.Password);
        await desk.GetByLabel("密码").PressAsync("Enter");

        await Expect(desk.Locator("#run")).ToContainTextAsync("6");
        await Expect(desk.Locator("img.qr")).Not.ToHaveJSPropertyAsync("naturalWidth", 0);
        await PhotographAsync(desk, "desk");
    }

    /// <summary>A finger is seen many times on its way.</summary>
    private static IEnumerable<(double X, double Y)> Drawn((double X, double Y)[] corners) => corners.Zip(corners.Skip(1))
        .SelectMany(
            line => Enumerable.Range(0, 5).Select(i => (Between(line.First.X, line.Second.X, i), Between(line.First.Y, line.Second.Y, i))))
        .Append(corners[^1]);

    private static double Between(double from, double to, int fifths) => from + (to - from) * fifths / 5;

    private static async Task PhotographAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("WRITE_PICTURES") == "1")
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Source.Root, "docs", "pictures", $"{name}.png") });
    }
}
