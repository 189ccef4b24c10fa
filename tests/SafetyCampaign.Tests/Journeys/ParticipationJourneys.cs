using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using SafetyCampaign.Storage;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>A school looks at the community's event in which its classes take part.</summary>
public sealed class ParticipationJourneys(Browser browser) : Journey(browser)
{
    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task A_school_finds_the_event_on_its_first_page_and_sees_how_many_of_its_classes_have_signed(int width, int height)
    {
        var e = await App.SeedEventAsync();
        using (var phone = App.CreateClient())
        {
            await phone.SignAsync(e.Code, Signing.Family(e));
            await phone.SignAsync(e.Code, Signing.Alone("student", e.Senior, "何年年")); // of another school
        }
        int school;
        await using (var db = App.OpenStore())
            school = await db.Classes.Where(c => c.Id == e.Primary).Select(c => c.SchoolId)
                .SingleAsync(TestContext.Current.CancellationToken);
        var name = $"小学的老师{e.Code}";
        await DeskVisitor.AddAccountAsync(App, name, school, OrganizerRole.Organizer);
        var page = await DeskAsync(with => with.ViewportSize = new ViewportSize { Width = width, Height = height });
        await page.GotoAsync("/organize/sign-in");
        await page.GetByLabel("用户名").FillAsync(name);
        await page.GetByLabel("密码").FillAsync(DeskVisitor.Password);
        await page.GetByLabel("密码").PressAsync("Enter");

        await page.GetByRole(AriaRole.Link, new() { Name = "暑期防溺水宣传活动" }).ClickAsync();

        var shown = page.Locator("main");
        await Expect(shown).ToContainTextAsync("大塘冲小学");
        await Expect(shown).ToContainTextAsync("五（1）班");
        foreach (var hidden in new[] { "大塘冲中学", "王小明", "何年年" })
            await Expect(shown).Not.ToContainTextAsync(hidden);
        await AccessibleAsync(page);
        await NoSidewaysAsync(page);
    }
}
