using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>One phone that goes from hand to hand: the next family sees nothing of the one before.</summary>
public sealed class SharedPhoneJourneys(Browser browser) : Journey(browser)
{
    private const string Sending = "**/pledges";

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // the receipt lies forward of the thanks
    public async Task Back_and_forward_never_show_the_thanks_of_the_family_before(bool hasOpenedReceipt)
    {
        var (_, family) = await FilledInAsync();
        var page = family.Page;
        await family.Submit.ClickAsync();
        await family.ThankedAsync("1和2");
        var receipt = (await page.Locator("a.receipt").GetAttributeAsync("href"))!;
        if (hasOpenedReceipt)
        {
            await page.Locator("a.receipt").ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "承诺回执" })).ToBeVisibleAsync();
            await page.GoBackAsync();
            await family.ThankedAsync("1和2");
            // The family's own line about it, of Back.
            await page.GoBackAsync();
            await Expect(page.Locator(".on-the-way a")).ToHaveAttributeAsync("href", receipt);
            await page.GoForwardAsync();
            await family.ThankedAsync("1和2");
        }

        await page.GetByRole(AriaRole.Link, new() { Name = "换个人来签" }).ClickAsync();

        await NothingOfThemAsync();
        for (var times = 0; times < 3; times++)
        {
            await page.GoBackAsync();
            await NothingOfThemAsync();
        }
        for (var times = 0; times < 3; times++)
        {
            await page.GoForwardAsync();
            await NothingOfThemAsync();
        }
        await page.ReloadAsync();
        await NothingOfThemAsync();

        async Task NothingOfThemAsync()
        {
            await Expect(page.GetByText("读完了，去签名")).ToBeVisibleAsync();
            await Expect(page.Locator("#done")).ToBeHiddenAsync();
            await Expect(page.Locator($"[href='{receipt}'], [src^='{receipt}']")).ToHaveCountAsync(0);
        }
    }

    [Fact]
    public async Task Over_the_thanks_of_the_second_family_the_first_ones_line_opens_nothing()
    {
        var (e, family) = await FilledInAsync();
        var page = family.Page;
        await page.Context.SetOfflineAsync(true);
        await family.Submit.ClickAsync();
        await family.WaitsAsync();
        await page.GetByText("先让别人签").ClickAsync();
        await family.FillInAsync(e, child: "李小红", parent: "李强");
        await page.Context.SetOfflineAsync(false);
        await Expect(page.GetByText("签名送到了：第1和2位签名人")).ToBeVisibleAsync();
        await NothingToOpenAsync();

        await family.Submit.ClickAsync();

        await family.ThankedAsync("3和4");
        await Expect(page.GetByText("签名送到了：第1和2位签名人")).ToBeVisibleAsync();
        await NothingToOpenAsync();

        // Those whose it is say so on the first step.
        await page.GetByRole(AriaRole.Link, new() { Name = "换个人来签" }).ClickAsync();
        await family.ClaimAsync();
        await page.Locator(".on-the-way").GetByRole(AriaRole.Link, new() { Name = "查看回执" }).ClickAsync();
        await Expect(page.GetByText("王小明").First).ToBeVisibleAsync();

        async Task NothingToOpenAsync()
        {
            await Expect(page.Locator(".on-the-way a")).ToHaveCountAsync(0);
            await Expect(page.Locator(".on-the-way").GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        }
    }

    [Fact]
    public async Task Whoever_opens_the_event_next_is_asked_before_a_name_of_the_signature_that_waits_is_shown()
    {
        var (e, family) = await FilledInAsync();
        var phone = family.Page.Context;
        await phone.RouteAsync(Sending, route => route.AbortAsync());
        await family.Submit.ClickAsync();
        await family.WaitsAsync();
        var address = family.Page.Url; // of the screen that was left
        await family.Page.CloseAsync();

        var next = new Signer(await phone.NewPageAsync());
        await next.Page.GotoAsync(address);
        await Expect(next.Page.GetByText("有一份签名还在这部手机里")).ToBeVisibleAsync();
        await Expect(next.Page.GetByText("读完了，去签名")).ToBeVisibleAsync();
        await Expect(next.Page.GetByLabel("学生的姓名")).ToHaveValueAsync("");
        await AccessibleAsync(next.Page);
        await next.Page.ReloadAsync(); // asked once more
        await next.Page.Locator(".on-the-way").GetByRole(AriaRole.Button, new() { Name = "换个人来签" }).ClickAsync();
        await Expect(next.Page.Locator(".on-the-way").GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await next.FillInAsync(e, child: "李小红", parent: "李强");
        await phone.UnrouteAsync(Sending);
        await next.Page.EvaluateAsync("dispatchEvent(new Event('online'))");
        await Expect(next.Page.GetByText("签名送到了：第1和2位签名人")).ToBeVisibleAsync();
        await Expect(next.Page.Locator(".on-the-way a")).ToHaveCountAsync(0);
        await next.Submit.ClickAsync();

        await next.ThankedAsync("3和4");
        using var anyone = App.CreateClient();
        Assert.Equal(4, await anyone.PeopleAsync(e.Code));
    }

    private async Task<(SeededEvent Event, Signer Family)> FilledInAsync()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await family.FillInAsync(e);
        return (e, family);
    }
}
