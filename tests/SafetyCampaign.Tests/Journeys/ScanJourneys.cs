using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SafetyCampaign.Tests.Drawing;
using SkiaSharp;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>What a phone's camera makes of the pictures as a browser draws them.</summary>
public sealed partial class ScanJourneys(Browser browser) : Journey(browser)
{
    [Fact]
    public async Task The_code_on_the_stage_reads_in_both_themes()
    {
        var e = await App.SeedEventAsync();
        var stage = await StageAsync();
        await stage.GotoAsync($"/display/{e.Code}");

        Assert.Equal(Address(e), await ScanAsync(stage, ".scan"));
        await stage.Keyboard.PressAsync("t");
        await Assertions.Expect(stage.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        Assert.Equal(Address(e), await ScanAsync(stage, ".scan"));
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task The_code_on_the_stage_stays_black_on_white_where_the_browser_darkens_pages(string theme)
    {
        var e = await App.SeedEventAsync();
        var stage = await StageAsync(with => with.ColorScheme = ColorScheme.Dark);
        var tools = await stage.Context.NewCDPSessionAsync(stage);
        await tools.SendAsync("Emulation.setAutoDarkModeOverride", new() { ["enabled"] = true });
        await stage.GotoAsync($"/display/{e.Code}");
        if (theme == "dark")
            await stage.Keyboard.PressAsync("t");
        using (var phone = App.CreateClient())
            await phone.SignAsync(e.Code, Signing.Family(e)); // from then on the code stands on its sheet
        await Assertions.Expect(stage.Locator("main")).ToHaveAttributeAsync("data-code", "sheet");
        await Assertions.Expect(stage.Locator("html")).ToHaveAttributeAsync("data-theme", theme);

        using var seen = SKBitmap.Decode(await stage.Locator(".scan").ScreenshotAsync());

        Assert.Equal(SKColors.White, seen.GetPixel(seen.Width / 2, 3)); // the ground around it
        Assert.Contains(SKColors.Black, seen.Pixels);
        Assert.Equal(Address(e), await ScanAsync(stage, ".scan"));
    }

    [Theory]
    [InlineData("a4", 595, 842)]
    [InlineData("a3", 842, 1191)]
    public async Task The_poster_is_one_sheet_with_a_code_that_reads(string size, int width, int height)
    {
        // The longest title and a class: the fullest sheet there is.
        var e = await App.SeedEventAsync(title: new string('溺', 80));
        var desk = await DeskAsync();
        await SignInAsync(desk, e);
        await desk.GotoAsync($"/organize/events/{e.Code}/poster?size={size}&c={e.Primary}");

        var pdf = Encoding.Latin1.GetString(await desk.PdfAsync(new PagePdfOptions { PreferCSSPageSize = true }));

        var sheet = Assert.Single(Sheets().Matches(pdf));
        Assert.Equal(width, double.Parse(sheet.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), tolerance: 1);
        Assert.Equal(height, double.Parse(sheet.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture), tolerance: 1);
        Assert.Equal($"{Address(e)}?c={e.Primary}", await ScanAsync(desk, ".poster"));
    }

    private string Address(SeededEvent e) => $"{App.Address.GetLeftPart(UriPartial.Authority)}/E/{e.Code}";

    /// <summary>What a camera reads that is held on the part until it reads something: a picture may fall between two paints.</summary>
    private static async Task<string> ScanAsync(IPage page, string part)
    {
        var read = "";
        for (var held = Stopwatch.StartNew(); read.Length == 0 && held.Elapsed < TimeSpan.FromSeconds(20);)
            read = await QrReader.ReadPngAsync(await page.Locator(part).ScreenshotAsync());
        return read;
    }

    [GeneratedRegex(@"/Type\s*/Page\b[^s][\s\S]*?/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]")]
    private static partial Regex Sheets();
}
