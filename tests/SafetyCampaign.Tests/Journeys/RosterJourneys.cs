using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using SafetyCampaign.Desk;
using SafetyCampaign.Tests.Schools.Rosters;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>A school brings its list of pupils as it lies on its computer.</summary>
public sealed class RosterJourneys(Browser browser) : Journey(browser)
{
    [Fact]
    public async Task A_school_imports_a_messy_file_decides_what_is_doubtful_and_sees_how_many_are_expected_at_the_event()
    {
        var e = await App.SeedEventAsync();
        var page = await DeskAsync();
        await SignInAsync(page, e);
        await using var db = App.OpenStore();
        var school = await db.Classes.Where(c => c.Id == e.Primary).Select(c => c.SchoolId)
            .SingleAsync(TestContext.Current.CancellationToken);
        await page.GotoAsync(DeskRoutes.Roster(school));
        await AccessibleAsync(page);

        await page.GetByLabel("名单文件").SetInputFilesAsync(new FilePayload
        {
            Name = "五年级.xlsx",
            MimeType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Buffer = SheetWriter.Xlsx(Messy),
        });
        await page.GetByRole(AriaRole.Button, new() { Name = "读取", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("核对名单");
        await Expect(page.GetByText("身份证件号：D列")).ToBeVisibleAsync();
        await AccessibleAsync(page);
        await NoSidewaysAsync(page);

        await page.Locator("[data-question=ClassLooksLikeDate] select").SelectOptionAsync(new SelectOptionValue { Label = "是五（2）班" });
        await page.Locator("[data-question=NotAName]").GetByRole(AriaRole.Textbox).FillAsync("陈静");
        await page.GetByRole(AriaRole.Button, new() { Name = "更新预览" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "导入7名学生" }).ClickAsync();
        await Expect(page.GetByText("新增7名")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "打开五（1）班的名单" }).ClickAsync();
        await Expect(page.GetByText("在册6名")).ToBeVisibleAsync();
        await AccessibleAsync(page);
        await NoSidewaysAsync(page);

        // What is being typed is not lost to another button.
        await page.GetByRole(AriaRole.Textbox, new() { Name = "刘洋的姓名" }).FillAsync("刘阳");
        await page.GetByRole(AriaRole.Button, new() { Name = "赵雷已离开" }).ClickAsync();
        await Expect(page.GetByText("在册5名")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "刘阳的姓名" })).ToHaveValueAsync("刘阳");

        // The event knew of 45 pupils of this class and of none of the other.
        await page.GotoAsync(DeskRoutes.EventClasses(e.Code));
        await Expect(page.GetByText("应到5人")).ToBeVisibleAsync();
    }

    private static DrawnSheet Messy => new("Sheet1", ["大塘冲小学五年级学生名册"], ["班 级", "座号", "姓 名", "身份证号", "备注"],
        ["五（1）班", 1, "王小明", "43020320150304123X", null], [null, 2, "李思雨", "43020320150304123X", null],
        [null, 3, "张　伟", "43020320150304123X", "转学"], [null, 4, "★", "43020320150304123X", null],
        [null, 5, "刘洋", "43020320150304123X", null], [null, 6, "赵雷", "43020320150304123X", null],
        [new DateOnly(2026, 5, 2), 1, "周敏", "43020320150304123X", null], ["合计", 7])
    { Merged = ["A1:E1", "A3:A8"] };
}
