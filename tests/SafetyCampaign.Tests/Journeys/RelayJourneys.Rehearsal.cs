using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>What a class tried in the rehearsal, and sends once signing is open.</summary>
public sealed partial class RelayJourneys
{
    [Fact]
    public async Task What_waits_since_the_rehearsal_does_not_count_and_the_pupils_are_asked_again()
    {
        var (e, phone) = await PractisedAsync();
        await phone.Locator("[data-turn=leave]").ClickAsync();
        await App.ChangeEventAsync(e.Id, gathering => gathering.Open(DateTimeOffset.UtcNow));

        await ConnectAsync(phone);

        await Expect(phone.Locator("#rehearsal-over")).ToBeVisibleAsync();
        await Expect(phone.Locator("#refused")).ToContainTextAsync("没有计数：王小明、王小红");
        await Expect(phone.Locator("#start")).ToBeHiddenAsync();
        await Expect(phone.Locator("#undo-last")).ToBeHiddenAsync();
        await Expect(phone.Locator("#typed")).ToBeHiddenAsync();
        await Expect(phone.Locator("#rehearsal")).ToHaveCountAsync(0);
        Assert.Equal(0, await PeopleAsync(e));
        await AccessibleAsync(phone);
        await NoSidewaysAsync(phone);

        await phone.GetByRole(AriaRole.Link, new() { Name = "重新打开" }).ClickAsync();

        await Expect(phone.Locator("#start")).ToHaveTextAsync("开始：王小明");
        await Expect(phone.Locator("#sync")).ToContainTextAsync("没有待送出的");
        await phone.GetByRole(AriaRole.Button, new() { Name = "是练习，清除" }).ClickAsync();
        await Expect(phone.Locator("#refused")).ToBeHiddenAsync();
        Assert.Equal("", await StoredAsync(phone));
        await phone.Locator("#start").ClickAsync();
        await phone.Locator("[data-turn=sign]").ClickAsync();
        await WriteAsync(phone, "请2号王小红签名");
        await OtherChoicesAsync(phone);
        await phone.Locator("[data-turn=leave]").ClickAsync();
        await Expect(phone.Locator("[data-name=王小明]")).ToHaveAttributeAsync("data-state", "signed");
        Assert.Equal(1, await PeopleAsync(e));
    }

    [Fact]
    public async Task What_a_class_meant_though_its_page_was_of_the_rehearsal_is_sent_when_the_teacher_says_so()
    {
        var (e, phone) = await PractisedAsync();
        await App.ChangeEventAsync(e.Id, gathering => gathering.Open(DateTimeOffset.UtcNow));
        await phone.Locator("[data-turn=sign]").ClickAsync(); // the next one is writing when the network comes back

        await ConnectAsync(phone);
        await Expect(phone.Locator("#rehearsal-over")).Not.ToHaveAttributeAsync("hidden", "");
        await WriteLastAsync(phone);

        await Expect(phone.Locator("#refused")).ToContainTextAsync("没有计数：王小明、王小红、赵小雨");
        await phone.ReloadAsync();
        Assert.Equal(0, await PeopleAsync(e));
        await phone.GetByRole(AriaRole.Button, new() { Name = "是正式签的，送出" }).ClickAsync();

        await Expect(phone.Locator("[data-name=王小明]")).ToHaveAttributeAsync("data-state", "signed");
        await Expect(phone.Locator("#sync")).ToContainTextAsync("没有待送出的");
        await Expect(phone.Locator("#refused")).ToBeHiddenAsync();
        Assert.Equal(2, await PeopleAsync(e));
        await Expect(phone.Locator("[data-name=王小红]")).ToHaveAttributeAsync("data-state", "absent");
        await phone.ReloadAsync();
        await Expect(phone.Locator("[data-name=王小红]")).ToHaveAttributeAsync("data-state", "absent");
    }

    /// <summary>In the rehearsal, without a network: the first of three pupils signed, the second was absent.</summary>
    private async Task<(SeededEvent Event, IPage Page)> PractisedAsync()
    {
        var e = await App.SeedEventAsync(EventState.Rehearsal);
        await App.SeedRosterAsync(e, e.Primary, (1, "王小明"), (2, "王小红"), (3, "赵小雨"));
        var (_, secret) = await App.SeedClassLinkAsync(e, e.Primary);
        var phone = await PhoneAsync();
        await phone.GotoAsync($"/class/{secret}/relay");
        await Expect(phone.Locator("#rehearsal")).ToBeVisibleAsync();
        await phone.RouteAsync("**/api/class/**", route => route.AbortAsync());
        await phone.Locator("#start").ClickAsync();
        await phone.Locator("[data-turn=sign]").ClickAsync();
        await WriteAsync(phone, "请2号王小红签名");
        await OtherChoicesAsync(phone);
        await phone.Locator("[data-turn=absent]").ClickAsync();
        return (e, phone);
    }

    private static async Task ConnectAsync(IPage page)
    {
        await page.UnrouteAsync("**/api/class/**");
        await page.EvaluateAsync("dispatchEvent(new Event('online'))");
    }

    private async Task<int> PeopleAsync(SeededEvent e)
    {
        using var anyone = App.CreateClient();
        return await anyone.PeopleAsync(e.Code);
    }
}
