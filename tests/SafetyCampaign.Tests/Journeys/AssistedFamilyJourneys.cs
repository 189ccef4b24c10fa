using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Tests.Schools;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>A child and its grandmother sign at a volunteer's device, together or one after the other.</summary>
public sealed class AssistedFamilyJourneys(Browser browser) : Journey(browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_sign_on_one_form_which_asks_each_for_its_own_ink_and_keeps_it_through_a_reload()
    {
        var e = await App.SeedEventAsync();
        var desk = await BeginAsync(e);
        await Expect(desk.Locator("#Form_HoldsGuardianConsent")).ToBeHiddenAsync(); // of a student who signs alone
        await desk.Locator("#Form_Class").SelectOptionAsync($"{e.Primary}");
        await desk.Locator("#Form_Child").FillAsync("王小明");
        await WriteAsync(desk, "ChildSignature", "请孩子写自己的姓名");
        await Expect(desk.GetByText("签名已经写好")).ToBeVisibleAsync();
        await desk.Locator("#Form_Name").FillAsync("王奶奶");
        await desk.Locator("#Form_Relation").SelectOptionAsync("grandmother");
        await WriteAsync(desk, "Mark", "请画一个记号");
        await desk.Locator("#Form_Witness").FillAsync("陈志愿");
        await desk.Locator("#Form_GuardianConsent").CheckAsync();
        await AccessibleAsync(desk);

        await desk.ReloadAsync();
        await Expect(desk.Locator("#Form_Child")).ToHaveValueAsync("王小明");
        await Expect(desk.GetByText("签名已经写好")).ToBeVisibleAsync();
        await Expect(desk.GetByText("记号已经画好")).ToBeVisibleAsync();
        await Expect(desk.Locator("#Form_GuardianConsent")).Not.ToBeCheckedAsync(); // given again
        await desk.Locator("#Form_Willing").CheckAsync();
        await desk.Locator("#Form_GuardianConsent").CheckAsync();
        await desk.Locator("form.assisted button.main").ClickAsync();

        await Expect(desk.GetByText("孩子和家长算一个家庭")).ToBeVisibleAsync();
        await using var db = App.OpenStore();
        var kinds = await db.Pledges.Where(p => p.EventId == e.Id).OrderBy(p => p.Sequence).Select(p => p.SignatureKind)
            .ToListAsync(Cancellation);
        Assert.Equal([SignatureKind.Handwritten, SignatureKind.Mark], kinds);
        await desk.HasNothingStoredAsync();
    }

    [Fact]
    public async Task A_grandmother_alone_is_asked_for_her_child_and_may_sign_without_it_once_it_is_not_found()
    {
        var e = await App.SeedEventAsync();
        var pupils = await App.SeedRosterAsync(e, e.Primary, (1, "王小明"));
        var desk = await BeginAsync(e);
        await desk.Locator("[name='Form.Party'][value=Guardian]").CheckAsync();
        await Expect(desk.Locator("#Form_ChildSignature")).ToBeHiddenAsync();
        await desk.Locator("#Form_Class").SelectOptionAsync($"{e.Primary}");
        await desk.Locator("#Form_Child").FillAsync("王小明");
        await desk.Locator("#Form_Name").FillAsync("王奶奶");
        await desk.Locator("#Form_Witness").FillAsync("陈志愿");
        await AgreeAsync(desk);
        await Expect(desk.Locator("#Form_Child-error")).ToContainTextAsync("没有找到这个孩子的签名");
        await Expect(desk.Locator("#Form_WithoutChild")).ToBeVisibleAsync();
        await AccessibleAsync(desk);

        using var teacher = App.CreateClient();
        var (_, secret) = await App.SeedClassLinkAsync(e, e.Primary);
        await teacher.SignInClassAsync(secret, "王小明", pupils[0]); // meanwhile, in the classroom
        await AgreeAsync(desk);

        await Expect(desk.GetByText("第2位签名人，和孩子的签名合成一个家庭")).ToBeVisibleAsync();
        await Expect(desk.Locator("[name='Form.Party'][value=Family]")).ToBeCheckedAsync();
    }

    private static async Task AgreeAsync(IPage desk)
    {
        await desk.Locator("#Form_Willing").CheckAsync();
        await desk.Locator("#Form_GuardianConsent").CheckAsync();
        await desk.Locator("form.assisted button.main").ClickAsync();
    }

    private static async Task WriteAsync(IPage desk, string field, string title)
    {
        await desk.Locator($"#Form_{field}").ClickAsync();
        await Expect(desk.Locator("#pad h2")).ToHaveTextAsync(title);
        await desk.Locator("#pad canvas").SignAsync();
        await desk.WaitForFunctionAsync("() => !document.querySelector('#pad.ignores-taps')");
        await desk.Locator("#pad").GetByText("完成").ClickAsync();
        await Expect(desk.Locator("#pad")).ToBeHiddenAsync();
    }

    private async Task<IPage> BeginAsync(SeededEvent e)
    {
        var desk = await DeskAsync(with => with.HasTouch = true);
        await SignInAsync(desk, e);
        await desk.GotoAsync(DeskRoutes.Assisted(e.Code));
        return desk;
    }
}
