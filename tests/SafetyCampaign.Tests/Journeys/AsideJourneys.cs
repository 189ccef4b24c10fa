using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>What the phone page says above the form, while another family has the phone, and what not over the thanks.</summary>
public sealed class AsideJourneys(Browser browser) : Journey(browser)
{
    private const string Sending = "**/pledges";

    [Fact]
    public async Task A_receipt_that_arrived_aside_is_taken_off_the_list_by_a_press()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await family.FillInAsync(e);
        await family.Page.RouteAsync(Sending, route => route.AbortAsync());
        await family.Submit.ClickAsync();
        await family.WaitsAsync();
        await family.Page.GetByText("先让别人签").ClickAsync();
        await family.Page.UnrouteAsync(Sending);
        await family.SendNowAsync();
        await Expect(family.Page.GetByText("签名送到了：第1和2位签名人")).ToBeVisibleAsync();
        var kept = await family.Page.EvaluateAsync<string>("JSON.stringify({ ...sessionStorage })");
        Assert.DoesNotContain("王", kept, StringComparison.Ordinal);

        await family.Page.Locator(".on-the-way").GetByRole(AriaRole.Button, new() { Name = "从列表里清除" }).ClickAsync();

        await Expect(family.Page.Locator(".on-the-way")).ToBeHiddenAsync();
        await family.Page.HasNothingStoredAsync();
    }

    [Fact]
    public async Task That_signing_has_ended_is_not_said_over_the_thanks()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await family.ChooseAsync("只有家长签");
        await family.ChooseClassAsync(e.Primary);
        await family.ReadOnAsync();
        await family.NameAsync("家长的姓名", "王芳");
        await family.TypeSignatureAsync("Guardian");
        await family.Submit.ClickAsync();
        await family.ThankedAsync("1");
        await App.ChangeEventAsync(e.Id, gathering => gathering.Close(DateTimeOffset.UtcNow));

        await family.Page.EvaluateAsync("document.dispatchEvent(new Event('visibilitychange'))");

        await family.Page.WaitForFunctionAsync("() => document.getElementById('late')"); // the page knows
        await Expect(family.Page.Locator("#late")).ToBeHiddenAsync();
        await family.ThankedAsync("1");
    }

    [Fact]
    public async Task A_phone_that_stores_nothing_promises_nothing_and_sends_from_the_open_page_when_signing_opens_again()
    {
        var page = await PhoneAsync();
        await page.AddInitScriptAsync("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }");
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(page, e);
        await family.FillInAsync(e);
        await page.RouteAsync(Sending, route => route.AbortAsync());
        await family.Submit.ClickAsync();
        await family.WaitsAsync();
        await page.GetByText("先让别人签").ClickAsync();
        await Expect(page.Locator(".on-the-way")).ToContainTextAsync("这部手机不让网页存东西");
        await App.ChangeEventAsync(e.Id, gathering =>
        {
            gathering.AllowGrace(0);
            gathering.Close(DateTimeOffset.UtcNow);
        });
        await page.UnrouteAsync(Sending);
        await family.SendNowAsync();
        await Expect(page.Locator(".on-the-way")).ToContainTextAsync("没有收下");
        await Expect(page.GetByText("还在这部手机里")).ToBeHiddenAsync();

        await App.ChangeEventAsync(e.Id, gathering => gathering.Open(DateTimeOffset.UtcNow));
        await page.EvaluateAsync("document.dispatchEvent(new Event('visibilitychange'))");

        await Expect(page.GetByText("签名送到了：第1和2位签名人")).ToBeVisibleAsync();
    }
}
