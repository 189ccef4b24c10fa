using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using SafetyCampaign.Desk;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>The classes of a school, as somebody keeps them who has a list of them.</summary>
public sealed class ClassesJourneys(Browser browser) : Journey(browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sixty_six_classes_come_by_one_paste_and_two_presses()
    {
        var (page, school) = await BeginAsync();

        await page.GetByLabel("班级表").FillAsync(string.Join('\n',
            from grade in "七八九" from number in Enumerable.Range(1, 22) select $"{grade}{number} {40 + (number % 9)}"));
        await page.GetByRole(AriaRole.Button, new() { Name = "看看读成什么" }).ClickAsync();
        await Expect(page.GetByText("读到66个班，还没有存")).ToBeVisibleAsync();
        await Expect(page.Locator("main .button.main:visible")).ToHaveCountAsync(1); // to keep them, not to save the sizes above
        await page.Locator("#add button").ClickAsync();

        await Expect(page.GetByText("添加了66个班")).ToBeVisibleAsync();
        await using var db = App.OpenStore();
        Assert.Equal(66, await db.Classes.CountAsync(c => c.SchoolId == school && c.Grade >= 7, Cancellation));
    }

    [Fact]
    public async Task Every_odd_class_name_is_read_and_stands_unbroken_on_a_phone()
    {
        var (page, _) = await BeginAsync();
        await page.SetViewportSizeAsync(390, 844);
        string[] odd = ["托班", "小班", "大（1）班", "2024级护理3班", "2023级3班", "实验班", "育才2班", "高一实验班", "七（100）班"];

        await page.GetByLabel("班级表").FillAsync(string.Join('，', odd));
        await page.GetByRole(AriaRole.Button, new() { Name = "看看读成什么" }).ClickAsync();
        await page.Locator("#add button").ClickAsync();
        await Expect(page.GetByText($"添加了{odd.Length}个班")).ToBeVisibleAsync();

        foreach (var fold in await page.Locator("details.fold:not([open]) > summary").AllAsync())
            await fold.ClickAsync();
        foreach (var name in odd)
        {
            var cell = page.Locator("th .unbroken", new() { HasTextString = name }).First;
            await Expect(cell).ToBeVisibleAsync();
            Assert.Equal(1, await cell.EvaluateAsync<int>("it => it.getClientRects().length"));
        }
        await NoSidewaysAsync(page);
    }

    [Fact]
    public async Task Of_two_tabs_the_later_is_told_and_what_was_typed_in_it_stays()
    {
        var (page, school) = await BeginAsync();
        await page.GetByLabel("班级表").FillAsync("六1");
        await page.GetByRole(AriaRole.Button, new() { Name = "看看读成什么" }).ClickAsync();
        await page.Locator("#add button").ClickAsync();
        await Expect(page.GetByText("添加了1个班")).ToBeVisibleAsync();
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync(DeskRoutes.SchoolClasses(school));

        await SizeAsync(page, "41");
        await Expect(page.GetByText("人数已保存")).ToBeVisibleAsync();
        await SizeAsync(other, "42");

        await Expect(other.Locator("main .form-errors, main .validation-summary-errors").First).ToContainTextAsync("别人刚保存过这里");
        await Expect(other.GetByLabel("六（1）班学生人数")).ToHaveValueAsync("42");
        await Expect(other.GetByText("现在存的是41")).ToBeVisibleAsync();
        await using var db = App.OpenStore();
        Assert.Equal(41, (await db.Classes.SingleAsync(c => c.SchoolId == school && c.Grade == 6, Cancellation)).Expected);
    }

    private static async Task SizeAsync(IPage page, string size)
    {
        await page.GetByLabel("六（1）班学生人数").FillAsync(size);
        await page.GetByRole(AriaRole.Button, new() { Name = "保存人数" }).ClickAsync();
    }

    private async Task<(IPage Page, int School)> BeginAsync()
    {
        var e = await App.SeedEventAsync();
        var page = await DeskAsync();
        await SignInAsync(page, e);
        int school;
        await using (var db = App.OpenStore())
            school = (await db.Classes.SingleAsync(c => c.Id == e.Primary, Cancellation)).SchoolId;
        await page.GotoAsync(DeskRoutes.SchoolClasses(school));
        return (page, school);
    }
}
