using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>A district's evening: 614 classes of 22 schools.</summary>
public sealed class ManyClassesJourneys(Browser browser) : Journey(browser)
{
    private const int Classes = 614;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task At_the_desk_a_school_unfolds_its_classes_by_keyboard_and_without_a_script()
    {
        var e = await App.SeedEventAsync();
        await App.SeedFurtherClassesAsync(e, 96);
        var page = await DeskAsync(with => with.JavaScriptEnabled = false);
        await SignInAsync(page, e);
        foreach (var (path, rows) in new[] { (DeskRoutes.EventCoverage(e.Code), 4), (DeskRoutes.EventSheets(e.Code), 3) })
        {
            await page.GotoAsync(path);
            var seen = page.Locator("tbody tr:visible");
            await Expect(seen).ToHaveCountAsync(rows);

            var school = page.GetByRole(AriaRole.Checkbox, new() { Name = "显示各班： 大塘冲小学 2个班" });
            await school.FocusAsync();
            await page.Keyboard.PressAsync("Space");
            await Expect(seen).ToHaveCountAsync(rows + 2);
            await page.GetByText("96个班").ClickAsync();
            await Expect(seen).ToHaveCountAsync(rows + 2 + 96);
            await page.Keyboard.PressAsync("Space");
            await Expect(seen).ToHaveCountAsync(rows + 2);
        }

        var checkedPage = await DeskAsync();
        await SignInAsync(checkedPage, e);
        foreach (var path in new[]
            { DeskRoutes.EventCoverage(e.Code), DeskRoutes.EventSheets(e.Code), DeskRoutes.SchoolsCoverage(e.Organization) })
        {
            await checkedPage.GotoAsync(path);
            await AccessibleAsync(checkedPage);
        }
    }

    [Fact]
    public async Task The_school_is_picked_then_the_class_and_the_list_is_printed_once()
    {
        var e = await ManyAsync();
        using (var anyone = App.CreateClient())
        {
            var printed = await anyone.GetStringAsync($"/e/{e.Code}", Cancellation);
            Assert.Equal(Classes + 4, Regex.Count(printed, "<option[^>]* value=\"[0-9]+\""));
        }
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        var page = family.Page;
        var schools = page.Locator("#Form_Class-school");
        var classes = page.Locator("#Form_Class");
        await family.ChooseAsync("家长和两个孩子一起签");
        await Expect(schools.Locator("option")).ToHaveCountAsync(25);
        await Expect(classes.Locator("option")).ToHaveCountAsync(2);

        await (await family.ShowAsync(schools)).SelectOptionAsync("第七小学");
        await Expect(classes.Locator("option")).ToHaveCountAsync(30);
        await classes.SelectOptionAsync("二（3）班");
        await (await family.ShowAsync(page.Locator("#Form_Signers_Sibling__Class-school"))).SelectOptionAsync("大塘冲中学");
        await page.Locator("#Form_Signers_Sibling__Class").SelectOptionAsync($"{e.Junior}");
        foreach (var (seat, label, name) in new[]
            { ("Student", "学生的姓名", "王小明"), ("Sibling", "第二个孩子的姓名", "王小红"), ("Guardian", "家长的姓名", "王芳") })
        {
            await family.NameAsync(label, name);
            await family.TypeSignatureAsync(seat);
        }

        // A draft comes back to its school.
        await page.ReloadAsync();
        await Expect(page.GetByLabel("学生的姓名")).ToHaveValueAsync("王小明");
        await Expect(schools.Locator("option:checked")).ToHaveTextAsync("第七小学");
        await Expect(classes.Locator("option:checked")).ToHaveTextAsync("二（3）班");
        await family.ConsentAsync();
        await family.Submit.ClickAsync();

        await family.ThankedAsync("1–3");
        await using var db = App.OpenStore();
        var signed = await db.Pledges.Where(p => p.EventId == e.Id).OrderBy(p => p.Sequence).Select(p => p.ClassId)
            .ToListAsync(Cancellation);
        var chosen = await db.Set<ClassGroup>().SingleAsync(c => c.Id == signed[0], Cancellation);
        Assert.Equal((2, 3), (chosen.Grade, chosen.Number));
        Assert.Equal([signed[0], e.Junior, signed[0]], signed);
        await page.GetByRole(AriaRole.Link, new() { Name = "换个人来签" }).ClickAsync();
        await Expect(classes.Locator("option")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task A_link_of_a_class_has_its_school_picked_and_few_classes_need_no_school()
    {
        var few = await Signer.ScanAsync(await PhoneAsync(), await App.SeedEventAsync());
        await few.Page.WaitForFunctionAsync("() => [...document.styleSheets].some(it => it.href?.includes('PhoneLater'))");
        await Expect(few.Page.Locator("#Form_Class-school")).ToHaveCountAsync(0);

        var e = await ManyAsync();
        var page = await PhoneAsync();
        await page.GotoAsync($"/e/{e.Code}?c={e.Junior}");
        await Expect(page.Locator("#Form_Class-school option:checked")).ToHaveTextAsync("大塘冲中学");
        await Expect(page.Locator("#Form_Class")).ToHaveValueAsync($"{e.Junior}");
        await NoSidewaysAsync(page);
    }

    [Fact]
    public async Task A_senior_who_scans_the_link_of_a_younger_class_picks_another_and_no_script_fails()
    {
        var e = await ManyAsync();
        await using (var db = App.OpenStore())
        {
            var gathering = await db.Events.Include(x => x.Classes).ThenInclude(c => c.School).SingleAsync(x => x.Id == e.Id, Cancellation);
            gathering.Invite([.. gathering.Classes, new ClassGroup(gathering.Classes[0].School, 10, 1)]);
            await db.SaveChangesAsync(Cancellation);
            await App.Get<PublishedEvents>().ChangedAsync(e.Id, Cancellation);
        }
        var page = await PhoneAsync();
        var failures = new List<string>();
        page.PageError += (_, failure) => failures.Add(failure);
        await page.GotoAsync($"/e/{e.Code}?c={e.Primary}");
        var classes = page.Locator("#Form_Class");
        await Expect(page.Locator("#Form_Class-school option:checked")).ToHaveTextAsync("大塘冲小学");
        await Expect(classes).ToHaveValueAsync($"{e.Primary}");

        await page.EvaluateAsync("document.querySelector('[name=\"Form.Party\"][value=Student]').click()");
        await Expect(classes).ToHaveValueAsync("");
        await page.EvaluateAsync("document.querySelector('[name=\"Form.Party\"][value=Family]').click()");
        await page.EvaluateAsync("document.getElementById('form').reset()");

        await Expect(classes).ToHaveValueAsync($"{e.Primary}"); // the next family's, too
        Assert.Empty(failures);
    }

    private async Task<SeededEvent> ManyAsync()
    {
        var e = await App.SeedEventAsync();
        await using var db = App.OpenStore();
        var gathering = await db.Events.Include(x => x.Classes).SingleAsync(x => x.Id == e.Id, Cancellation);
        var community = await db.Organizations.SingleAsync(o => o.Id == e.Organization, Cancellation);
        var schools = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑".Select(n => new Organization($"第{n}小学", OrganizationKind.School, community)).ToList();
        var classes = Enumerable.Range(0, Classes)
            .Select(i => new ClassGroup(schools[i % schools.Count], i / schools.Count / 5 + 1, i / schools.Count % 5 + 1));
        gathering.Invite([.. gathering.Classes, .. classes]);
        await db.SaveChangesAsync(Cancellation);
        await App.Get<PublishedEvents>().ChangedAsync(e.Id, Cancellation);
        return e;
    }
}
