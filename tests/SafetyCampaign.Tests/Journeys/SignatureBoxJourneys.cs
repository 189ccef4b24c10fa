using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>The box in which a signature stands: a tap opens the pad, and a name that is changed leaves it empty and says so.</summary>
public sealed class SignatureBoxJourneys(Browser browser) : Journey(browser)
{
    [Fact]
    public async Task A_tap_on_the_empty_box_opens_the_pad_and_one_on_a_signature_does_not()
    {
        var family = await AtTheNameAsync();
        var box = family.Part("Student").Locator(".signature-paper");
        await box.ClickAsync();
        await Expect(family.Page.GetByText("请填写姓名").First).ToBeVisibleAsync(); // as by the button
        await family.NameAsync("学生的姓名", "王小明");

        await box.ClickAsync();
        await family.Canvas.SignAsync();
        await family.ClosePadAsync();

        await family.HasWrittenAsync("Student");
        await box.ClickAsync();
        await Expect(family.Canvas).ToBeHiddenAsync();
        await family.Page.WaitForFunctionAsync("() => !history.state?.pad");
    }

    [Fact]
    public async Task A_corrected_name_says_that_the_signature_is_written_again_and_the_same_name_brings_it_back()
    {
        var family = await AtTheNameAsync();
        await family.NameAsync("学生的姓名", "王小明");
        await family.WriteAsync("Student");
        await family.HasWrittenAsync("Student");
        var part = family.Part("Student");
        var ink = await part.Locator("svg path").GetAttributeAsync("d");

        await CorrectAsync("王晓明");

        await Expect(part.GetByRole(AriaRole.Status)).ToHaveTextAsync("有改动，请再签一次。");
        await Expect(part.GetByText("还没有签名")).ToBeVisibleAsync();
        await AccessibleAsync(family.Page);

        await CorrectAsync("王小明");
        await Expect(part.Locator("svg path")).ToHaveAttributeAsync("d", ink!);
        await Expect(part.GetByRole(AriaRole.Status)).ToHaveTextAsync("");

        // What was written anew for the corrected name takes its place for good.
        await CorrectAsync("王晓明");
        await family.TypeSignatureAsync("Student");
        await family.ShowAsync(part);
        await Expect(part.GetByRole(AriaRole.Status)).ToHaveTextAsync("");
        await CorrectAsync("王小明");
        await Expect(part.Locator("svg")).ToHaveCountAsync(0);

        async Task CorrectAsync(string name)
        {
            await family.NameAsync("学生的姓名", name);
            await family.Page.Keyboard.PressAsync("Tab");
        }
    }

    private async Task<Signer> AtTheNameAsync()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await family.ChooseClassAsync(e.Primary);
        await family.ReadOnAsync();
        return family;
    }
}
