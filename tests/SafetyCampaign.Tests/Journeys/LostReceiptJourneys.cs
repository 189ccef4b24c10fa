using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>A family comes to the desk without its receipt.</summary>
public sealed class LostReceiptJourneys(Browser browser) : Journey(browser)
{
    [Fact]
    public async Task An_organizer_finds_the_pledge_by_name_corrects_it_and_withdraws_it()
    {
        var e = await App.SeedEventAsync();
        using (var phone = App.CreateClient())
            await phone.SignAsync(e.Code, Signing.Family(e));
        var page = await DeskAsync();
        await SignInAsync(page, e);
        await page.GotoAsync($"/organize/events/{e.Code}");
        await page.GetByRole(AriaRole.Link, new() { Name = "家长丢了回执" }).ClickAsync();

        await page.GetByLabel("谁提出的").SelectOptionAsync("guardian");
        await page.GetByLabel("姓名").FillAsync("王小明");
        await page.GetByRole(AriaRole.Button, new() { Name = "查找" }).ClickAsync();
        await Expect(page.Locator("#found")).ToContainTextAsync("王**");
        await AccessibleAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "打开" }).ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "打开这一份" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "回执的二维码" })).ToBeVisibleAsync();
        await AccessibleAsync(page);
        await NoSidewaysAsync(page);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(page.Locator(".secret")).ToBeVisibleAsync();
        await Expect(page.GetByText("只当面交给")).ToBeHiddenAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
        await page.GetByRole(AriaRole.Link, new() { Name = "第1位签名人的承诺" }).ClickAsync();

        await page.GetByLabel("姓名").First.FillAsync("王晓明");
        await page.GetByRole(AriaRole.Button, new() { Name = "保存更正" }).ClickAsync();
        await Expect(page.GetByText("更正已保存。")).ToBeVisibleAsync();
        await page.GetByText("撤回承诺").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "撤回并删除" }).ClickAsync();

        await Expect(page.GetByText("承诺已撤回，个人信息已删除。")).ToBeVisibleAsync();
    }
}
