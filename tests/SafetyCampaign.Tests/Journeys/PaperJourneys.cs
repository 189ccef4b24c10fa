using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Load.Paper;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Schools.Paper;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>A class signs on paper; its teacher photographs the sheets with a phone, and an organizer decides at the desk.</summary>
public sealed class PaperJourneys(Browser browser) : Journey(browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sheets_are_printed_photographed_decided_by_keyboard_and_counted()
    {
        var e = await App.SeedEventAsync();
        await App.SeedRosterAsync(e, e.Primary, [.. Enumerable.Range(1, 20).Select(i => ((int?)i, $"学生{(char)('甲' + i)}"))]);
        var (_, secret) = await App.SeedClassLinkAsync(e, e.Primary);
        var phone = await PhoneAsync();
        await phone.GotoAsync($"/class/{secret}");
        await phone.GetByRole(AriaRole.Link, new() { Name = "用纸签" }).ClickAsync();
        await AccessibleAsync(phone);
        await NoSidewaysAsync(phone);
        var sheets = await App.PrintAsync(e, e.Primary);
        (bool, bool)[] all = [.. Enumerable.Repeat((true, true), 16)];
        await phone.Locator("#files").SetInputFilesAsync(
        [
            Jpeg(PaperOfClass.Photo(PhotoKind.Tilted, (sheets[0], all))),
            Jpeg(PaperOfClass.Photo(PhotoKind.UpsideDown, (sheets[1], [(true, true), (true, false), (false, false), (true, true)]))),
        ]);
        await phone.GetByRole(AriaRole.Button, new() { Name = "上传照片" }).ClickAsync();
        await Expect(phone.Locator(".notice.success")).ToContainTextAsync("2页已读取");
        var state = (await phone.Locator(".pages .hint").First.BoundingBoxAsync())!;
        Assert.True(state.Width > 240, $"What is to be done on a page stands in a column of {state.Width} pixels.");
        await phone.Locator(".pages a").First.ClickAsync();
        await Expect(phone.Locator(".row-picture")).ToHaveCountAsync(16);
        await AccessibleAsync(phone);
        await NoSidewaysAsync(phone);
        await phone.Locator("[data-fill]").ClickAsync(); // all that are clear in one press
        await Expect(phone.Locator("[data-left]")).ToHaveTextAsync("还有0行没核对");
        await phone.GetByRole(AriaRole.Button, new() { Name = "计入承诺" }).ClickAsync();
        await Expect(phone.Locator(".notice.success")).ToContainTextAsync("已计入16行");

        var desk = await DeskAsync();
        await SignInAsync(desk, e);
        await desk.GotoAsync($"/organize/events/{e.Code}/sheets");
        await AccessibleAsync(desk);
        await desk.GotoAsync($"/organize/events/{e.Code}/sheets/{e.Primary}");
        await desk.Locator(".pages a").Nth(1).ClickAsync();
        await AccessibleAsync(desk);
        // 1 both, 2 the pupil alone, 3 nobody; the next row comes by itself, and the arrows go back.
        await Expect(desk.Locator("#decisions li", new() { HasText = "学生" }).First.Locator("input[type=radio]").First).ToBeFocusedAsync();
        foreach (var key in new[] { "1", "2", "2", "1" })
            await desk.Keyboard.PressAsync(key);
        foreach (var key in new[] { "ArrowUp", "ArrowUp" })
            await desk.Keyboard.PressAsync(key);
        await Expect(desk.Locator("#decisions li").Nth(2).Locator("input:checked")).ToBeFocusedAsync();
        await desk.RouteAsync("**/sheets/*", route => route.Request.Method == "POST" ? route.AbortAsync() : route.ContinueAsync());
        await desk.Keyboard.PressAsync("3");
        await Expect(desk.GetByText("刚才的核对还没有保存")).ToBeVisibleAsync();
        await desk.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });
        await desk.GetByLabel("学校已有这些学生监护人的书面同意").CheckAsync();
        await desk.GetByRole(AriaRole.Button, new() { Name = "计入承诺" }).ClickAsync();
        await Expect(desk.Locator(".notice.success")).ToContainTextAsync("已计入3行");

        using var anyone = App.CreateClient();
        Assert.Equal(32 + 5, await anyone.PeopleAsync(e.Code));
        await desk.GotoAsync($"/organize/events/{e.Code}/coverage");
        await Expect(desk.Locator("tbody tr", new() { HasText = "五（1）班" }).Locator("td").Nth(1)).ToHaveTextAsync("19");
        await Expect(desk.Locator("thead")).ToContainTextAsync("纸质");
        await using var db = App.OpenStore();
        Assert.Equal(19, await db.AuditEntries.CountAsync( // one with each pledge
            a => a.EventCode == e.Code && a.Action == AuditAction.PaperRowsConfirmed, Cancellation));
        Assert.Equal(19, await db.Pledges.CountAsync(
            p => p.EventId == e.Id && p.Channel == SigningChannel.Paper && p.Role == SignerRole.Student, Cancellation));
    }

    private static FilePayload Jpeg(byte[] photo) => new() { Name = "photo.jpg", MimeType = "image/jpeg", Buffer = photo };
}
