using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Tests.Schools.Paper;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>
/// Sixty rows of class sheets, four pages of fifteen, each row decided by a person: how many presses it takes by keyboard at the desk, and
/// how many taps on a phone.
/// </summary>
public sealed class SixtyRowsJourneys(Browser browser) : Journey(browser)
{
    // The pace that FirstScreenJourneys reckons with, and what a look at the picture of a row is allowed to take.
    private const double SecondsPerKey = 0.22;
    private const double SecondsPerTap = 0.7;
    private const double SecondsPerLook = 0.5;

    private const int Pages = 4;
    private const int Rows = 15;

    private int presses;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sixty_rows_take_a_key_each_and_one_a_page_at_the_desk()
    {
        var (e, _, sheets) = await SeedAsync(holdsConsent: false);
        var desk = await DeskAsync();
        await SignInAsync(desk, e);
        await desk.GotoAsync($"{DeskRoutes.ClassSheets(e.Code, e.Primary)}?sheet={sheets[0]}");
        for (var i = 0; i < sheets.Count; i++)
        {
            await Expect(desk.Locator("#decisions li input[type=radio]").First).ToBeFocusedAsync();
            for (var row = 0; row < Rows; row++)
                await KeyAsync(desk, "1");
            await Expect(desk.Locator("[data-left]")).ToHaveTextAsync("还有0行没核对");
            await Expect(desk.Locator("#decisions button.main[value=count]")).ToBeFocusedAsync();
            await KeyAsync(desk, "Enter");
            await CountedAsync(desk, i + 1 < sheets.Count);
        }

        Assert.Equal(Pages * (Rows + 1), presses);
        TimeIsHeld(presses * SecondsPerKey);
        Assert.Equal(Pages * Rows, await CountedAsync(e));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // by one button, where the first guess is clear
    public async Task Sixty_rows_take_a_tap_each_and_one_a_page_on_a_phone(bool byTheGuess)
    {
        var (e, secret, sheets) = await SeedAsync(holdsConsent: true);
        var phone = await PhoneAsync();
        await phone.GotoAsync($"/class/{secret}/sheets?sheet={sheets[0]}");
        for (var i = 0; i < sheets.Count; i++)
        {
            if (byTheGuess)
                await TapAsync(phone.Locator("[data-fill]"));
            for (var row = 0; row < Rows && !byTheGuess; row++)
                await TapAsync(phone.Locator("#decisions li:not(:has(input:checked)) .choose label").First);
            await TapAsync(phone.Locator("#decisions button.main[value=count]"));
            await CountedAsync(phone, i + 1 < sheets.Count);
        }

        Assert.Equal(Pages * ((byTheGuess ? 1 : Rows) + 1), presses);
        TimeIsHeld(presses * SecondsPerTap);
        Assert.Equal(Pages * Rows, await CountedAsync(e));
    }

    /// <summary>Sixty rows in a minute and a half, the time for looking at each picture with it.</summary>
    private static void TimeIsHeld(double seconds) => Assert.InRange(seconds + Pages * Rows * SecondsPerLook, 0, 90);

    private async Task<(SeededEvent Event, string Secret, IReadOnlyList<int> Sheets)> SeedAsync(bool holdsConsent)
    {
        var e = await App.SeedEventAsync();
        var pupils = await App.SeedRosterAsync(
            e, e.Primary, [.. Enumerable.Range(1, Pages * Rows).Select(i => ((int?)i, $"学生{(char)('一' + i)}"))]);
        var (_, secret) = await App.SeedClassLinkAsync(e, e.Primary, holdsConsent);
        var sheets = new List<int>();
        for (var page = 0; page < Pages; page++)
            sheets.Add((await App.SeedPaperAsync(e, e.Primary, pupils[(page * Rows)..((page + 1) * Rows)], Rows, rehearsal: false,
                () => TestPicture.Of(SkiaSharp.SKEncodedImageFormat.Jpeg, 1030, 80), guess: "22")).Sheet);
        return (e, secret, sheets);
    }

    private async Task KeyAsync(IPage page, string key)
    {
        presses++;
        await page.Keyboard.PressAsync(key);
    }

    /// <summary>What was counted is said, on the next page where there is one: nothing is decided there yet.</summary>
    private static async Task CountedAsync(IPage page, bool hasNext)
    {
        await Expect(page.Locator(".notice.success")).ToHaveTextAsync(new Regex($"{(hasNext ? "第1页：" : "^\\s*")}已计入{Rows}行"));
        await Expect(page.Locator("[data-left]")).ToHaveTextAsync($"还有{(hasNext ? Rows : 0)}行没核对");
        await Expect(page.Locator(".notice.success a")).ToHaveCountAsync(0);
    }

    private async Task TapAsync(ILocator where)
    {
        presses++;
        await where.TapAsync();
    }

    private async Task<int> CountedAsync(SeededEvent e)
    {
        await using var db = App.OpenStore();
        return await db.Pledges.CountAsync(
            p => p.EventId == e.Id && p.Channel == SigningChannel.Paper && p.Role == SignerRole.Student, Cancellation);
    }
}
