using Microsoft.Playwright;
using SafetyCampaign.Tests.Drawing;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>Somebody is shown a certificate and wants to know whether it is true.</summary>
public sealed class VerifyJourneys(Browser browser) : Journey(browser)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_code_is_checked_by_keyboard_alone_and_a_slip_is_mended_where_it_was_made(bool script)
    {
        var code = (await SignAsync()).Verification;
        var page = await DeskAsync(with => with.JavaScriptEnabled = script);
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "核验一份承诺记录" }).PressAsync("Enter");
        await page.GetByLabel("核验码").FocusAsync();
        await page.Keyboard.TypeAsync(code[..^1] + "U"); // no code has a U
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("没有找到这个核验码的记录");
        await Expect(page.GetByLabel("核验码")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.PressAsync("Backspace");
        await page.Keyboard.TypeAsync(code[^1..]);
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "有效" })).ToBeVisibleAsync();
        await Expect(page.GetByText("学生 王**")).ToBeVisibleAsync();
        await Expect(page.GetByText("王小明")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Scanning_the_certificate_leads_to_its_record()
    {
        var (receipt, verification) = await SignAsync();
        using var family = App.CreateClient();
        var scanned = await QrReader.ReadPngAsync(
            await family.GetByteArrayAsync($"/r/{receipt}/certificate.png", TestContext.Current.CancellationToken));

        var page = await PhoneAsync();
        await page.GotoAsync(scanned);

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "有效" })).ToBeVisibleAsync();
        await Expect(page.GetByText(verification)).ToBeVisibleAsync();
        await NoSidewaysAsync(page);
    }

    private async Task<(string Receipt, string Verification)> SignAsync()
    {
        var e = await App.SeedEventAsync();
        using var phone = App.CreateClient();
        var answer = await (await phone.SignAsync(e.Code, Signing.Family(e))).JsonAsync();
        return ((string)answer["receipt"]!, (string)answer["verification"]!);
    }
}
