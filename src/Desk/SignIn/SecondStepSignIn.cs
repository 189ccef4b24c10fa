using Microsoft.AspNetCore.Identity;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Desk;

/// <summary>Somebody whose password was right and who has still to pass the second step; sealed in a cookie.</summary>
/// <param name="Account">The account's id.</param>
/// <param name="Stamp">Its security stamp then: a new password or another factor ends the step.</param>
/// <param name="ReturnUrl">Where to go afterwards, as it was asked for: to be checked.</param>
public sealed record PendingSignIn(int Account, string Stamp, string? ReturnUrl);

/// <summary>The second step of signing in by a password: a code of the account's authenticator app, or a recovery code.</summary>
public sealed partial class SecondStepSignIn(
    UserManager<Organizer> accounts, AccountSignIn signIn, SecondFactors factors, StepCookies cookies, SignInThrottle throttle,
    PasswordCheckGate gate, KnownDeviceCookie devices, SignInMetrics metrics, SignInAudit audit, TimeProvider time,
    ILogger<SecondStepSignIn> log)
{
    /// <summary>Who may pass it, and where to go then; null where nobody has begun, or too long ago, or something has changed.</summary>
    public async Task<(Organizer Account, string? ReturnUrl)?> FindAsync(HttpContext http) =>
        cookies.Read<PendingSignIn>(http, StepCookies.SecondStep) is { } pending
        && await accounts.FindByIdAsync($"{pending.Account}") is { TwoFactorEnabled: true } account
        && account.SecurityStamp == pending.Stamp && !(account.LockoutEnd > time.GetUtcNow())
            ? (account, pending.ReturnUrl)
            : null;

    public Task<SignInOutcome> TryCodeAsync(HttpContext http, Organizer account, string typed) => TryAsync(
        http, account, AuditReason.ByCode, () => factors.UseCodeAsync(account.Id, typed, http.RequestAborted));

    public async Task<SignInOutcome> TryRecoveryCodeAsync(HttpContext http, Organizer account, string typed)
    {
        // Its hash costs as much as a password's.
        using var entered = await gate.EnterAsync(devices.Find(http, account.Id) is not null, http.RequestAborted);
        return entered.IsAcquired
            ? await TryAsync(http, account, AuditReason.ByRecoveryCode,
                () => factors.UseRecoveryCodeAsync(account.Id, typed, http.RequestAborted))
            : new SignInOutcome(SignInStatus.Delayed, AccountSignIn.WhenBusy);
    }

    private async Task<SignInOutcome> TryAsync(HttpContext http, Organizer account, AuditReason by, Func<Task<bool>> isRight)
    {
        var attempt = new SignInAttempt(
            account.Id, "", ClientNetwork.Of(http), default, devices.Find(http, account.Id), SignInProof.Code);
        var outcome = throttle.Take(attempt) is { } wait ? new SignInOutcome(SignInStatus.Delayed, wait)
            : await isRight() ? new SignInOutcome(SignInStatus.Succeeded)
            : new SignInOutcome(SignInStatus.Wrong, throttle.Wait(attempt));
        metrics.Count(outcome.Status);
        if (outcome.Status == SignInStatus.Succeeded)
        {
            throttle.TakeBack(attempt, right: true);
            cookies.Remove(http, StepCookies.SecondStep);
            await audit.SucceededAsync(account, by, http.RequestAborted);
            await signIn.StartAsync(http, account);
        }
        else if (outcome.Status == SignInStatus.Wrong)
        {
            LogWrongCode(account.Id);
            audit.Failed(account, AuditReason.WrongCode);
        }
        return outcome;
    }

    [LoggerMessage(1823, LogLevel.Information, "A wrong code was tried for account {AccountId}, whose password was right")]
    private partial void LogWrongCode(int accountId);
}
