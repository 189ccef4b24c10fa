using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SafetyCampaign.Tests.Desk;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>To the identity provider and back in a real browser, whose rules for cookies, forms and other sites count.</summary>
public sealed class IdentityProviderJourneys(Browser browser) : Journey(browser, new CampaignApp { Kestrel = true })
{
    private readonly TestIdentityProvider provider = new() { Subject = "teacher-7", EndsSessions = true };

    public override async ValueTask InitializeAsync()
    {
        await provider.StartAsync();
        foreach (var (setting, value) in provider.Settings)
            App.Settings[setting] = value;
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Fact]
    public async Task A_stranger_takes_the_identifier_to_the_administrator_and_then_gets_in()
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync();
        await page.GotoAsync("/organize/sign-in");
        await AccessibleAsync(page);
        await page.GetByText("用单位统一身份登录").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("teacher-7");
        await AccessibleAsync(page);
        await NoSidewaysAsync(page);

        var colleague = await DeskVisitor.AddAccountAsync(App, "刘老师", e.Organization);
        var administrator = await DeskAsync();
        await SignInAsync(administrator, e);
        await administrator.GotoAsync($"/organize/accounts/{colleague}");
        await administrator.GetByLabel("身份提供方的用户标识").FillAsync("teacher-7");
        await administrator.GetByLabel("身份提供方的用户标识").PressAsync("Enter");
        await Expect(administrator.GetByText("用户标识已保存")).ToBeVisibleAsync();
        await AccessibleAsync(administrator);

        await page.GetByText("用单位统一身份登录").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/organize$"));

        // Out again: here, at the provider, and back, without a press on the way.
        await page.Locator("form[action='/organize/sign-out'] button").DispatchEventAsync("click");
        await Expect(page.GetByText("用单位统一身份登录")).ToBeVisibleAsync();
        await Expect(page.GetByText("这里已退出")).ToHaveCountAsync(0);
        Assert.Single(provider.EndedSessions);
    }
}
