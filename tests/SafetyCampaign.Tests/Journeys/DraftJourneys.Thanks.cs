using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>What a family was given at the end, and what the page makes of it once signing is over.</summary>
public sealed partial class DraftJourneys
{
    [Fact]
    public async Task A_reload_and_back_and_forward_come_to_the_thanks_again()
    {
        var (e, family) = await FilledInAsync();
        await family.Submit.ClickAsync();
        await family.ThankedAsync("1和2");
        var receipt = await ReceiptAsync(family.Page);

        await family.Page.ReloadAsync();
        await SameThanksAsync();
        await family.Page.GetByRole(AriaRole.Link, new() { Name = "查看回执" }).ClickAsync();
        await Expect(family.Page.GetByRole(AriaRole.Heading, new() { Name = "承诺回执" })).ToBeVisibleAsync();
        await family.Page.GoBackAsync();
        await SameThanksAsync();
        await family.Page.GoBackAsync();
        await Expect(family.Page.GetByText("读完了，去签名")).ToBeVisibleAsync(); // and no empty form
        await Expect(family.Page.Locator(".on-the-way a")).ToHaveAttributeAsync("href", receipt!);
        await family.Page.GoForwardAsync();
        await SameThanksAsync();
        await family.Page.GetByRole(AriaRole.Link, new() { Name = "English" }).ClickAsync();
        await Expect(family.Page.GetByText("Signers no.")).ToContainTextAsync("1 and 2");
        Assert.Equal(receipt, await ReceiptAsync(family.Page));

        // Whoever opens the address elsewhere begins anew.
        var other = await PhoneAsync();
        await other.GotoAsync($"/e/{e.Code}#sign-1");
        await Expect(other.GetByText("读完了，去签名")).ToBeVisibleAsync();
        await other.GotoAsync($"/e/{e.Code}#done");
        await Expect(other.GetByText("读完了，去签名")).ToBeVisibleAsync();

        async Task SameThanksAsync()
        {
            await family.ThankedAsync("1和2");
            Assert.Equal(receipt, await ReceiptAsync(family.Page));
            await Expect(family.Page.Locator(".thanks-verification")).ToHaveTextAsync(new Regex("^[0-9A-Z]{4}-"));
            await Expect(family.Page.Locator(".certificate img")).ToHaveAttributeAsync("src", $"{receipt}/certificate.png");
        }
    }

    [Fact]
    public async Task A_reload_after_signing_has_ended_leads_to_the_receipt_of_who_has_signed()
    {
        var (e, family) = await FilledInAsync();
        await family.Submit.ClickAsync();
        await family.ThankedAsync("1和2");
        var receipt = await ReceiptAsync(family.Page);
        await App.ChangeEventAsync(e.Id, gathering => gathering.Close(DateTimeOffset.UtcNow));

        await family.Page.ReloadAsync();

        await Expect(family.Page.GetByText("签名已经结束").First).ToBeVisibleAsync();
        await Expect(family.Page.Locator(".on-the-way a")).ToHaveAttributeAsync("href", receipt);
        await family.Page.GetByRole(AriaRole.Link, new() { Name = "English" }).ClickAsync();
        await Expect(family.Page.Locator(".on-the-way a")).ToHaveAttributeAsync("href", receipt);
    }

    [Fact]
    public async Task A_draft_whose_page_is_taken_no_more_reloads_the_closed_page_once()
    {
        var e = await App.SeedEventAsync();
        await App.ChangeEventAsync(e.Id, gathering => gathering.Close(DateTimeOffset.UtcNow));
        var page = await PhoneAsync();
        await page.GotoAsync($"/e/{e.Code}");
        await page.EvaluateAsync(
            "([name, key]) => sessionStorage.setItem(name, JSON.stringify({ at: Date.now(), key, fields: {}, ink: {} }))",
            new[] { $"draft:{e.Code}", $"{Guid.CreateVersion7()}" });
        var asked = 0;
        page.Request += (_, request) => asked += request.IsNavigationRequest ? 1 : 0;

        await page.ReloadAsync();
        await Wait.UntilAsync(() => asked == 2, "the page was asked for once more, with the key");
        await Expect(page).ToHaveURLAsync(new Regex($"/e/{e.Code}$"));
        await page.EvaluateAsync("async () => void await (await fetch(location.href)).text()"); // a reload would end it
        Assert.Equal(2, asked);
    }

    private static async Task<string> ReceiptAsync(IPage page) => (await page.Locator("a.receipt").GetAttributeAsync("href"))!;
}
