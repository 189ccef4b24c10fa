using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using SafetyCampaign.Desk;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>What people do on the desk besides filling in a form and sending it once.</summary>
public sealed class SequenceJourneys(Browser browser) : Journey(browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_button_that_is_pressed_twice_makes_one_event()
    {
        var e = await App.SeedEventAsync();
        var page = await DeskAsync();
        await SignInAsync(page, e);
        await page.GotoAsync("/organize/events/new");
        await page.GetByLabel("地点").FillAsync("只有一场的地方");
        await page.GetByLabel("开始", new() { Exact = true }).FillAsync("2097-07-17T09:00");

        await page.GetByRole(AriaRole.Button, new() { Name = "创建活动" }).DblClickAsync();

        await Expect(page.Locator(".notice.success")).ToBeVisibleAsync();
        await using var db = App.OpenStore();
        Assert.Equal(1, await db.Events.CountAsync(x => x.Place == "只有一场的地方", Cancellation));
    }

    [Fact]
    public async Task Saving_pressed_twice_is_no_quarrel_with_oneself_and_the_form_come_back_to_saves_again()
    {
        var e = await App.SeedEventAsync();
        var page = await DeskAsync();
        await SignInAsync(page, e);
        await page.GotoAsync($"/organize/events/{e.Code}/facts");
        await page.Locator("#Form_Place").FillAsync("新礼堂");

        await page.GetByRole(AriaRole.Button, new() { Name = "保存" }).DblClickAsync();

        await Expect(page.Locator(".notice.success")).ToBeVisibleAsync();
        await page.GoBackAsync();
        await page.ReloadAsync();
        await page.Locator("#Form_Place").FillAsync("操场");
        await page.Locator("#Form_Place").PressAsync("Enter"); // the form's own button is the one that saves
        await Expect(page.Locator(".notice.success")).ToBeVisibleAsync();
        Assert.Equal("操场", await PlaceAsync(e));
    }

    [Fact]
    public async Task What_an_old_tab_sends_after_signing_out_elsewhere_is_in_the_form_again_after_signing_in()
    {
        var e = await App.SeedEventAsync();
        var page = await DeskAsync();
        await SignInAsync(page, e);
        var account = (await page.Locator(".menu summary").InnerTextAsync()).Trim();
        await page.GotoAsync($"/organize/events/{e.Code}/facts");
        await page.Locator("#Form_Place").FillAsync("写了很久的地点");
        await page.Locator("#Form_ShowsNames").CheckAsync();
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync("/organize");
        await other.Locator(".menu summary").ClickAsync();
        await other.GetByRole(AriaRole.Button, new() { Name = "退出登录" }).ClickAsync();
        await Expect(other).ToHaveURLAsync(new Regex("sign-in"));

        await page.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await Expect(page.GetByText("刚才提交的没有保存")).ToBeVisibleAsync();
        await page.GetByLabel("用户名").FillAsync(account);
        await page.GetByLabel("密码").FillAsync("错的密码");
        await page.GetByLabel("密码").PressAsync("Enter");
        await Expect(page.GetByText("用户名或密码不对").First).ToBeVisibleAsync();
        await Expect(page.GetByText("刚才提交的没有保存")).ToBeVisibleAsync();
        await page.GetByLabel("密码").FillAsync(DeskVisitor.Password);
        await page.GetByLabel("密码").PressAsync("Enter");

        await Expect(page).ToHaveURLAsync(new Regex("/facts$"));
        await Expect(page.GetByText("还没有保存。填过的内容放回来了")).ToBeVisibleAsync();
        await Expect(page.Locator("#Form_Place")).ToHaveValueAsync("写了很久的地点");
        await Expect(page.Locator("#Form_ShowsNames")).ToBeCheckedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await Expect(page.Locator(".notice.success")).ToBeVisibleAsync();
        Assert.Equal("写了很久的地点", await PlaceAsync(e));
    }

    [Fact]
    public async Task Another_account_that_signs_in_in_the_tab_does_not_see_what_was_typed()
    {
        var e = await App.SeedEventAsync();
        var page = await DeskAsync();
        await SignInAsync(page, e);
        await DeskVisitor.AddAccountAsync(App, "另一位老师", e.Organization);
        await page.GotoAsync($"/organize/events/{e.Code}/facts");
        await page.Locator("#Form_Place").FillAsync("写了很久的地点");
        await page.Context.ClearCookiesAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await page.GetByLabel("用户名").FillAsync("另一位老师");
        await page.GetByLabel("密码").FillAsync(DeskVisitor.Password);
        await page.GetByLabel("密码").PressAsync("Enter");

        await Expect(page).ToHaveURLAsync(new Regex("/facts$"));
        await Expect(page.Locator("#Form_Place")).ToHaveValueAsync("社区广场");
    }

    [Fact]
    public async Task Names_of_pupils_that_were_sent_after_signing_out_stay_in_no_storage_of_the_browser()
    {
        var e = await App.SeedEventAsync();
        await App.SeedRosterAsync(e, e.Primary, (1, "王小明"));
        await using var db = App.OpenStore();
        var school = await db.Classes.Where(c => c.Id == e.Primary).Select(c => c.SchoolId).SingleAsync(Cancellation);
        var page = await DeskAsync();
        await SignInAsync(page, e);
        foreach (var (address, field, button) in new[]
        {
            (DeskRoutes.ClassRoster(school, e.Primary), "#NewName", "#add button"),
            (DeskRoutes.ClassRoster(school, e.Primary), "[name^=Names]", "#pupils button"),
            (DeskRoutes.LostReceipt(e.Code), "#Form_Name", "main form[method=post] button"),
        })
        {
            await page.GotoAsync(address);
            var cookies = await page.Context.CookiesAsync();
            await page.Locator(field).First.FillAsync("欧阳小溪");
            await page.Context.ClearCookiesAsync();

            await page.Locator(button).First.ClickAsync();

            await Expect(page.GetByLabel("用户名")).ToBeVisibleAsync();
            Assert.DoesNotContain("欧阳小溪",
                await page.EvaluateAsync<string>("JSON.stringify(sessionStorage) + JSON.stringify(localStorage)"));
            await page.Context.AddCookiesAsync(cookies.Select(cookie => new Cookie
            {
                Name = cookie.Name,
                Value = cookie.Value,
                Domain = cookie.Domain,
                Path = cookie.Path,
            }));
        }
    }

    private async Task<string> PlaceAsync(SeededEvent e)
    {
        await using var db = App.OpenStore();
        return (await db.Events.SingleAsync(x => x.Id == e.Id, Cancellation)).Place;
    }
}
