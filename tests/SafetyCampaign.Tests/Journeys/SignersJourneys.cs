using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>A parent asks at the desk whether it has signed.</summary>
public sealed class SignersJourneys(Browser browser) : Journey(browser)
{
    [Fact]
    public async Task Whether_a_child_has_signed_is_answered_three_interactions_after_signing_in()
    {
        var e = await App.SeedEventAsync();
        using (var phone = App.CreateClient())
            await phone.SignAsync(e.Code, Signing.Family(e));
        var page = await DeskAsync();
        await SignInAsync(page, e);

        await page.GetByRole(AriaRole.Link, new() { Name = "暑期防溺水宣传活动" }).First.ClickAsync(); // 1
        await page.GetByRole(AriaRole.Link, new() { Name = "谁签了" }).ClickAsync(); // 2
        await page.GetByLabel("姓名").FillAsync("王 小明");
        await page.GetByLabel("姓名").PressAsync("Enter"); // 3

        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("签上了：大塘冲小学 五（1）班 王小明，第1位");
        await AccessibleAsync(page);
        await NoSidewaysAsync(page);
    }
}
