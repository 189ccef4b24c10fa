using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>A press of the button never loses a signature, and never counts one twice.</summary>
public sealed partial class NeverLostJourneys(Browser browser) : Journey(browser, new CampaignApp { Kestrel = true })
{
    private const string Sending = "**/pledges";

    [Fact]
    public async Task With_the_network_cut_the_signature_waits_on_the_phone_and_arrives_once()
    {
        var (e, family) = await FilledInAsync();
        await family.Page.Context.SetOfflineAsync(true);

        await family.Submit.ClickAsync();
        await family.WaitsAsync();
        await family.Page.Context.SetOfflineAsync(false);

        await family.ThankedAsync("1和2");
        await SignedOnceAsync(e, family.Page);
    }

    [Fact]
    public async Task While_the_server_restarts_the_signature_waits_and_arrives_once()
    {
        var (e, family) = await FilledInAsync();
        await App.StopAsync();

        await family.Submit.ClickAsync();
        await family.WaitsAsync();
        await App.StartAsync();
        await family.SendNowAsync();

        await family.ThankedAsync("1和2");
        await SignedOnceAsync(e, family.Page);
    }

    [Fact]
    public async Task A_page_closed_while_the_signature_waits_sends_it_when_it_is_opened_again()
    {
        var (e, family) = await FilledInAsync();
        var phone = family.Page.Context;
        await phone.RouteAsync(Sending, route => route.AbortAsync());
        await family.Submit.ClickAsync();
        await family.WaitsAsync();
        await family.Page.CloseAsync();

        var again = await Signer.ScanAsync(await phone.NewPageAsync(), e);
        await again.ClaimAsync();
        await again.WaitsAsync();
        await Expect(again.Page.GetByLabel("学生的姓名")).ToHaveValueAsync("王小明");
        await again.HasWrittenAsync("Guardian");
        await phone.UnrouteAsync(Sending);
        await again.SendNowAsync();

        await again.ThankedAsync("1和2");
        await SignedOnceAsync(e, again.Page);
    }

    [Fact]
    public async Task An_answer_that_never_came_is_asked_for_again_after_a_reload_and_is_the_same()
    {
        var (e, family) = await FilledInAsync();
        await family.Page.RouteAsync(Sending, async route =>
        {
            await route.FetchAsync(); // stored, but the phone does not hear of it
            await route.AbortAsync();
        });
        await family.Submit.ClickAsync();
        await family.WaitsAsync();

        await family.Page.ReloadAsync();
        await family.WaitsAsync();
        await family.Page.UnrouteAsync(Sending);
        await family.SendNowAsync();

        await family.ThankedAsync("1和2");
        await SignedOnceAsync(e, family.Page);
    }

    [Fact]
    public async Task Two_pages_that_send_the_same_signature_end_with_the_same_number()
    {
        var (e, family) = await FilledInAsync();
        await family.Page.RouteAsync(Sending, route => route.AbortAsync());
        await family.Submit.ClickAsync();
        await family.WaitsAsync();

        var second = await Signer.ScanAsync(await family.Page.Context.NewPageAsync(), e);
        await Expect(second.Page.GetByText("签名送到了：第1和2位签名人")).ToBeVisibleAsync();
        await family.Page.UnrouteAsync(Sending);
        await family.SendNowAsync();

        await family.ThankedAsync("1和2");
        await SignedOnceAsync(e, family.Page);
    }

    [Fact]
    public async Task Pressing_twice_hands_in_once()
    {
        var (e, family) = await FilledInAsync();
        await family.Submit.DblClickAsync();
        await family.ThankedAsync("1和2");
        await SignedOnceAsync(e, family.Page);
    }

    [Fact]
    public async Task Another_family_signs_at_the_same_phone_while_the_first_one_waits()
    {
        var (e, family) = await FilledInAsync();
        await family.Page.Context.SetOfflineAsync(true);
        await family.Submit.ClickAsync();
        await family.WaitsAsync();

        await family.Page.GetByText("先让别人签").ClickAsync();
        await Expect(family.Page.GetByText("有一份签名还在这部手机里")).ToBeVisibleAsync();
        await family.FillInAsync(e, child: "李小红", parent: "李强");
        await family.Page.Context.SetOfflineAsync(false);
        await Expect(family.Page.GetByText("签名送到了：第1和2位签名人")).ToBeVisibleAsync();
        await family.Submit.ClickAsync();

        await family.ThankedAsync("3和4");
    }

    [Fact]
    public async Task A_signature_that_waits_is_sent_from_another_events_page_too()
    {
        var (e, family) = await FilledInAsync();
        await family.Page.RouteAsync(Sending, route => route.AbortAsync());
        await family.Submit.ClickAsync();
        await family.WaitsAsync();
        await family.Page.CloseAsync();

        var other = await Signer.ScanAsync(await family.Page.Context.NewPageAsync(), await App.SeedEventAsync(title: "另一场活动"));

        await Expect(other.Page.GetByText("签名送到了：第1和2位签名人")).ToBeVisibleAsync();
        await Expect(other.Page.GetByRole(AriaRole.Heading, new() { Name = "另一场活动" })).ToBeVisibleAsync();

        // Its receipt stays in this tab, without a name, until it has been opened by those who say that it is theirs.
        await other.Page.ReloadAsync();
        await Expect(other.Page.Locator(".on-the-way a")).ToHaveCountAsync(0);
        await other.ClaimAsync();
        await other.Page.Locator(".on-the-way").GetByRole(AriaRole.Link, new() { Name = "查看回执" }).ClickAsync();
        await Expect(other.Page.GetByRole(AriaRole.Heading, new() { Name = "承诺回执" })).ToBeVisibleAsync();
        await SignedOnceAsync(e, other.Page);
    }

