using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>An organizer sets the count right, at the desk and on a phone.</summary>
public sealed class ReviewJourneys(Browser browser) : Journey(browser)
{
    [Fact]
    public async Task Two_signings_of_one_child_are_merged_and_taken_apart_again()
    {
        var e = await App.SeedEventAsync();
        using var phone = App.CreateClient();
        await phone.SignedAsync(e, "陈思雨", "陈芳");
        await phone.SignedAsync(e, "陈 思雨", "陈芳");
        var desk = await DeskAsync();
        await SignInAsync(desk, e);
        await desk.GotoAsync($"/organize/events/{e.Code}");
        await desk.GetByRole(AriaRole.Link, new() { Name = "核对签名" }).ClickAsync();

        await desk.Locator("summary", new() { HasText = "是同一个人" }).ClickAsync();
        await Expect(desk.GetByText("家长陈芳也是同一个人：人数从4变为2")).ToBeVisibleAsync();
        await AccessibleAsync(desk);
        await desk.GetByRole(AriaRole.Button, new() { Name = "算一个人" }).ClickAsync();

        await Expect(desk.GetByRole(AriaRole.Status)).ToContainTextAsync("已经算作一个人");
        Assert.Equal(2, await phone.PeopleAsync(e.Code)); // the parent is one, too
        await desk.GetByRole(AriaRole.Link, new() { Name = "处理记录" }).ClickAsync();
        await AccessibleAsync(desk);
        for (var left = 2; left > 0; left--)
        {
            await Expect(desk.Locator("summary", new() { HasText = "撤销" })).ToHaveCountAsync(left);
            await desk.Locator("summary", new() { HasText = "撤销" }).First.ClickAsync();
            await desk.GetByRole(AriaRole.Button, new() { Name = "撤销" }).First.ClickAsync();
            await Expect(desk.GetByRole(AriaRole.Status)).ToContainTextAsync("已经撤销");
        }
        await Expect(desk.Locator("summary", new() { HasText = "撤销" })).ToHaveCountAsync(0);
        Assert.Equal(4, await phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task What_a_program_signed_is_taken_out_at_once_from_a_phone()
    {
        var e = await App.SeedEventAsync();
        using var bot = App.CreateClient();
        for (var i = 0; i < 4; i++)
            await bot.SignedAsync(e, $"学生{i}", $"家长{i}");
        var page = await PhoneAsync();
        await SignInAsync(page, e);
        await page.GotoAsync($"/organize/events/{e.Code}/review/suspicious");
        await NoSidewaysAsync(page);

        await page.Locator("summary", new() { HasText = "全部记为无效" }).ClickAsync();
        await Expect(page.GetByText("人数从8变为0")).ToBeVisibleAsync();
        await AccessibleAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "全部记为无效" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("4份签名已记为无效");
        await AccessibleAsync(page);
        Assert.Equal(0, await bot.PeopleAsync(e.Code));
    }
}
