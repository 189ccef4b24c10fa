using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Operations;

namespace SafetyCampaign.Tests.Organizing;

/// <summary>Between the password and the session. One program for all; its clock only goes on.</summary>
public sealed class SecondStepTests(SecondStepTests.OneProgram program) : IClassFixture<SecondStepTests.OneProgram>
{
    private const string School = "203.0.113.7";
    private const string Home = "198.51.100.20";

    public sealed class OneProgram : IAsyncLifetime
    {
        public FakeTimeProvider Clock { get; } = new(DateTimeOffset.UtcNow);

        public CampaignApp App { get; private set; } = null!;

        public SeededEvent Event { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            App = new CampaignApp { Clock = Clock, Parts = FromAddress.Install };
            await App.InitializeAsync();
            Event = await App.SeedEventAsync();
        }

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }

    private CampaignApp App => program.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_the_password_a_code_is_asked_for_and_there_is_no_session_before_it()
    {
        var (account, name, app) = await AccountAsync();
        var visitor = At(Home);

        var asked = await visitor.SendAsync($"{DeskRoutes.SignIn}?returnUrl=%2Forganize%2Forganizations",
            ("name", name), ("password", DeskVisitor.Password));

        Assert.Equal(DeskRoutes.SecondStep, asked.Headers.Location?.ToString()); // nothing of the account in the address
        Assert.Equal(["desk-second"], asked.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split('=')[0]));
        Assert.StartsWith(DeskRoutes.SignIn, (await visitor.GetAsync(DeskRoutes.Home)).Headers.Location?.ToString());
        await using (var db = App.OpenStore())
            Assert.False(await db.Sessions.AnyAsync(s => s.OrganizerId == account, Cancellation));
        var entered = await CodeAsync(visitor, app.Code());
        Assert.Equal("/organize/organizations", entered.Headers.Location?.ToString());
        Assert.Contains($"<span>{name}</span>", await visitor.ReadAsync(DeskRoutes.Home));
        Assert.Equal([null, AuditReason.ByCode], await SignInsAsync(account));
        // What led there leads there no more.
        Assert.Equal(DeskRoutes.SignIn, (await visitor.GetAsync(DeskRoutes.SecondStep)).Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_return_address_elsewhere_is_not_followed()
    {
        var (_, name, app) = await AccountAsync();
        foreach (var (address, code) in new[] { ("https://evil.example/", 0), ("//evil.example", 1) })
        {
            var visitor = At(Home);
            await visitor.SendAsync($"{DeskRoutes.SignIn}?returnUrl={Uri.EscapeDataString(address)}",
                ("name", name), ("password", DeskVisitor.Password));
            Assert.Equal(DeskRoutes.Home, (await CodeAsync(visitor, app.Code(code))).Headers.Location?.ToString());
        }
    }

    [Fact]
    public async Task A_code_is_taken_once_also_where_it_comes_twice_at_one_moment()
    {
        var (account, name, app) = await AccountAsync();
        var visitors = new[] { await PasswordGivenAsync(name), await PasswordGivenAsync(name), await PasswordGivenAsync(name) };
        var code = app.Code();

        var answers = await Task.WhenAll(visitors.Select(visitor => CodeAsync(visitor, code)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Redirect);
        var refused = answers.First(answer => answer.StatusCode != HttpStatusCode.Redirect);
        Assert.Contains("已经用过", await DeskVisitor.TextAsync(refused));
        // An older one than the last is refused as well; a newer one is taken.
        Assert.Equal(HttpStatusCode.OK, (await CodeAsync(await PasswordGivenAsync(name), app.Code(-1))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await CodeAsync(await PasswordGivenAsync(name), app.Code(1))).StatusCode);
        Assert.Equal([null, AuditReason.ByCode, AuditReason.ByCode], await SignInsAsync(account));
    }

    [Fact]
    public async Task The_code_that_set_the_app_up_does_not_sign_in()
    {
        var name = $"老师{Guid.NewGuid():N}"[..20];
        await DeskVisitor.AddAccountAsync(App, name, program.Event.Organization);
        var owner = At(School);
        await owner.SignInAsync(name);
        var app = await AppOnPhone.SetUpAsync(owner, program.Clock);

        Assert.Equal(HttpStatusCode.OK, (await CodeAsync(await PasswordGivenAsync(name), app.Code())).StatusCode);
    }

    [Fact]
    public async Task A_recovery_code_opens_once_and_is_told()
    {
        var (account, name, app) = await AccountAsync();
        var code = app.RecoveryCodes[4].Replace("-", " ").ToUpperInvariant();

        Assert.Equal(HttpStatusCode.Redirect, (await RecoverAsync(await PasswordGivenAsync(name), code)).StatusCode);
        var again = await RecoverAsync(await PasswordGivenAsync(name), code);

        Assert.Contains("恢复码不对，或者已经用过", await DeskVisitor.TextAsync(again));
        Assert.Equal(HttpStatusCode.Redirect, (await RecoverAsync(await PasswordGivenAsync(name), app.RecoveryCodes[5])).StatusCode);
        Assert.Equal([null, AuditReason.ByRecoveryCode, AuditReason.ByRecoveryCode], await SignInsAsync(account));
        await using var db = App.OpenStore();
        Assert.Equal(2, await db.AuditEntries.CountAsync(
            a => a.AccountId == account && a.Reason == AuditReason.RecoveryCodeUsed, Cancellation));
        Assert.Equal(8, await db.UserTokens.CountAsync(
            t => t.UserId == account && t.LoginProvider == SecondFactors.Recovery, Cancellation));
    }

    [Fact]
    public async Task The_step_ends_by_time_by_a_new_password_and_by_a_suspension_and_takes_the_code_of_its_own_account_alone()
    {
        var (account, name, app) = await AccountAsync();
        var (_, other, otherApp) = await AccountAsync();
        Assert.Equal(HttpStatusCode.OK, (await CodeAsync(await PasswordGivenAsync(name), otherApp.Code())).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await RecoverAsync(await PasswordGivenAsync(name), otherApp.RecoveryCodes[0])).StatusCode);
        // Somebody else's cookie opens their own account, and only with their own code.
        var thief = At(Home);
        Assert.Equal(HttpStatusCode.Redirect, (await thief.GetAsync(DeskRoutes.SecondStep)).StatusCode);

        await EndsAsync(() =>
        {
            program.Clock.Advance(TimeSpan.FromMinutes(6));
            return Task.CompletedTask;
        });
        await EndsAsync(() => WriteAsync(set => set.SetProperty(o => o.SecurityStamp, Guid.NewGuid().ToString())));
        await EndsAsync(() => WriteAsync(set => set.SetProperty(o => o.LockoutEnd, program.Clock.GetUtcNow().AddDays(1))));
        await WriteAsync(set => set.SetProperty(o => o.LockoutEnd, (DateTimeOffset?)null));
        Assert.Equal(HttpStatusCode.Redirect, (await CodeAsync(await PasswordGivenAsync(name), app.Code())).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await CodeAsync(await PasswordGivenAsync(other), otherApp.Code())).StatusCode);

        async Task EndsAsync(Func<Task> meanwhile)
        {
            var visitor = await PasswordGivenAsync(name);
            var form = DeskVisitor.Form(await visitor.ReadAsync(DeskRoutes.SecondStep));
            await meanwhile();
            var late = await visitor.PostAsync(DeskRoutes.SecondStep, [.. form, ("Code", app.Code())]);
            Assert.Equal(HttpStatusCode.OK, late.StatusCode);
            Assert.Contains("请重新登录", await DeskVisitor.TextAsync(late));
            Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync(DeskRoutes.Home)).StatusCode);
        }

        async Task WriteAsync(Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<Organizer>> set)
        {
            await using var db = App.OpenStore();
            await db.Users.Where(o => o.Id == account).ExecuteUpdateAsync(set, Cancellation);
        }
    }

    [Fact]
    public async Task A_cookie_that_was_made_up_leads_to_the_password()
    {
        var client = App.CreateClient();
        foreach (var cookie in new[] { "x", "%00", new string('A', 500) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, DeskRoutes.SecondStep);
            request.Headers.Add("Cookie", $"desk-second={cookie}");
            Assert.Equal(DeskRoutes.SignIn, (await client.SendAsync(request, Cancellation)).Headers.Location?.ToString());
        }
    }

    [Fact]
    public async Task Codes_cannot_be_guessed_and_a_right_password_between_them_changes_nothing()
    {
        var (account, name, app) = await AccountAsync();
        var guesser = At("192.0.2.66");
        for (var i = 0; i < 5; i++)
        {
            await guesser.SignInAsync(name);
            Assert.Equal(HttpStatusCode.OK, (await CodeAsync(guesser, app.Code(100 + i))).StatusCode);
        }

        await guesser.SignInAsync(name);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await CodeAsync(guesser, app.Code())).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await RecoverAsync(guesser, app.RecoveryCodes[0])).StatusCode);
        // The same with cookies that are fresh; its owner at home and on a browser that is known passes.
        var fresh = At("192.0.2.66");
        await fresh.SignInAsync(name);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await CodeAsync(fresh, app.Code())).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await CodeAsync(await PasswordGivenAsync(name), app.Code())).StatusCode);
        Assert.Equal([null, AuditReason.ByCode], await SignInsAsync(account));
        await using var db = App.OpenStore();
        await Wait.UntilAsync(() =>
        {
            program.Clock.Advance(TimeSpan.FromSeconds(10)); // failures are written by the clock
            return db.AuditEntries.AnyAsync(a => a.AccountId == account && a.Reason == AuditReason.WrongCode, Cancellation);
        }, "the failure is written");
    }

    [Fact]
    public async Task Wrong_passwords_by_the_hundred_keep_no_owner_from_the_second_step()
    {
        var (_, name, app) = await AccountAsync();
        var bot = At("192.0.2.77");
        var form = DeskVisitor.Form(await bot.ReadAsync(DeskRoutes.SignIn));
        for (var i = 0; i < 100; i++)
            await bot.PostAsync(DeskRoutes.SignIn, [.. form, ("Name", name), ("Password", $"guess {i}")]);

        var owner = At("192.0.2.77");
        Assert.Equal(DeskRoutes.SecondStep, (await owner.SignInAsync(name)).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Redirect, (await CodeAsync(owner, app.Code())).StatusCode);
    }

    [Fact]
    public async Task A_passkey_that_nobody_has_made_signs_nobody_in_and_slows_the_browser_down()
    {
        var visitor = new DeskVisitor(App.CreateClient());
        const string made = """
            {"id":"AAAA","rawId":"AAAA","type":"public-key","clientExtensionResults":{},
             "response":{"clientDataJSON":"e30","authenticatorData":"AAAA","signature":"AAAA","userHandle":"MQ"}}
            """;
        foreach (var credential in new[] { "", "{}", made })
        {
            await visitor.SendAsync($"{DeskRoutes.PasskeySignIn}?handler=Options");
            var refused = await visitor.SendAsync(DeskRoutes.PasskeySignIn, ("credential", credential));
            Assert.Contains("这个通行密钥没有通过", await DeskVisitor.TextAsync(refused));
            Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync(DeskRoutes.Home)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests,
            (await visitor.SendAsync(DeskRoutes.PasskeySignIn, ("credential", made))).StatusCode);
    }

    /// <summary>Somebody with an authenticator app, set up a minute ago.</summary>
    private async Task<(int Account, string Name, AppOnPhone App)> AccountAsync()
    {
        var name = $"老师{Guid.NewGuid():N}"[..20];
        var account = await DeskVisitor.AddAccountAsync(App, name, program.Event.Organization);
        var owner = At(School);
        await owner.SignInAsync(name);
        var app = await AppOnPhone.SetUpAsync(owner, program.Clock);
        await owner.SignOutAsync();
        program.Clock.Advance(TimeSpan.FromMinutes(1));
        return (account, name, app);
    }

    /// <summary>A new browser at which the password was right.</summary>
    private async Task<DeskVisitor> PasswordGivenAsync(string name)
    {
        var visitor = At(Home);
        Assert.Equal(DeskRoutes.SecondStep, (await visitor.SignInAsync(name)).Headers.Location?.ToString());
        return visitor;
    }

    private static Task<HttpResponseMessage> CodeAsync(DeskVisitor visitor, string code) =>
        visitor.SendAsync(DeskRoutes.SecondStep, ("Code", code));

    private static Task<HttpResponseMessage> RecoverAsync(DeskVisitor visitor, string code) =>
        visitor.SendAsync($"{DeskRoutes.SecondStep}?handler=Recovery", ("RecoveryCode", code));

    private DeskVisitor At(string address) => new(App.CreateClient().From(address));

    /// <summary>By what the account has signed in, in order.</summary>
    private async Task<List<AuditReason?>> SignInsAsync(int account)
    {
        await using var db = App.OpenStore();
        return await db.AuditEntries.Where(a => a.Action == AuditAction.SignedIn && a.AccountId == account)
            .OrderBy(a => a.Sequence).Select(a => a.Reason).ToListAsync(Cancellation);
    }
}
