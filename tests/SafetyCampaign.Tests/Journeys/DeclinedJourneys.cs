using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>Declining lies beside agreeing, and a wrong press loses nothing.</summary>
public sealed class DeclinedJourneys(Browser browser) : Journey(browser)
{
    [Fact]
    public async Task With_something_written_declining_is_asked_and_back_puts_it_back()
    {
        var (_, family) = await FilledInAsync();
        var page = family.Page;
        var asked = new List<string>();
        var says = false;
        page.Dialog += async (_, dialog) =>
        {
            asked.Add(dialog.Message);
            await (says ? dialog.AcceptAsync() : dialog.DismissAsync());
        };
        var no = page.GetByRole(AriaRole.Link, new() { Name = "不同意", IncludeHidden = true });

        await (await family.ShowAsync(no)).ClickAsync();
        await family.HasWrittenAsync("Guardian");
        says = true;
        await (await family.ShowAsync(no)).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "没关系" })).ToBeVisibleAsync();
        await page.HasNothingStoredAsync();
        await page.GoBackAsync();

        await Expect(page.GetByLabel("学生的姓名")).ToHaveValueAsync("王小明");
        await family.HasWrittenAsync("Student");
        await family.HasWrittenAsync("Guardian");
        Assert.Equal(2, asked.Count);

        // Whoever goes on from there to the beginning leaves nothing to the next.
        await (await family.ShowAsync(no)).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "回去看看" }).ClickAsync();
        await family.ReadOnAsync();
        await Expect(page.GetByLabel("学生的姓名")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Forward_to_the_refusal_stores_nothing_again_as_it_says_and_back_puts_it_back_again()
    {
        var (_, family) = await FilledInAsync();
        var page = family.Page;
        page.Dialog += async (_, dialog) => await dialog.AcceptAsync();
        await (await family.ShowAsync(page.GetByRole(AriaRole.Link, new() { Name = "不同意", IncludeHidden = true }))).ClickAsync();
        await page.GoBackAsync();
        await Expect(page.GetByLabel("学生的姓名")).ToHaveValueAsync("王小明");

        await page.GoForwardAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "没关系" })).ToBeVisibleAsync();
        await page.HasNothingStoredAsync();
        await Expect(page.GetByLabel("学生的姓名")).ToHaveValueAsync("");
        await page.GoBackAsync();
        await Expect(page.GetByLabel("学生的姓名")).ToHaveValueAsync("王小明");
        await Expect(family.Part("Student").Locator("svg path")).ToHaveCountAsync(1);
        await page.GoForwardAsync();
        await page.HasNothingStoredAsync();
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "没关系" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "回去看看" }).ClickAsync();
        await Expect(page.GetByLabel("学生的姓名")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Declining_with_nothing_written_asks_nothing()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await family.ChooseClassAsync(e.Primary);
        await family.ReadOnAsync();
        family.Page.Dialog += (_, dialog) => Assert.Fail(dialog.Message);

        await (await family.ShowAsync(family.Page.Locator(".consent [href='#declined']"))).ClickAsync();

        await Expect(family.Page.GetByRole(AriaRole.Heading, new() { Name = "没关系" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_was_written_before_the_language_was_changed_is_asked_about_too()
    {
        var (_, family) = await FilledInAsync();
        var page = family.Page;
        await page.EvaluateAsync("document.querySelector('a[hreflang=en]').click()");
        await page.WaitForFunctionAsync("() => document.documentElement.lang === 'en'");
        await Expect(family.Part("Student").Locator("svg path")).ToHaveCountAsync(1);
        var asked = "";
        page.Dialog += async (_, dialog) =>
        {
            asked = dialog.Message;
            await dialog.DismissAsync();
        };

        await (await family.ShowAsync(page.Locator(".consent [href='#declined']"))).ClickAsync();

        Assert.NotEmpty(asked);
        Assert.DoesNotContain(asked, letter => letter > 'ÿ' && char.IsLetter(letter)); // in the language of the page
        await family.HasWrittenAsync("Student");
        await family.HasWrittenAsync("Guardian");
    }

    [Fact]
    public async Task Declining_before_the_rest_of_the_script_has_come_loses_nothing_by_a_wrong_press()
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync();
        var arrives = new TaskCompletionSource();
        await page.RouteAsync("**/dist/PhoneLater.js*", async route =>
        {
            await arrives.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync($"/e/{e.Code}", new() { WaitUntil = WaitUntilState.Commit });
        var family = new Signer(page);
        await family.ChooseClassAsync(e.Primary);
        await family.ReadOnAsync();
        await family.NameAsync("学生的姓名", "王小明");
        await (await family.ShowAsync(page.Locator(".consent [href='#declined']"))).ClickAsync();
        await Expect(page.Locator("#declined")).ToBeVisibleAsync();

        arrives.SetResult();
        await page.WaitForFunctionAsync("() => document.getElementById('Form_Signers_Student__Name').value === ''"); // nothing stays there
        await page.GoBackAsync();

        await family.ShowAsync(family.Part("Student"));
        await Expect(page.GetByLabel("学生的姓名")).ToHaveValueAsync("王小明");
    }

    private async Task<(SeededEvent Event, Signer Family)> FilledInAsync()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await family.FillInAsync(e);
        return (e, family);
    }
}
