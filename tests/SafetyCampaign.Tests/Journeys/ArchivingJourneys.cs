using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>An organizer puts an event away, takes it back and deletes it; a school looks at it meanwhile.</summary>
public sealed class ArchivingJourneys(Browser browser) : Journey(browser)
{
    [Fact]
    public async Task An_event_is_archived_restored_and_deleted_while_a_stage_and_a_phone_have_it_open()
    {
        var e = await App.SeedEventAsync(EventState.Draft);
        var stage = await WatchAsync(e);
        var broken = new List<string>();
        stage.PageError += (_, error) => broken.Add(error);
        var phone = await PhoneAsync();
        await phone.GotoAsync($"/e/{e.Code}");
        await LookAsSchoolAsync(e);
        var page = await DeskAsync();
        await SignInAsync(page, e);
        await page.GetByRole(AriaRole.Heading, new() { Level = 2 }).GetByRole(AriaRole.Link, new() { Name = "暑期防溺水宣传活动" }).ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "归档" }).ClickAsync();
        await LookAtAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "归档" }).ClickAsync();
        await Expect(page.Locator(".notice.success")).ToContainTextAsync("活动已归档");
        await LookAtAsync(page);
        await page.GotoAsync("/organize");
        await Expect(page.GetByText("列表里没有活动")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "已归档 1" }).ClickAsync();
        await LookAtAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "暑期防溺水宣传活动" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "恢复到列表" }).ClickAsync();
        await Expect(page.Locator(".notice.success")).ToContainTextAsync("活动回到列表里了");

        await page.GetByRole(AriaRole.Link, new() { Name = "删除" }).ClickAsync();
        await LookAtAsync(page);
        await page.GetByLabel("活动码").FillAsync("AAAAAA");
        await page.GetByLabel("活动码").PressAsync("Enter");
        await Expect(page.GetByText("什么都还没有删除").First).ToBeVisibleAsync();
        await Expect(page.GetByLabel("活动码")).ToHaveValueAsync("AAAAAA");
        await page.GetByLabel("活动码").FillAsync(e.Code);
        await page.GetByRole(AriaRole.Button, new() { Name = "删除这场活动" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("已删除活动“暑期防溺水宣传活动”");

        await phone.ReloadAsync();
        await Expect(phone.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("没有");
        await Expect(stage.Locator("h1").First).ToBeVisibleAsync(); // the picture stays
        Assert.Empty(broken);
    }

    [Fact]
    public async Task The_address_of_a_host_link_is_copied_by_one_press()
    {
        var e = await App.SeedEventAsync();
        var page = await DeskAsync();
        await SignInAsync(page, e);
        await page.GotoAsync($"/organize/events/{e.Code}/hosts");
        await page.GetByLabel("给谁用").FillAsync("刘老师");
        await page.GetByLabel("给谁用").PressAsync("Enter");

        await page.GetByRole(AriaRole.Button, new() { Name = "复制链接" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "已复制" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "刘老师" })).ToBeVisibleAsync();
        await LookAtAsync(page);
    }

    private async Task LookAsSchoolAsync(SeededEvent e)
    {
        await using var db = App.OpenStore();
        var school = await db.Classes.Where(c => c.Id == e.Primary).Select(c => c.SchoolId)
            .SingleAsync(TestContext.Current.CancellationToken);
        var page = await DeskAsync();
        await SignInAsync(page, e with { District = school });
        await page.GetByRole(AriaRole.Link, new() { Name = "暑期防溺水宣传活动" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/participations/"));
        await LookAtAsync(page);
    }

    private static async Task LookAtAsync(IPage page)
    {
        await AccessibleAsync(page);
        await NoSidewaysAsync(page);
    }
}
