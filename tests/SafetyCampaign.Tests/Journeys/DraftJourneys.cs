using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>What a family has typed, written and been given stays with it through Back, reloads and other languages.</summary>
public sealed partial class DraftJourneys(Browser browser) : Journey(browser)
{
    [Fact]
    public async Task Back_closes_the_pad_whose_ink_stands_there_again_and_leaves_the_step_as_it_is()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await family.ChooseClassAsync(e.Primary);
        await family.ReadOnAsync();
        await family.NameAsync("学生的姓名", "王小明");
        await family.OpenPadAsync("Student");
        await family.Canvas.SignAsync();

        await family.Page.GoBackAsync();
        await Expect(family.Canvas).ToBeHiddenAsync();
        await Expect(family.Part("Student").GetByText("还没有签名")).ToBeVisibleAsync();
        Assert.EndsWith("#sign", family.Page.Url, StringComparison.Ordinal);

        // With nothing written it just closes; closed by its own buttons it leaves nothing to go back through.
        await family.NameAsync("家长的姓名", "王芳");
        await family.OpenPadAsync("Guardian");
        await family.Page.GoBackAsync();
        await Expect(family.Canvas).ToBeHiddenAsync();
        await family.WriteAsync("Guardian");
        await family.OpenPadAsync("Guardian");
        await family.Page.Locator("#pad").GetByText("取消").ClickAsync();
        await Expect(family.Canvas).ToBeHiddenAsync();
        await family.Page.GoBackAsync();
        await Expect(family.Part("Guardian")).ToBeHiddenAsync();
        await Expect(family.Part("Student")).ToBeVisibleAsync();
        await family.Page.GoBackAsync();

