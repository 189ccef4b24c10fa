using Microsoft.Playwright;
using SafetyCampaign.Desk;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>Back and Escape on the sheet to write on, which on a newer Android are one and the same, lose no ink.</summary>
public sealed class TurnedBackJourneys(Browser browser) : Journey(browser)
{
    [Fact]
    public async Task Escape_closes_the_sheet_signs_nothing_and_goes_nowhere_else_however_often_and_the_ink_stands_there_again()
    {
        var e = await App.SeedEventAsync();
        var family = await AtTheSheetAsync(e);
        await family.Canvas.SignAsync();
        for (var time = 0; time < 2; time++)
        {
            await family.Page.Keyboard.PressAsync("Escape");

            await Expect(family.Canvas).ToBeHiddenAsync();
            await Expect(family.Part("Student").GetByText("还没有签名")).ToBeVisibleAsync();
            await family.Page.WaitForFunctionAsync("() => !history.state?.pad && location.hash === '#sign'");
            await family.OpenPadAsync("Student");
        }
        await family.ClosePadAsync();
        await family.HasWrittenAsync("Student");
        // Nothing stands on a sheet that is opened anew; turned back from, it takes nothing away.
        await family.OpenPadAsync("Student");
        await family.Page.Keyboard.PressAsync("Escape");
        await Expect(family.Canvas).ToBeHiddenAsync();
        await family.HasWrittenAsync("Student");
    }

    [Fact]
    public async Task A_sheet_that_the_browser_closes_without_asking_keeps_its_ink_too()
    {
        var family = await AtTheSheetAsync(await App.SeedEventAsync());
        await family.Canvas.SignAsync();

        await family.Page.EvaluateAsync("document.getElementById('pad').close()");

        await family.OpenPadAsync("Student"); // and the button is heard
        await family.ClosePadAsync();
        await family.HasWrittenAsync("Student");
    }

    [Fact]
    public async Task Back_in_the_class_relay_stays_on_the_page_and_keeps_the_ink_for_the_pupil_who_wrote_it()
    {
        var e = await App.SeedEventAsync();
        await App.SeedRosterAsync(e, e.Primary, (1, "赵小雨"), (2, "赵小雨"), (3, "王小明"));
        var (_, secret) = await App.SeedClassLinkAsync(e, e.Primary);
        var tablet = await PhoneAsync();
        await tablet.GotoAsync($"/class/{secret}/relay");
        await tablet.Locator("#start").ClickAsync();
        await tablet.Locator("[data-turn=sign]").ClickAsync();
        await tablet.Locator("#pad canvas").SignAsync();

        await tablet.GoBackAsync();
        await Expect(tablet.Locator("#turn h2")).ToHaveTextAsync("请1号赵小雨签名");
        await Expect(tablet.Locator("#pad")).ToBeHiddenAsync();
        await tablet.Locator("[data-turn=sign]").ClickAsync();
        await DoneAsync(tablet);
        await Expect(tablet.Locator("#pad h2")).ToHaveTextAsync("请2号赵小雨签名"); // what stood there was handed in

        await tablet.Locator("#pad canvas").SignAsync();
        await tablet.Keyboard.PressAsync("Escape");
        await Expect(tablet.Locator("#turn h2")).ToHaveTextAsync("请2号赵小雨签名");
        await tablet.Locator("[data-turn=skip]").ClickAsync();
        await tablet.Locator("[data-turn=sign]").ClickAsync();
        await Expect(tablet.Locator("#pad h2")).ToHaveTextAsync("请3号王小明签名");
        await tablet.Locator("#pad canvas").SignAsync();
        await DoneAsync(tablet);
        await Expect(tablet.Locator("#pad h2")).ToHaveTextAsync("请2号赵小雨签名"); // of the same name as the first, with a sheet of its own
        await DoneAsync(tablet);
        await Expect(tablet.Locator("#pad").GetByText("还没有写")).ToBeVisibleAsync();
        await Expect(tablet.Locator("[data-name=赵小雨]").First).ToHaveAttributeAsync("data-state", "signed");
    }

    [Fact]
    public async Task What_a_volunteer_has_written_down_and_the_mark_stay_through_back_and_a_reload_and_what_was_said_is_said_anew()
    {
        var e = await App.SeedEventAsync();
        var desk = await DeskAsync(with => with.HasTouch = true);
        await SignInAsync(desk, e);
        await desk.GotoAsync(DeskRoutes.Assisted(e.Code));
        await desk.Locator("[name='Form.Party'][value=Guardian]").CheckAsync();
        await desk.Locator("#Form_Name").FillAsync("王奶奶");
        await desk.Locator("#Form_Class").SelectOptionAsync($"{e.Primary}");
        await desk.Locator("#Form_Relation").SelectOptionAsync("grandmother");
        await desk.Locator("#Form_Witness").FillAsync("陈志愿");
        await desk.Locator("#Form_Willing").CheckAsync();
        await desk.Locator("#Form_Mark").ClickAsync();
        await desk.Locator("#pad canvas").SignAsync();

        await desk.GoBackAsync();
        await Expect(desk.Locator("#pad")).ToBeHiddenAsync();
        await Expect(desk.Locator("#mark .ink-given")).ToHaveTextAsync(""); // not finished
        await desk.Locator("#Form_Mark").ClickAsync();
        await desk.Locator("#pad").GetByText("完成").ClickAsync();
        await Expect(desk.Locator("#mark .ink-given")).Not.ToHaveTextAsync("");
        await desk.ReloadAsync();

        await Expect(desk.Locator("#Form_Name")).ToHaveValueAsync("王奶奶");
        await Expect(desk.Locator("#Form_Relation")).ToHaveValueAsync("grandmother");
        await Expect(desk.Locator("#Form_Witness")).ToHaveValueAsync("陈志愿");
        await Expect(desk.Locator("#mark .ink-given")).Not.ToHaveTextAsync("");
        await Expect(desk.Locator("#Form_Willing")).Not.ToBeCheckedAsync();
        await desk.Locator("#Form_Willing").CheckAsync();
        await desk.Locator("form.assisted button.main").ClickAsync();
        await Expect(desk.GetByText("签好了：第1位签名人")).ToBeVisibleAsync();
        await desk.ReloadAsync();
        await Expect(desk.Locator("#Form_Name")).ToHaveValueAsync("");
        await desk.HasNothingStoredAsync();
    }

    private async Task<Signer> AtTheSheetAsync(SeededEvent e)
    {
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await family.ChooseClassAsync(e.Primary);
        await family.ReadOnAsync();
        await family.NameAsync("学生的姓名", "王小明");
        await family.OpenPadAsync("Student");
        return family;
    }

    private static async Task DoneAsync(IPage page)
    {
        await page.WaitForFunctionAsync("() => !document.querySelector('#pad.ignores-taps')");
        await page.Locator("#pad").GetByText("完成").ClickAsync();
    }
}
