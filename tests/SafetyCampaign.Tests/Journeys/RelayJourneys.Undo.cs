using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>The last pupil's turn, and what waits of a pupil who is no longer on the list.</summary>
public sealed partial class RelayJourneys
{
    [Fact]
    public async Task The_last_pupils_signature_can_be_undone_like_any_other()
    {
        var e = await App.SeedEventAsync();
        await App.SeedRosterAsync(e, e.Primary, (1, "王小明"));
        var (_, secret) = await App.SeedClassLinkAsync(e, e.Primary);
        var phone = await PhoneAsync();
        await phone.RouteAsync("**/api/class/**", route => route.AbortAsync()); // as slow as need be
        await phone.GotoAsync($"/class/{secret}/relay");
        await Expect(phone.Locator("#undo-last")).ToBeHiddenAsync();
        await phone.Locator("#start").ClickAsync();
        await phone.Locator("[data-turn=sign]").ClickAsync();
        await WriteLastAsync(phone);
        await Expect(phone.Locator("[data-name=王小明]")).ToHaveAttributeAsync("data-state", "waits");
        await AccessibleAsync(phone);

        await phone.Locator("#undo-last").ClickAsync();

        await Expect(phone.Locator("#turn h2")).ToHaveTextAsync("请1号王小明签名");
        Assert.Equal("", await StoredAsync(phone));
        await phone.Locator("[data-turn=sign]").ClickAsync();
        await WriteLastAsync(phone);
        await phone.UnrouteAsync("**/api/class/**");
        await phone.EvaluateAsync("dispatchEvent(new Event('online'))");
        await Expect(phone.Locator("[data-name=王小明]")).ToHaveAttributeAsync("data-state", "signed");
        await phone.Locator("#undo-last").ClickAsync(); // too late, and that is said
        await Expect(phone.Locator("#undo-told")).ToContainTextAsync("已经送到");
        using var anyone = App.CreateClient();
        Assert.Equal(1, await anyone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task What_waits_of_a_pupil_who_was_deleted_from_the_list_is_shown_sent_and_found_again_by_the_name()
    {
        var e = await App.SeedEventAsync();
        var pupils = await App.SeedRosterAsync(e, e.Primary, (1, "王小明"), (2, "王小红"), (3, "赵小雨"));
        var (_, secret) = await App.SeedClassLinkAsync(e, e.Primary);
        var phone = await PhoneAsync();
        await phone.RouteAsync("**/api/class/**", route => route.AbortAsync());
        await phone.GotoAsync($"/class/{secret}/relay");
        await phone.Locator("#start").ClickAsync();
        await phone.Locator("[data-turn=sign]").ClickAsync();
        await WriteAsync(phone, "请2号王小红签名");
        await OtherChoicesAsync(phone);
        await phone.Locator("[data-turn=absent]").ClickAsync();
        await phone.Locator("[data-turn=leave]").ClickAsync();
        await using (var db = App.OpenStore())
        {
            db.RemoveRange(db.Roster.Where(entry => entry.Id == pupils[0] || entry.Id == pupils[1]));
            await db.SaveChangesAsync(Cancellation);
        }
        await App.ChangeEventAsync(e.Id, gathering => gathering.ShowNames(true));

        await phone.ReloadAsync();

        await Expect(phone.Locator("[data-name=王小明]")).ToHaveAttributeAsync("data-state", "waits");
        await Expect(phone.Locator("#unlisted")).ToContainTextAsync("王小明已经不在名单上，签名照样送出");
        await phone.UnrouteAsync("**/api/class/**");
        await phone.EvaluateAsync("dispatchEvent(new Event('online'))");
        await Expect(phone.Locator("[data-name=王小明]")).ToHaveAttributeAsync("data-state", "signed");
        await Expect(phone.Locator("#refused")).ToContainTextAsync("王小红已经不在本班名单上");
        await AccessibleAsync(phone);
        await phone.GetByRole(AriaRole.Button, new() { Name = "不再显示" }).ClickAsync();
        await Expect(phone.Locator("#refused")).ToBeHiddenAsync();
        await Expect(phone.Locator("#sync")).ToContainTextAsync("没有待送出的");
        await phone.GotoAsync($"/class/{secret}");
        await Expect(phone.Locator(".pupils")).ToContainTextAsync("王小明不在名单上");
        await App.SeedRosterAsync(e, e.Primary, (1, "王小明"));
        await phone.ReloadAsync();
        await Expect(phone.Locator(".numbers .large dd")).ToHaveTextAsync("1/2");
    }

    /// <summary>Writes on the sheet that is open, after which there is nobody else.</summary>
    private static async Task WriteLastAsync(IPage page)
    {
        await page.WaitForFunctionAsync("() => !document.querySelector('#pad.ignores-taps')");
        await page.Locator("#pad canvas").SignAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "完成" }).ClickAsync();
        await Expect(page.Locator("#pad")).ToBeHiddenAsync();
    }
}
