using System.Net;
using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Desk;
using SafetyCampaign.Tests.Operations;

namespace SafetyCampaign.Tests.Organizing;

/// <summary>
/// Guessing is slowed down, and its owner never locked out. The rules and figures are tried in SignInThrottleTests; here they
/// are what the forms say and do.
/// </summary>
public sealed class SignInThrottlingTests : IAsyncLifetime
{
    private const string School = "203.0.113.7";
    private const string Home = "198.51.100.20";

    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
    private readonly CampaignApp app;
    private SeededEvent e = null!;
    private int account;

    public SignInThrottlingTests() => app = new CampaignApp { Clock = clock, Limits = true, Parts = FromAddress.Install };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        e = await app.SeedEventAsync();
        account = await DeskVisitor.AddAccountAsync(app, "王老师", e.Organization);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Under_a_flood_from_the_owners_address_at_the_owners_account_the_right_password_gets_in_everywhere()
    {
        var known = At(School);
        Assert.Equal(HttpStatusCode.Redirect, (await known.SignInAsync("王老师")).StatusCode);
        await known.SignOutAsync();
        await DeskVisitor.AddAccountAsync(app, "李老师", e.Organization);
        var bot = At(School);
        var form = DeskVisitor.Form(await bot.ReadAsync("/organize/sign-in"));
        var statuses = new List<HttpStatusCode>();
        for (var second = 0; second < 10; second++)
        {
            for (var i = 0; i < 20; i++)
                statuses.Add((await bot.PostAsync("/organize/sign-in", [.. form, ("Name", "王老师"), ("Password", $"guess {second} {i}")]))
                    .StatusCode);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        // Slowed down: three at once, the next after 4 s.
        Assert.Equal(4, statuses.Count(status => status == HttpStatusCode.OK));
        Assert.Equal(196, statuses.Count(status => status == HttpStatusCode.TooManyRequests));
        // The owner on the device of before, on a new one at the same address, and at home; and a colleague beside the flood.
        Assert.Equal(HttpStatusCode.Redirect, (await known.SignInAsync("王老师")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await At(School).SignInAsync("王老师")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await At(Home).SignInAsync("王老师")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await At(School).SignInAsync("李老师")).StatusCode);
    }

    [Fact]
    public async Task Strangers_by_the_hundred_do_not_lock_an_account_that_its_owner_has_used_on_this_device()
    {
        var owner = At(School);
        await owner.SignInAsync("王老师");
        await owner.SignOutAsync();
        // What 300 strangers' wrong tries leave behind; each would have an address and a browser of its own.
        for (var i = 1; i <= 300; i++)
            app.Get<SignInThrottle>().Take(new SignInAttempt(account, "", (UInt128)i, new Guid(i, 0, 0, new byte[8]), null));
        var last = await At("192.0.2.1").SignInAsync("王老师", "wrong again");
        Assert.Equal(HttpStatusCode.TooManyRequests, last.StatusCode);
        var page = await DeskVisitor.TextAsync(last);
        Assert.Contains("请等60秒再试", page);
        Assert.DoesNotContain("签名", page);
        Assert.DoesNotContain("计数", page);

        Assert.Equal(HttpStatusCode.Redirect, (await owner.SignInAsync("王老师")).StatusCode);
        // A device that is new waits; after a quiet minute the right password opens there as well.
        Assert.Equal(HttpStatusCode.TooManyRequests, (await At(Home).SignInAsync("王老师")).StatusCode);
        clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(HttpStatusCode.Redirect, (await At(Home).SignInAsync("王老师")).StatusCode);
    }

    [Theory]
    [InlineData("zh-CN", "请等4秒再试", "请等3秒再试")]
    [InlineData("en", "Wait 4 seconds, then try again", "Wait 3 seconds, then try again")]
    public async Task The_page_says_how_long_to_wait_and_does_not_look_at_the_password_before(string language, string after, string still)
    {
        var visitor = At(School, language);
        await visitor.SignInAsync("王老师", "wrong");
        await visitor.SignInAsync("王老师", "wrong");
        Assert.Contains(after, await DeskVisitor.TextAsync(await visitor.SignInAsync("王老师", "wrong")));

        clock.Advance(TimeSpan.FromSeconds(1));
        var early = await visitor.SignInAsync("王老师");
        Assert.Equal(HttpStatusCode.TooManyRequests, early.StatusCode);
        Assert.Equal(3, early.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        Assert.Contains(still, await DeskVisitor.TextAsync(early));

        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.SignInAsync("王老师")).StatusCode);
    }

    [Fact]
    public async Task Waiting_does_not_tell_which_names_there_are()
    {
        var answers = new List<(HttpStatusCode, HttpStatusCode)>();
        var (real, made) = (At(School), At(School));
        for (var i = 0; i < 5; i++)
            answers.Add(((await real.SignInAsync("王老师", "wrong")).StatusCode, (await made.SignInAsync("没有的人", "wrong")).StatusCode));

        Assert.All(answers, pair => Assert.Equal(pair.Item1, pair.Item2));
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1].Item1);
    }

    [Fact]
    public async Task The_form_that_changes_a_password_is_slowed_down_as_signing_in_is()
    {
        var owner = At(School);
        await owner.SignInAsync("王老师");
        for (var i = 0; i < 5; i++)
            Assert.Contains("当前密码不对", await DeskVisitor.TextAsync(await owner.ChangePasswordAsync("wrong", "另外四个不相干的词")));

        var early = await owner.ChangePasswordAsync(DeskVisitor.Password, "另外四个不相干的词");
        Assert.Equal(HttpStatusCode.TooManyRequests, early.StatusCode);
        Assert.Contains("请等4秒再试", await DeskVisitor.TextAsync(early));

        clock.Advance(TimeSpan.FromSeconds(4));
        var changed = await owner.ChangePasswordAsync(DeskVisitor.Password, "另外四个不相干的词");
        Assert.Equal("/organize/password", changed.Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_forged_device_cookie_opens_no_lane()
    {
        var answers = new List<HttpStatusCode>();
        var bot = app.CreateClient().From(School);
        bot.DefaultRequestHeaders.Add("Cookie", "desk-device=AAAA");
        var visitor = new DeskVisitor(bot);
        for (var i = 0; i < 4; i++)
            answers.Add((await visitor.SignInAsync("王老师", "wrong")).StatusCode);

        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
    }

    private DeskVisitor At(string address, string language = "zh-CN") => new(app.CreateClient(language).From(address));
}
