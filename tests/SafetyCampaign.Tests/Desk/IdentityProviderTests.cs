using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Desk;

/// <summary>Signing in by the identity provider: who gets in, to which account, and who enters that.</summary>
public sealed partial class IdentityProviderTests(ProgramWithIdentityProvider app)
    : IClassFixture<ProgramWithIdentityProvider>, IAsyncLifetime
{
    private readonly HttpClient there = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TestIdentityProvider Provider => app.Provider;

    public ValueTask InitializeAsync()
    {
        Provider.Reset();
        Provider.Subject = $"person-{Guid.NewGuid():N}";
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        there.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Whoever_the_provider_vouches_for_is_signed_in_to_the_account_with_that_subject_and_led_on()
    {
        var account = await AddAccountAsync(Provider.Subject);
        var visitor = new DeskVisitor(app.OpenBrowser());
        Assert.Contains("用荷塘区教育账号登录", await visitor.ReadAsync(DeskRoutes.SignIn));

        var begun = await visitor.GetAsync($"{DeskRoutes.ProviderSignIn}?returnUrl=/organize/sessions");
        var asked = QueryHelpers.ParseQuery(begun.Headers.Location!.Query);
        var sentBack = await there.GetAsync(begun.Headers.Location, Cancellation);
        var answer = await visitor.Client.GetAsync(sentBack.Headers.Location, Cancellation);

        Assert.Equal("/organize/sessions", answer.Headers.Location?.ToString());
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(DeskRoutes.Sessions)).StatusCode);
        Assert.Equal("openid", asked["scope"]);
        Assert.Equal(new Uri(app.Address, DeskRoutes.ProviderCallback).ToString(), asked["redirect_uri"]);
        Assert.Equal(["client_id", "client_secret", "code", "code_verifier", "grant_type", "redirect_uri"],
            Provider.LastTokenRequest.Keys.Order());
        await using var db = app.OpenStore();
        var line = await db.AuditEntries.SingleAsync(a => a.Action == AuditAction.SignedIn && a.AccountId == account, Cancellation);
        Assert.Equal(AuditReason.IdentityProvider, line.Reason);

        // A second sign-in in this browser ends the first session; signing out ends the second.
        await SignInAsync(visitor.Client);
        Assert.Equal(1, await db.Sessions.CountAsync(s => s.OrganizerId == account, Cancellation));
        await visitor.SignOutAsync();
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync(DeskRoutes.Sessions)).StatusCode);
        Assert.Equal(0, await db.Sessions.CountAsync(s => s.OrganizerId == account, Cancellation));
    }

    [Fact]
    public async Task Whoever_has_no_account_is_shown_the_identifier_to_give_to_the_administrator_and_nothing_keeps_it()
    {
        var visitor = new DeskVisitor(app.OpenBrowser());

        Assert.Contains($"<output class=\"secret\">{Provider.Subject}</output>", await SaidAsync(visitor));

        Assert.DoesNotContain(Provider.Subject, await visitor.ReadAsync($"{DeskRoutes.SignIn}?provider=UnknownSubject"));
        await using var db = app.OpenStore();
        await Wait.UntilAsync(
            () => db.AuditEntries.AnyAsync(a => a.Reason == AuditReason.UnknownSubject, Cancellation), "the line is written");
        var line = await db.AuditEntries.SingleAsync(a => a.Reason == AuditReason.UnknownSubject, Cancellation);
        Assert.Equal((AuditAction.SignInFailed, null, null, null), (line.Action, line.AccountId, line.Subject, line.Detail));
        Assert.False(await db.UserLogins.AnyAsync(l => l.ProviderKey == Provider.Subject, Cancellation));
    }

    [Fact]
    public async Task A_suspended_account_is_told_so_and_stays_out()
    {
        await AddAccountAsync(Provider.Subject, account => account.LockoutEnd = DateTimeOffset.MaxValue);
        var visitor = new DeskVisitor(app.OpenBrowser());

        Assert.Contains("你的账号已停用", await SaidAsync(visitor));
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync(DeskRoutes.Home)).StatusCode);
    }

    [Fact]
    public async Task A_password_still_to_be_changed_holds_up_only_whoever_signs_in_by_it()
    {
        string name = "";
        await AddAccountAsync(Provider.Subject, account => (account.MustChangePassword, name) = (true, account.UserName!));
        var visitor = new DeskVisitor(app.OpenBrowser());

        await SignInAsync(visitor.Client);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(DeskRoutes.Home)).StatusCode);

        await visitor.SignOutAsync();
        await visitor.SignInAsync(name);
        Assert.Equal(DeskRoutes.Password, (await visitor.GetAsync(DeskRoutes.Home)).Headers.Location?.ToString());
    }

    [Fact]
    public async Task An_administrator_enters_changes_and_clears_the_identifier_and_the_sessions_end()
    {
        var administrator = await AdministratorAsync(app.Event);
        var taken = $"taken-{Guid.NewGuid():N}";
        await AddAccountAsync(taken);
        var account = await AddAccountAsync(null);
        var visitor = new DeskVisitor(app.OpenBrowser());

        Assert.Contains("已经属于另一个账号", await DeskVisitor.TextAsync(await EnterAsync(administrator, account, taken)));
        Assert.Contains("最多128个字符", await DeskVisitor.TextAsync(await EnterAsync(administrator, account, new string('x', 129))));
        Assert.Contains("最多128个字符", await DeskVisitor.TextAsync(await EnterAsync(administrator, account, "a\u202eb")));
        Assert.Equal(HttpStatusCode.Redirect, (await EnterAsync(administrator, account, $" {Provider.Subject} ")).StatusCode);
        Assert.Contains($"value=\"{Provider.Subject}\"", await administrator.ReadAsync(DeskRoutes.Account(account)));
        Assert.Equal(DeskRoutes.Home, (await SignInAsync(visitor.Client)).Headers.Location?.ToString());

        await EnterAsync(administrator, account, Provider.Subject); // nothing changes, nobody is signed out
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(DeskRoutes.Home)).StatusCode);
        await EnterAsync(administrator, account, "");
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync(DeskRoutes.Home)).StatusCode);
        Assert.Contains("没有与你对应的账号", await SaidAsync(visitor));

        await using var db = app.OpenStore();
        Assert.Equal(2, await db.AuditEntries.CountAsync(a => a.Action == AuditAction.SubjectChanged, Cancellation));
        var stranger = await AdministratorAsync(await app.SeedEventAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await EnterAsync(stranger, account, "theirs")).StatusCode);
    }

    [Fact]
    public async Task A_subject_of_an_earlier_provider_fits_nobody()
    {
        await AddAccountAsync(Provider.Subject, issuer: "https://earlier.example.cn");

        Assert.Contains("没有与你对应的账号", await SaidAsync(new DeskVisitor(app.OpenBrowser())));
    }

    [Fact]
    public async Task A_key_that_the_provider_has_changed_is_fetched_because_somebody_signs_in()
    {
        await AddAccountAsync(Provider.Subject);
        Assert.Equal(DeskRoutes.Home, (await SignInAsync(app.OpenBrowser())).Headers.Location?.ToString());

        Provider.ChangeKey();

        for (var tries = 1; ; tries++) // the first may come before the new key
        {
            if ((await SignInAsync(app.OpenBrowser())).Headers.Location?.ToString() == DeskRoutes.Home)
                break;
            Assert.True(tries < 200);
            await Task.Delay(50, Cancellation);
        }
    }

    private static async Task<HttpResponseMessage> EnterAsync(DeskVisitor administrator, int account, string subject) =>
        await administrator.PostAsync(
            $"{DeskRoutes.Account(account)}?handler=Subject",
            [.. DeskVisitor.Form(await administrator.ReadAsync(DeskRoutes.Password)), ("Subject", subject)]);

    private async Task<DeskVisitor> AdministratorAsync(SeededEvent e)
    {
        await DeskVisitor.AddAccountAsync(app, $"管理员{e.Code}", e.District, OrganizerRole.Administrator);
        var administrator = new DeskVisitor(app.OpenBrowser());
        await administrator.SignInAsync($"管理员{e.Code}");
        return administrator;
    }

    private async Task<int> AddAccountAsync(string? subject, Action<Organizer>? with = null, string? issuer = null)
    {
        var name = $"老师{Guid.NewGuid():N}"[..20];
        var id = await DeskVisitor.AddAccountAsync(app, name, app.Event.Organization);
        await using var db = app.OpenStore();
        with?.Invoke(await db.Users.SingleAsync(o => o.Id == id, Cancellation));
        if (subject is not null)
            db.UserLogins.Add(new() { LoginProvider = issuer ?? Provider.Issuer, ProviderKey = subject, UserId = id });
        await db.SaveChangesAsync(Cancellation);
        return id;
    }

    /// <summary>Goes to the provider; the address by which it sends the browser back.</summary>
    private async Task<Uri> ThereAsync(HttpClient browser, string? returnUrl = null)
    {
        var begun = await browser.GetAsync(
            new Uri($"{DeskRoutes.ProviderSignIn}?returnUrl={Uri.EscapeDataString(returnUrl ?? "")}", UriKind.Relative), Cancellation);
        return (await there.GetAsync(begun.Headers.Location, Cancellation)).Headers.Location!;
    }

    private async Task<HttpResponseMessage> SignInAsync(HttpClient browser, string? returnUrl = null) =>
        await browser.GetAsync(await ThereAsync(browser, returnUrl), Cancellation);

    private async Task<string> SaidAsync(DeskVisitor visitor) => await LedToAsync(visitor, await SignInAsync(visitor.Client));

    /// <summary>The page that an answer leads to, which must be the sign-in page.</summary>
    private static async Task<string> LedToAsync(DeskVisitor visitor, HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith(DeskRoutes.SignIn + "?", answer.Headers.Location?.ToString(), StringComparison.Ordinal);
        return await visitor.ReadAsync(answer.Headers.Location!.ToString());
    }
}
