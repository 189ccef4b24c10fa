using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Desk;

/// <summary>What became of a password that somebody typed.</summary>
public enum SignInStatus
{
    Succeeded,

    /// <summary>The name or the password is not right, or the account is locked: strangers are not told which.</summary>
    Wrong,

    /// <summary>Too many tries: the password was not looked at.</summary>
    Delayed,

    /// <summary>The password is right, and no session has begun: the account has a second factor, which is asked for next.</summary>
    SecondStep,
}

/// <summary>The outcome of a try.</summary>
/// <param name="Wait">How long until the next; zero where it may be at once.</param>
public readonly record struct SignInOutcome(SignInStatus Status, TimeSpan Wait = default);

/// <summary>
/// The one place where a password is checked and where a session begins: the sign-in page, the form that changes a password and
/// the set-up come here.
/// </summary>
public sealed partial class AccountSignIn(
    SignInManager<Organizer> signIn, SignInThrottle throttle, KnownDeviceCookie devices, PasswordCheckGate gate, SignInMetrics metrics,
    SignInAudit audit, StepCookies steps, IOptions<AntiforgeryOptions> forms, TimeProvider time, ILogger<AccountSignIn> log)
{
    /// <summary>What is said when too many passwords wait to be checked.</summary>
    internal static readonly TimeSpan WhenBusy = TimeSpan.FromSeconds(2);

    /// <summary>Signs in by name and password.</summary>
    /// <param name="http">The request; the answer gets the cookies.</param>
    /// <param name="name">As it is stored, see AccountName.</param>
    /// <param name="password">As it was typed.</param>
    /// <param name="returnUrl">Where a second step leads to, if there is one.</param>
    public async Task<SignInOutcome> TryAsync(HttpContext http, string name, string password, string? returnUrl = null)
    {
        var account = await signIn.UserManager.FindByNameAsync(name);
        var device = account is null ? null : devices.Find(http, account.Id);
        var attempt = new SignInAttempt(
            account?.Id, signIn.UserManager.NormalizeName(name), ClientNetwork.Of(http), VisitorOf(http), device);
        var outcome = await CheckAsync(http, attempt, account, password);
        if (outcome.Status == SignInStatus.Succeeded && account!.GeneratedPassword is not null)
        {
            account.GeneratedPassword = null; // it was used: from now on its owner alone knows it
            await signIn.UserManager.UpdateAsync(account);
        }
        if (outcome.Status == SignInStatus.Succeeded && account!.TwoFactorEnabled)
            return AskSecondStep(http, account, returnUrl);
        if (outcome.Status == SignInStatus.Succeeded)
        {
            await audit.SucceededAsync(account!);
            await StartAsync(http, account!);
        }
        return outcome;
    }

    /// <summary>Checks the password of whoever is signed in, as if it were a sign-in: the desk may have been left open.</summary>
    public Task<SignInOutcome> CheckCurrentAsync(HttpContext http, Organizer account, string password) =>
        CheckAsync(http, new SignInAttempt(account.Id, "", default, default, DeviceOf(http)), account, password);

    /// <summary>Begins a session for somebody who has proved who they are; this browser is known to the account from now on.</summary>
    /// <param name="http">The request; the answer gets the cookies.</param>
    /// <param name="account">Who they are.</param>
    /// <param name="throughProvider">See <see cref="OrganizerSession.ThroughProvider"/>.</param>
    public async Task StartAsync(HttpContext http, Organizer account, bool throughProvider = false)
    {
        await signIn.SignInAsync(account, SessionCookieEvents.PropertiesOf(throughProvider));
        devices.Remember(http, account.Id);
        LogSignedIn(account.Id);
    }

    /// <summary>To <see cref="SecondStepSignIn"/>: until that is passed there is no session.</summary>
    private SignInOutcome AskSecondStep(HttpContext http, Organizer account, string? returnUrl)
    {
        // A cookie holds 4,096 bytes; a longer address than ours are is not kept.
        steps.Write(http, StepCookies.SecondStep,
            new PendingSignIn(account.Id, account.SecurityStamp ?? "", returnUrl?.Length > 1_000 ? null : returnUrl));
        return new SignInOutcome(SignInStatus.SecondStep);
    }

    private async Task<SignInOutcome> CheckAsync(HttpContext http, SignInAttempt attempt, Organizer? account, string password)
    {
        var outcome = await ThrottledAsync(http, attempt, account, password);
        metrics.Count(outcome.Status);
        if (outcome.Status == SignInStatus.Wrong)
        {
            LogWrongPassword(attempt.Account);
            audit.Failed(account, account is null ? AuditReason.UnknownAccount
                : IsLocked(account) ? AuditReason.LockedOut : AuditReason.WrongPassword);
        }
        return outcome;
    }

    private async Task<SignInOutcome> ThrottledAsync(HttpContext http, SignInAttempt attempt, Organizer? account, string password)
    {
        if (throttle.Take(attempt) is { } wait)
            return new SignInOutcome(SignInStatus.Delayed, wait);
        using var entered = await gate.EnterAsync(attempt.KnownDevice is not null, http.RequestAborted);
        if (!entered.IsAcquired || await IsRightAsync(account, password))
        {
            throttle.TakeBack(attempt, right: entered.IsAcquired);
            return entered.IsAcquired ? new SignInOutcome(SignInStatus.Succeeded) : new SignInOutcome(SignInStatus.Delayed, WhenBusy);
        }
        return new SignInOutcome(SignInStatus.Wrong, throttle.Wait(attempt));
    }

    private async Task<bool> IsRightAsync(Organizer? account, string password)
    {
        if (account is { PasswordHash: not null } && !IsLocked(account))
            return await signIn.UserManager.CheckPasswordAsync(account, password);
        // As much work as for a wrong password: the time of the answer does not tell which names are known either.
        signIn.UserManager.PasswordHasher.HashPassword(new Organizer(), password);
        return false;
    }

    private bool IsLocked(Organizer account) => account.LockoutEnd > time.GetUtcNow();

    /// <summary>The token's cookie, which the framework has checked before a form gets here; one for each browser.</summary>
    internal Guid VisitorOf(HttpContext http) => SignInThrottle.HashOf(http.Request.Cookies[forms.Value.Cookie.Name!] ?? "");

    private static Guid DeviceOf(HttpContext http) => new(http.User.SessionId() ?? 0, 0, 0, new byte[8]);

    [LoggerMessage(1821, LogLevel.Information, "Account {AccountId} signed in")]
    private partial void LogSignedIn(int accountId);

    [LoggerMessage(1822, LogLevel.Information, "A wrong password was tried for account {AccountId}")]
    private partial void LogWrongPassword(int? accountId);
}
