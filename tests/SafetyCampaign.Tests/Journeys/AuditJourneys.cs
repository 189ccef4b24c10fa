using Microsoft.Playwright;
using SafetyCampaign.Storage;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>An administrator looks up who has seen names, and lets an observer see them for a time.</summary>
public sealed class AuditJourneys(Browser browser) : Journey(browser)
{
    [Theory]
    [InlineData("zh-CN", 1440, 900)]
    [InlineData("en", 390, 844)]
    public async Task Who_has_seen_names_is_found_and_the_log_is_checked(string language, int width, int height)
    {
        var e = await App.SeedEventAsync();
        using var phone = App.CreateClient();
        await phone.SignedAsync(e, "陈思雨", "陈芳");
        await phone.SignedAsync(e, "陈 思雨", "陈芳");
        var desk = await DeskAsync(options => options.ViewportSize = new ViewportSize { Width = width, Height = height });
        await SignInAsync(desk, e);
        await desk.GotoAsync($"/organize/events/{e.Code}/review?lang={language}");
        await desk.GetByRole(AriaRole.Link, new() { Name = language == "en" ? "Audit log" : "审计记录" }).ClickAsync();
        await desk.Locator("#kind").SelectOptionAsync("names");
        await desk.Locator(".audit-filter button").ClickAsync();
        await Expect(desk.Locator(".audit tbody tr")).ToHaveCountAsync(1);
        await Expect(desk.Locator(".audit tbody th")).ToContainTextAsync(language == "en" ? "Viewed 4 names" : "查看4个姓名");
        await AccessibleAsync(desk);
        await NoSidewaysAsync(desk);

        await desk.GetByRole(AriaRole.Link, new() { Name = language == "en" ? "Check the log" : "检查记录" }).ClickAsync();
        await Expect(desk.GetByRole(AriaRole.Status)).ToContainTextAsync(language == "en" ? "The log is whole" : "记录完整");
        await AccessibleAsync(desk);
        await NoSidewaysAsync(desk);
    }

    [Fact]
    public async Task An_observer_is_given_the_right_to_see_names_and_loses_it_again()
    {
        var e = await App.SeedEventAsync();
        var id = await DeskVisitor.AddAccountAsync(App, "区里的观察员", e.District, OrganizerRole.Observer);
        var desk = await DeskAsync();
        await SignInAsync(desk, e);
        await desk.GotoAsync($"/organize/accounts/{id}");
        await desk.GetByRole(AriaRole.Link, new() { Name = "管理权限" }).ClickAsync();
        await desk.GetByLabel("组织", new() { Exact = true }).SelectOptionAsync($"{e.Organization}");
        await desk.GetByRole(AriaRole.Button, new() { Name = "开放", Exact = true }).ClickAsync();

        await Expect(desk.GetByRole(AriaRole.Status)).ToContainTextAsync("已开放：大塘冲社区");
        await AccessibleAsync(desk);
        await desk.SetViewportSizeAsync(390, 844);
        await NoSidewaysAsync(desk);
        await desk.GetByRole(AriaRole.Button, new() { Name = "收回大塘冲社区的权限" }).ClickAsync();
        await Expect(desk.GetByText("现在只能看人数")).ToBeVisibleAsync();
    }
}