        await Expect(family.Page.GetByText("读完了，去签名")).ToBeVisibleAsync();
        await family.ReadOnAsync();
        await family.OpenPadAsync("Student");
        await family.ClosePadAsync();
        await family.HasWrittenAsync("Student");
    }

    [Fact]
    public async Task A_reload_in_the_middle_of_a_signature_keeps_its_ink_for_the_one_who_wrote()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await family.ChooseClassAsync(e.Primary);
        await family.ReadOnAsync();
        await family.NameAsync("学生的姓名", "王小明");
        await family.NameAsync("家长的姓名", "王芳");
        await family.OpenPadAsync("Student");
        await family.Canvas.SignAsync();

        await family.Page.ReloadAsync();
        await Expect(family.Page.GetByLabel("学生的姓名")).ToHaveValueAsync("王小明");
        await family.Page.ReloadAsync(); // the sheet was not opened meanwhile
        await Expect(family.Page.GetByLabel("学生的姓名")).ToHaveValueAsync("王小明");
        await family.OpenPadAsync("Student");
        await family.ClosePadAsync();

        await family.HasWrittenAsync("Student");
        await family.OpenPadAsync("Guardian");
        await family.Page.Locator("#pad").GetByText("完成").ClickAsync();
        await Expect(family.Canvas).ToBeVisibleAsync(); // nothing stands there
    }

    [Fact]
    public async Task Back_and_the_button_of_the_rules_close_them_over_the_consent_and_keep_everything()
    {
        var (e, family) = await FilledInAsync();
        var (page, link, rules) = (family.Page, family.Page.Locator(".rules-link a"), family.Page.Locator(".consent .rules"));
        await family.ShowAsync(page.GetByLabel("同意", new() { Exact = true }));
        await page.GetByLabel("同意", new() { Exact = true }).UncheckAsync();
        var at = page.Url;

        await link.ClickAsync();
        await Expect(rules).ToBeVisibleAsync();
        await page.GoBackAsync();
        await ClosedAsync();

        await link.ClickAsync();
        await Expect(rules).ToBeVisibleAsync();
        await rules.GetByRole(AriaRole.Button).ClickAsync();
        await ClosedAsync();

        await link.ClickAsync();
        await Expect(rules).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(rules).ToHaveCountAsync(0);
        await link.ClickAsync();
        await Expect(rules).ToBeVisibleAsync();
        await family.ConsentAsync();
        await family.Submit.ClickAsync();
        await family.ThankedAsync("1和2");

        async Task ClosedAsync()
        {
            await Expect(rules).ToBeHiddenAsync();
            await Expect(link).ToBeFocusedAsync();
            Assert.Equal(at, page.Url);
            await Expect(page.Locator("#Form_Signers_Student__Name")).ToHaveValueAsync("王小明");
            await Expect(family.Part("Student").Locator("svg path")).ToHaveCountAsync(1);
        }
    }

    [Fact]
    public async Task A_reload_another_language_and_the_rules_keep_the_draft_and_the_consent_is_given_anew()
    {
        var (e, family) = await FilledInAsync();
        var page = family.Page;

        await page.ReloadAsync();
        await KeptAsync("学生的姓名");
        await page.GetByText("儿童个人信息保护规则").Last.EvaluateAsync("() => location.href = document.querySelector('a[href$=\"/rules\"]').href");
        await Expect(page).ToHaveURLAsync(new Regex("/rules$"));
        await page.GoBackAsync();
        await KeptAsync("学生的姓名");
        await page.EvaluateAsync("document.querySelector('a[hreflang=en]').click()");
        await page.WaitForFunctionAsync("() => document.documentElement.lang === 'en' && location.hash === '#sign-2'");
        await Expect(page.Locator("#Form_Signers_Student__Name")).ToHaveValueAsync("王小明");
        await (await family.ShowAsync(page.GetByLabel("I agree", new() { Exact = true }))).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign and submit" }).ClickAsync();
        await Expect(page.Locator(".thanks-number")).ToContainTextAsync("1 and 2");
        await page.HasNothingStoredAsync();

        async Task KeptAsync(string label)
        {
            await Expect(page.GetByLabel(label)).ToHaveValueAsync("王小明");
            await Expect(family.Part("Student").Locator("svg path")).ToHaveCountAsync(1);
            await Expect(family.Part("Guardian").Locator("svg path")).ToHaveCountAsync(1);
            await Expect(page.GetByLabel("班级", new() { Exact = true })).ToHaveValueAsync($"{e.Primary}");
            await Expect(page.GetByLabel("同意", new() { Exact = true })).Not.ToBeCheckedAsync();
        }
    }

    [Fact]
    public async Task What_was_chosen_stays_through_a_reload_though_nothing_was_written()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await family.Page.WaitForLoadStateAsync(LoadState.NetworkIdle); // the rest of the script is there
        await family.ChooseAsync("只有家长签");
        await family.ChooseClassAsync(e.Junior);
        await family.ReadOnAsync();
        await family.Part("Guardian").GetByLabel("不会打字？选好关系，手写就行").CheckAsync();

        await family.Page.ReloadAsync();

        await Expect(family.Part("Guardian").GetByLabel("不会打字？选好关系，手写就行")).ToBeCheckedAsync();
        await Expect(family.Page.GetByLabel("班级", new() { Exact = true })).ToHaveValueAsync($"{e.Junior}");
        await Expect(family.Page.Locator("[value=Guardian]")).ToBeCheckedAsync();
    }

    [Fact]
    public async Task A_draft_older_than_a_day_is_gone()
    {
        var (_, family) = await FilledInAsync();
        await family.Page.EvaluateAsync(
            """
            () => ['pagehide', 'visibilitychange'].forEach(leaving => addEventListener(leaving, () => {
              const [name, kept] = Object.entries(sessionStorage)[0];
              sessionStorage.setItem(name, JSON.stringify({ ...JSON.parse(kept), at: Date.now() - 86_400_001 }));
            }))
            """);
        await family.Page.ReloadAsync();

        await family.Page.WaitForFunctionAsync("() => sessionStorage.length === 0");
        await Expect(family.Page.GetByLabel("学生的姓名")).ToHaveValueAsync("");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Enter_in_a_name_hands_in_nothing(bool script)
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync(with => with.JavaScriptEnabled = script);
        var posted = 0;
        page.Request += (_, request) => posted += request.Method == "POST" ? 1 : 0;
        var family = await Signer.ScanAsync(page, e);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle); // the rest of the script is there
        await family.ChooseClassAsync(e.Primary);
        if (script)
            await family.ReadOnAsync();
        await family.NameAsync("学生的姓名", "王小明");
        await Expect(page.GetByLabel("学生的姓名")).ToHaveAttributeAsync("enterkeyhint", "next");

        await page.GetByLabel("学生的姓名").PressAsync("Enter");

        if (script)
        {
            await Expect(family.Canvas).ToBeVisibleAsync();
            await page.Keyboard.PressAsync("Enter"); // twice presses none of its keys
            await Expect(family.Canvas).ToBeVisibleAsync();
        }
        await Expect(page.GetByLabel("学生的姓名")).ToHaveValueAsync("王小明");
        Assert.Equal(0, posted);
        await Expect(page.Locator("#problems")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_line_that_is_mended_leaves_the_summary_and_the_consent_keeps_its_description()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await family.ChooseClassAsync(e.Primary);
        await family.ReadOnAsync();
        await family.ShowSubmitAsync();
        await family.Submit.ClickAsync();
        var lines = family.Page.Locator("#problems li");
        await Expect(lines).ToHaveCountAsync(5);
        var consent = family.Page.GetByLabel("同意", new() { Exact = true });
        await Expect(consent).ToHaveAttributeAsync("aria-describedby", "Form_GuardianConsent-error consent-words");

        await family.NameAsync("学生的姓名", "王小明");
        await Expect(lines).ToHaveCountAsync(4);
        await Expect(lines.Locator("[href='#Form_Signers_Student__Name']")).ToHaveCountAsync(0);
        await family.ConsentAsync();

        await Expect(consent).ToHaveAttributeAsync("aria-describedby", "consent-words");
        await Expect(lines).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task What_nobody_sees_of_a_pasted_name_is_taken_out_in_the_field()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await family.Page.WaitForLoadStateAsync(LoadState.NetworkIdle); // the rest of the script is there
        await family.ChooseClassAsync(e.Primary);
        await family.ReadOnAsync();

        await family.NameAsync("学生的姓名", "\uFEFF王\u200B小\u202E明\u2066");

        await Expect(family.Page.GetByLabel("学生的姓名")).ToHaveValueAsync("王小明");
    }

    private async Task<(SeededEvent Event, Signer Family)> FilledInAsync()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await family.FillInAsync(e);
        return (e, family);
    }
}
