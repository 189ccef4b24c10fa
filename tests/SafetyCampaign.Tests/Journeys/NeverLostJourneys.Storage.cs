using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>A phone that has no room, or forbids pages to store anything.</summary>
public sealed partial class NeverLostJourneys
{
    [Theory]
    [InlineData("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }")]
    [InlineData("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('forbidden', 'SecurityError'); } })")]
    public async Task A_phone_that_stores_nothing_says_so_and_sends_while_the_page_is_open(string refusal)
    {
        var page = await PhoneAsync();
        await page.AddInitScriptAsync(refusal);
        var (e, family) = await FilledInAsync(page);
        await page.Context.SetOfflineAsync(true);

        await family.Submit.ClickAsync();
        await Expect(page.GetByText("这部手机不让网页存东西")).ToBeVisibleAsync();
        await page.Context.SetOfflineAsync(false);

        await family.ThankedAsync("1和2");
        using var anyone = App.CreateClient();
        Assert.Equal(2, await anyone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task What_a_full_phone_cannot_put_aside_stays_in_the_draft_until_it_is_answered()
    {
        var page = await PhoneAsync();
        await page.AddInitScriptAsync(
            "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('full', 'QuotaExceededError'); } })");
        var (e, family) = await FilledInAsync(page);
        await page.RouteAsync("**/pledges", route => route.AbortAsync());
        await family.Submit.ClickAsync();
        await Expect(page.GetByText("这部手机不让网页存东西")).ToBeVisibleAsync();

        await page.ReloadAsync();

        await Expect(page.GetByLabel("学生的姓名")).ToHaveValueAsync("王小明");
        await Expect(page.Locator("[data-way][aria-pressed=true]")).ToHaveCountAsync(2);
        await page.UnrouteAsync("**/pledges");
        await family.ConsentAsync();
        await family.Submit.ClickAsync();
        await family.ThankedAsync("1和2");
        await page.ReloadAsync();
        await family.ThankedAsync("1和2");
        using var anyone = App.CreateClient();
        Assert.Equal(2, await anyone.PeopleAsync(e.Code));
    }
}
