using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>The rest of the phone page's script comes late, or not at first: nothing is lost by it.</summary>
public sealed class LateScriptJourneys(Browser browser) : Journey(browser)
{
    private const string Rest = "**/dist/PhoneLater.*";

    [Fact]
    public async Task What_was_broken_off_is_fetched_again_by_itself_and_the_draft_is_kept_from_then_on()
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync();
        await page.RouteAsync(Rest, route => route.AbortAsync());
        var family = await Signer.ScanAsync(page, e);
        await family.ChooseClassAsync(e.Primary);
        await family.ReadOnAsync();
        await family.NameAsync("学生的姓名", "王小明");

        await page.UnrouteAsync(Rest);
        await page.WaitForFunctionAsync("() => document.querySelector('[data-way][aria-label]')"); // as the rest of the script says it
        await page.ReloadAsync();

        await Expect(page.GetByLabel("学生的姓名")).ToHaveValueAsync("王小明");
        await Expect(page.GetByLabel("班级", new() { Exact = true })).ToHaveValueAsync($"{e.Primary}");
    }

    [Fact]
    public async Task While_the_rest_of_the_script_hangs_a_signature_is_said_to_wait()
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync();
        await page.RouteAsync(Rest, _ => { }); // never answered
        await page.GotoAsync($"/e/{e.Code}", new() { WaitUntil = WaitUntilState.Commit });
        var family = new Signer(page);
        await family.ChooseAsync("只有家长签");
        await family.ChooseClassAsync(e.Primary);
        await family.ReadOnAsync();
        await family.NameAsync("家长的姓名", "王芳");
        await family.TypeSignatureAsync("Guardian");

        await family.Submit.ClickAsync();

        await family.WaitsAsync();
        await page.UnrouteAsync(Rest);
    }

    [Theory]
    [InlineData("王", true)] // who was writing the same
    [InlineData("李", false)] // who was writing another name
    public async Task One_letter_typed_before_the_rest_has_come_after_a_reload_overwrites_no_draft(string typed, bool isTheSame)
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync();
        var family = await Signer.ScanAsync(page, e);
        await family.FillInAsync(e);
        var arrives = new TaskCompletionSource();
        await page.RouteAsync("**/dist/PhoneLater.js*", async route =>
        {
            await arrives.Task;
            await route.ContinueAsync();
        });
        await page.ReloadAsync(new() { WaitUntil = WaitUntilState.Commit });
        await family.NameAsync("学生的姓名", typed);

        arrives.SetResult();
        await Expect(page.GetByLabel("班级", new() { Exact = true })).ToHaveValueAsync($"{e.Primary}");
        await page.Keyboard.PressAsync("Tab"); // the field is left with another value than it was entered with

        await family.HasWrittenAsync("Guardian");
        await Expect(page.GetByLabel("家长的姓名")).ToHaveValueAsync("王芳");
        await Expect(page.GetByLabel("学生的姓名")).ToHaveValueAsync(isTheSame ? "王小明" : typed);
        await Expect(family.Part("Student").Locator("svg path")).ToHaveCountAsync(isTheSame ? 1 : 0);
        await Expect(page.GetByLabel("班级", new() { Exact = true })).ToHaveValueAsync($"{e.Primary}");
    }
}
