using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>A grandmother who writes her name, and a volunteer who helps her to sign.</summary>
public sealed class AssistedHandwritingJourneys(Browser browser) : Journey(browser)
{
    private const string Words = "会写字的家长";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task She_writes_her_name_and_nobody_types_it_and_the_choice_stays_through_a_reload()
    {
        var e = await App.SeedEventAsync();
        var desk = await BeginAsync(e);
        await desk.GetByLabel("本人姓名").FillAsync("王奶");

        await desk.GetByLabel(Words).CheckAsync();
        await Expect(desk.GetByLabel("本人姓名")).ToBeHiddenAsync();
        await Expect(desk.Locator("#Form_Mark")).ToBeHiddenAsync();
        await desk.Locator("#Form_Child").FillAsync("王小明");
        await desk.Locator("#Form_Class").SelectOptionAsync($"{e.Primary}");
        await desk.Locator("#Form_Relation").SelectOptionAsync("grandmother");
        await desk.Locator("#Form_Handwriting").ClickAsync();
        await Expect(desk.Locator("#pad h2")).ToHaveTextAsync("请家长写自己的姓名");
        await Expect(desk.Locator(".pad-name")).ToHaveTextAsync("");
        await desk.Locator("#pad canvas").SignAsync();
        await desk.WaitForFunctionAsync("() => !document.querySelector('#pad.ignores-taps')");
        await desk.Locator("#pad").GetByText("完成").ClickAsync();
        await Expect(desk.GetByText("签名已经写好")).ToBeVisibleAsync();
        await desk.Locator("#Form_Witness").FillAsync("陈志愿");
        await AccessibleAsync(desk);

        await desk.ReloadAsync();
        await Expect(desk.GetByLabel(Words)).ToBeCheckedAsync();
        await Expect(desk.Locator("#Form_Child")).ToHaveValueAsync("王小明");
        await Expect(desk.GetByText("签名已经写好")).ToBeVisibleAsync();
        await desk.Locator("#Form_Willing").CheckAsync();
        await desk.Locator("form.assisted button.main").ClickAsync();

        await Expect(desk.GetByText("签好了：第1位签名人")).ToBeVisibleAsync();
        await using var db = App.OpenStore();
        var guardian = await db.Pledges.SingleAsync(p => p.EventId == e.Id, Cancellation);
        Assert.Equal((SignatureKind.HandwrittenName, GuardianRelation.Grandmother, "王小明"),
            (guardian.SignatureKind, guardian.Relation, guardian.Name));
        await Expect(desk.GetByLabel(Words)).Not.ToBeCheckedAsync();
        await Expect(desk.GetByLabel("本人姓名")).ToBeVisibleAsync();
        await desk.HasNothingStoredAsync();
    }

    [Fact]
    public async Task Another_relation_asks_for_new_ink_and_only_a_guardian_is_offered_it()
    {
        var desk = await BeginAsync(await App.SeedEventAsync());
        await desk.GetByLabel("本人姓名").FillAsync("王奶奶");
        await desk.GetByLabel(Words).CheckAsync();
        await desk.Locator("#Form_Relation").SelectOptionAsync("grandmother");
        await desk.Locator("#Form_Handwriting").ClickAsync();
        await desk.Locator("#pad canvas").SignAsync();
        await desk.Locator("#pad").GetByText("完成").ClickAsync();
        await Expect(desk.GetByText("签名已经写好")).ToBeVisibleAsync();

        await desk.Locator("#Form_Relation").SelectOptionAsync("mother");
        await Expect(desk.GetByText("签名已经写好")).ToBeHiddenAsync();

        await desk.Locator("[name='Form.Party'][value=Volunteer]").CheckAsync();
        await Expect(desk.GetByLabel(Words)).ToBeHiddenAsync();
        await Expect(desk.Locator("#Form_Child")).ToBeHiddenAsync();
        await Expect(desk.GetByLabel("本人姓名")).ToHaveValueAsync("王奶奶");
        await Expect(desk.Locator("#Form_Mark")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task After_the_end_a_reload_goes_on_with_what_was_written_down_and_says_until_when_it_is_taken()
    {
        var e = await App.SeedEventAsync();
        var desk = await BeginAsync(e);
        await desk.GetByLabel("本人姓名").FillAsync("王奶奶");
        await desk.Locator("#Form_Class").SelectOptionAsync($"{e.Primary}");
        await desk.Locator("#Form_Witness").FillAsync("陈志愿");
        await App.ChangeEventAsync(e.Id, gathering => gathering.Close(DateTimeOffset.UtcNow));

        await desk.ReloadAsync();
        await Expect(desk.GetByText("前记录的仍然收下")).ToBeVisibleAsync();
        await Expect(desk.GetByLabel("本人姓名")).ToHaveValueAsync("王奶奶");
        await desk.Locator("#Form_Willing").CheckAsync();
        await desk.Locator("form.assisted button.main").ClickAsync();

        await Expect(desk.GetByText("签好了：第1位签名人")).ToBeVisibleAsync();
        await Expect(desk.GetByText("现在不能签名")).ToBeVisibleAsync();
        await desk.ReloadAsync();
        await Expect(desk.GetByText("现在不能签名")).ToBeVisibleAsync(); // what was signed is not gone on with
        await Expect(desk.Locator("form.assisted")).ToHaveCountAsync(0);
    }

    private async Task<IPage> BeginAsync(SeededEvent e)
    {
        var desk = await DeskAsync(with => with.HasTouch = true);
        await SignInAsync(desk, e);
        await desk.GotoAsync(DeskRoutes.Assisted(e.Code));
        await desk.Locator("[name='Form.Party'][value=Guardian]").CheckAsync();
        return desk;
    }
}
