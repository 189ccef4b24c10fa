using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>A family that is in the middle of the form when signing ends, with a grace and without.</summary>
public sealed partial class GraceJourneys(Browser browser) : Journey(browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_told_until_when_it_is_taken_by_the_servers_clock_and_writes_and_is_thanked()
    {
        var page = await PhoneAsync();
        await page.AddInitScriptAsync("{ const now = Date.now; Date.now = () => now() - 5 * 3600_000; }"); // a wrong clock
        var (e, family) = await BeginAsync(page);
        await CloseAsync(e);

        await family.OpenPadAsync("Student");
        await Expect(page.Locator(".pad-told")).ToHaveTextAsync(OnPad());
        await family.Canvas.SignAsync();
        await Expect(page.Locator(".pad-told")).ToHaveTextAsync("");
        await family.ClosePadAsync();
        await family.NameAsync("家长的姓名", "王芳");
        await Expect(family.Page.Locator("#late")).ToHaveTextAsync(OnPage());
        await AccessibleAsync(page);
        await family.WriteAsync("Guardian");
        await family.ConsentAsync();
        await family.Submit.ClickAsync();

        await family.ThankedAsync("1和2");
        await using var db = App.OpenStore();
        Assert.True(await db.SigningFlags.AnyAsync(flag => (flag.Flags & SigningFlags.AfterClosing) != 0
            && db.Pledges.Any(p => p.EventId == e.Id && p.Sequence == flag.Sequence), Cancellation));
    }

    [Fact]
    public async Task Goes_on_with_what_it_had_written_after_a_reload_and_in_another_language()
    {
        var (e, family) = await BeginAsync(await PhoneAsync());
        await family.WriteAsync("Student");
        await CloseAsync(e);

        await family.Page.ReloadAsync();
        await Expect(family.Page.Locator("#late")).ToHaveTextAsync(OnPage());
        await family.HasWrittenAsync("Student");
        Assert.DoesNotContain("key=", family.Page.Url, StringComparison.Ordinal); // no key in an address that is shared
        await family.Page.GotoAsync($"/e/{e.Code}?lang=en#sign");

        await Expect(family.Page.Locator("#late")).ToContainTextAsync("You opened this page before that");
        await family.HasWrittenAsync("Student");
        await Expect(family.Page.GetByLabel("Student’s name")).ToHaveValueAsync("王小明");
        Assert.Contains("lang=en", family.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_refused_once_the_grace_is_over_with_all_kept_and_goes_on_where_signing_opens_again()
    {
        var (e, family) = await BeginAsync(await PhoneAsync());
        await CloseAsync(e);
        await ComeBackAsync(family);
        await Expect(family.Page.Locator("#late")).ToBeVisibleAsync();

        await App.ChangeEventAsync(e.Id, gathering => gathering.AllowGrace(0));
        await ComeBackAsync(family);
        await Expect(family.Page.GetByText("没有签上也没关系")).ToBeVisibleAsync();
        await Expect(family.Page.Locator("#late")).ToHaveCountAsync(0);
        await family.Part("Student").GetByRole(AriaRole.Button, new() { Name = "手写签名" }).ClickAsync();
        await Expect(family.Page.GetByText("没有签上也没关系")).ToBeInViewportAsync();
        await Expect(family.Canvas).ToBeHiddenAsync();
        await Expect(family.Page.GetByLabel("学生的姓名")).ToHaveValueAsync("王小明");

        await App.ChangeEventAsync(e.Id, gathering => gathering.Open(DateTimeOffset.UtcNow));
        await ComeBackAsync(family);
        await Expect(family.Page.GetByText("没有签上也没关系")).ToBeHiddenAsync();
        await family.WriteAsync("Student");
        await family.HasWrittenAsync("Student");
    }

    [Fact]
    public async Task Who_had_not_begun_and_opens_the_page_after_the_end_finds_it_closed()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await CloseAsync(e);

        await family.Page.ReloadAsync();

        await Expect(family.Page.GetByRole(AriaRole.Heading, new() { Name = "签名已经结束" })).ToBeVisibleAsync();
        await Expect(family.Page.Locator("form.sign-form")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task That_signing_has_ended_is_said_before_the_pad_opens_and_the_names_stay()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await family.ChooseClassAsync(e.Primary);
        await family.ReadOnAsync();
        await CloseWithoutGraceAsync(e);
        await family.NameAsync("学生的姓名", "王小明");

        await family.Part("Student").GetByRole(AriaRole.Button, new() { Name = "手写签名" }).ClickAsync();

        await Expect(family.Page.GetByText("签名已经结束")).ToBeVisibleAsync();
        await Expect(family.Canvas).ToBeHiddenAsync();
        await Expect(family.Page.GetByLabel("学生的姓名")).ToHaveValueAsync("王小明");
    }

    [Fact]
    public async Task Who_comes_back_to_the_page_is_told_that_signing_has_ended()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await CloseWithoutGraceAsync(e);

        await family.Page.EvaluateAsync("document.dispatchEvent(new Event('visibilitychange'))");

        await Expect(family.Page.GetByText("签名已经结束")).ToBeVisibleAsync();
    }

    private async Task<(SeededEvent Event, Signer Family)> BeginAsync(IPage page)
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(page, e);
        await family.ChooseClassAsync(e.Primary);
        await family.ReadOnAsync();
        await family.NameAsync("学生的姓名", "王小明");
        return (e, family);
    }

    private Task CloseAsync(SeededEvent e) => App.ChangeEventAsync(e.Id, gathering => gathering.Close(DateTimeOffset.UtcNow));

    private Task CloseWithoutGraceAsync(SeededEvent e) => App.ChangeEventAsync(e.Id, gathering =>
    {
        gathering.AllowGrace(0);
        gathering.Close(DateTimeOffset.UtcNow);
    });

    /// <summary>Later than the server is asked again.</summary>
    private static async Task ComeBackAsync(Signer family)
    {
        await family.Page.EvaluateAsync("{ const now = performance.now.bind(performance); performance.now = () => now() + 11_000; }");
        await family.Page.EvaluateAsync("document.dispatchEvent(new Event('visibilitychange'))");
    }

    [GeneratedRegex(@"^签名已经结束。这一页是结束前打开的，.*\d\d:\d\d前提交的仍然收下。$")]
    private static partial Regex OnPage();

    [GeneratedRegex(@"\d\d:\d\d前提交仍然收下。$")]
    private static partial Regex OnPad();
}