    [Fact]
    public async Task What_is_refused_after_waiting_stands_in_the_form_again_with_the_reason()
    {
        var (e, family) = await FilledInAsync();
        await family.Page.RouteAsync(Sending, route => route.AbortAsync());
        await family.Submit.ClickAsync();
        await family.WaitsAsync();
        await family.Page.CloseAsync();
        await App.RewriteTextAsync(e, SignerRole.Student);

        var again = await Signer.ScanAsync(await family.Page.Context.NewPageAsync(), e);
        await again.ClaimAsync();

        await Expect(again.Page.Locator("#problems")).ToContainTextAsync("承诺书刚刚更新了");
        await Expect(again.Page.GetByLabel("学生的姓名")).ToHaveValueAsync("王小明");
        await again.HasWrittenAsync("Student");
        await again.Page.HasNothingInLocalStorageAsync(); // it is a draft again, of this tab alone
    }

    [Fact]
    public async Task A_page_opened_before_a_new_release_still_finds_its_pad()
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync();
        await page.RouteAsync("**/dist/PhoneLater.*", route => route.AbortAsync()); // the line broke before it came
        var family = await Signer.ScanAsync(page, e);
        await family.ChooseClassAsync(e.Primary);
        await family.ReadOnAsync();
        await family.NameAsync("学生的姓名", "王小明");
        await family.Part("Student").GetByRole(AriaRole.Button, new() { Name = "手写签名" }).ClickAsync();
        await Expect(page.GetByText("手写板还没有下载下来").First).ToBeVisibleAsync();

        await App.RestartAsync();
        await page.UnrouteAsync("**/dist/PhoneLater.*");
        await family.WriteAsync("Student");

        await family.HasWrittenAsync("Student");
    }

    [Fact]
    public async Task A_style_sheet_that_never_comes_keeps_no_signature_from_being_sent()
    {
        var page = await PhoneAsync();
        await page.RouteAsync("**/dist/PhoneLater.css*", route => route.AbortAsync());
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(page, e);
        await family.ChooseAsync("只有家长签");
        await family.ChooseClassAsync(e.Primary);
        await family.ReadOnAsync();
        await family.NameAsync("家长的姓名", "王芳");
        await family.TypeSignatureAsync("Guardian");
        await App.RewriteTextAsync(e, SignerRole.Guardian);

        // What the server refuses is said, though the style sheet never comes.
        await family.Submit.ClickAsync();
        await Expect(page.Locator("#problems")).ToContainTextAsync("承诺书刚刚更新了");

        // The new words are not there without a network, and that is said too.
        await page.Context.SetOfflineAsync(true);
        await page.Locator("#new-texts").ClickAsync();
        await Expect(page.Locator("#problems")).ToContainTextAsync("没有连上网");
        await page.Context.SetOfflineAsync(false);
        await page.Locator("#new-texts").ClickAsync();
        await Expect(page.GetByText("读完了，去签名")).ToBeVisibleAsync(); // the new words have come
        await family.ReadOnAsync();
        await family.TypeSignatureAsync("Guardian");
        await family.Submit.ClickAsync();

        await family.ThankedAsync("1");
    }

    [Fact]
    public async Task A_page_that_the_back_key_brings_up_again_hands_in_a_pledge_of_its_own()
    {
        var (e, family) = await FilledInAsync();
        await family.Submit.ClickAsync();
        await family.ThankedAsync("1和2");
        await family.Page.GetByRole(AriaRole.Link, new() { Name = "查看回执" }).ClickAsync();
        await Expect(family.Page.GetByRole(AriaRole.Heading, new() { Name = "承诺回执" })).ToBeVisibleAsync();

        await family.Page.GoBackAsync();
        await family.Page.GotoAsync($"/e/{e.Code}#know");
        await family.FillInAsync(e, child: "李小红", parent: "李强");
        await family.Submit.ClickAsync();

        await family.ThankedAsync("3和4");
    }

    [Fact]
    public async Task Nothing_typed_or_drawn_stays_on_the_phone_once_it_has_arrived()
    {
        var (_, family) = await FilledInAsync();
        await family.Submit.ClickAsync();
        await family.ThankedAsync("1和2");

        await family.Page.HasNothingStoredAsync();
        Assert.All(await family.Page.Context.CookiesAsync(),
            cookie => Assert.True(cookie.HttpOnly && cookie.Value.Length < 300, cookie.Name));
        Assert.DoesNotContain("王小明", await family.Page.ContentAsync(), StringComparison.Ordinal);
    }

    private async Task<(SeededEvent Event, Signer Family)> FilledInAsync(IPage? page = null)
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(page ?? await PhoneAsync(), e);
        await family.FillInAsync(e);
        return (e, family);
    }

    private async Task SignedOnceAsync(SeededEvent e, IPage page)
    {
        using var anyone = App.CreateClient();
        Assert.Equal(2, await anyone.PeopleAsync(e.Code));
        await page.HasNothingStoredAsync();
    }
}
