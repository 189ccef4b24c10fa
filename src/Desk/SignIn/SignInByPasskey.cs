using Microsoft.AspNetCore.Identity;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Desk;

/// <summary>
/// Signs in by a passkey that the browser finds, without a name. With its user verification it is both factors by itself.
/// </summary>
public sealed partial class SignInByPasskey(
    IPasskeyHandler<Organizer> passkeys, AccountSignIn signIn, SecondFactors factors, StepCookies cookies, SignInThrottle throttle,
    SignInMetrics metrics, SignInAudit audit, TimeProvider time, ILogger<SignInByPasskey> log)
{
    /// <summary>What the browser is asked, as JSON (WebAuthn 5.5); its challenge is kept in a cookie.</summary>
    public async Task<string> MakeOptionsAsync(HttpContext http)
    {
        var made = await passkeys.MakeRequestOptionsAsync(null, http);
        cookies.Write(http, StepCookies.Passkey, made.AssertionState ?? "");
        return made.RequestOptionsJson;
    }

    /// <param name="http">The request; the answer gets the cookies.</param>
    /// <param name="credentialJson">What the browser has signed, as JSON.</param>
    public async Task<SignInOutcome> TryAsync(HttpContext http, string credentialJson)
    {
        var attempt = new SignInAttempt(null, "", ClientNetwork.Of(http), signIn.VisitorOf(http), null, SignInProof.Passkey);
        if (throttle.Take(attempt) is { } wait)
            return Told(new SignInOutcome(SignInStatus.Delayed, wait));
        var state = cookies.Read<string>(http, StepCookies.Passkey);
        cookies.Remove(http, StepCookies.Passkey);
        var signed = await passkeys.PerformAssertionAsync(
            new PasskeyAssertionContext { HttpContext = http, CredentialJson = credentialJson, AssertionState = state });
        if (!signed.Succeeded || signed.User.LockoutEnd > time.GetUtcNow()
            || !await factors.SpendChallengeAsync(signed.User.Id, state ?? "", http.RequestAborted))
        {
            // Without the framework's reason, which quotes what was sent.
            LogRefused(signed.User?.Id);
            var isLocked = signed.Succeeded && signed.User.LockoutEnd > time.GetUtcNow();
            audit.Failed(signed.User, isLocked ? AuditReason.LockedOut : AuditReason.PasskeyRefused);
            return Told(new SignInOutcome(SignInStatus.Wrong, throttle.Wait(attempt)));
        }
        throttle.TakeBack(attempt, right: true);
        await factors.NotePasskeyUsedAsync(signed.Passkey, http.RequestAborted);
        await audit.SucceededAsync(signed.User, AuditReason.ByPasskey, http.RequestAborted);
        await signIn.StartAsync(http, signed.User);
        cookies.Remove(http, StepCookies.SecondStep);
        return Told(new SignInOutcome(SignInStatus.Succeeded));
    }

    private SignInOutcome Told(SignInOutcome outcome)
    {
        metrics.Count(outcome.Status);
        return outcome;
    }

    [LoggerMessage(1824, LogLevel.Information, "A passkey was refused, of account {AccountId}")]
    private partial void LogRefused(int? accountId);
}
