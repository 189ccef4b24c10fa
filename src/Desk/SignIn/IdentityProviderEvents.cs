using System.Security.Claims;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.Extensions.Options;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Desk;

/// <summary>
/// What is ours in a sign-in by the identity provider: under which address it sends the browser back, which account the person is,
/// and where the browser goes from there. Of what the provider tells, the subject is looked at and nothing is kept.
/// </summary>
internal sealed partial class IdentityProviderEvents(
    IdentityProvider provider, AccountSignIn signIn, PublicAddress address, IOptions<IdentityProviderOptions> options,
    ITempDataDictionaryFactory tempData, ILogger<IdentityProviderEvents> log) : OpenIdConnectEvents
{
    /// <summary>Begun in one browser and not ended; each has two cookies of some 400 bytes, kept for 15 minutes.</summary>
    internal const int MaxAttempts = 5;

    public override Task RedirectToIdentityProvider(RedirectContext context)
    {
        // The framework's own begins with the host that the request names.
        context.ProtocolMessage.RedirectUri = address.Page(DeskRoutes.ProviderCallback);
        DropOldAttempts(context);
        return Task.CompletedTask;
    }

    public override async Task TicketReceived(TicketReceivedContext context)
    {
        var http = context.HttpContext;
        context.HandleResponse(); // the session is begun here, and not with the provider's claims
        if (SubjectOf(context.Principal!) is not { } subject)
        {
            LogIdentityProviderRefused($"no usable claim {options.Value.SubjectClaim}");
            SendBack(context, IdentityProviderFailure.Refused);
            return;
        }
        // A session that this browser has is ended by the next; nobody has looked at its cookie yet.
        http.User = (await http.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Principal ?? http.User;
        switch (await signIn.TrySubjectAsync(http, provider.Issuer, subject))
        {
            case SubjectSignInStatus.UnknownSubject:
                var said = tempData.GetTempData(http);
                said[IdentityProvider.UnknownSubjectKey] = subject;
                said.Save();
                SendBack(context, IdentityProviderFailure.UnknownSubject);
                break;
            case SubjectSignInStatus.Suspended:
                SendBack(context, IdentityProviderFailure.Suspended);
                break;
            default:
                http.Response.Redirect(context.ReturnUri ?? DeskRoutes.Home);
                break;
        }
    }

    public override Task AccessDenied(AccessDeniedContext context)
    {
        context.HandleResponse();
        SendBack(context, IdentityProviderFailure.Cancelled, context.ReturnUrl);
        return Task.CompletedTask;
    }

    public override Task RemoteFailure(RemoteFailureContext context)
    {
        context.HandleResponse();
        var kind = KindOf(context.Failure!);
        if (kind == IdentityProviderFailure.Unreachable)
            provider.LogUnreachable(context.Failure!);
        else if (kind == IdentityProviderFailure.Refused)
            LogIdentityProviderRefused(Describe(context.Failure!));
        SendBack(context, kind, context.Properties?.RedirectUri);
        return Task.CompletedTask;
    }

    /// <summary>The framework's handler says by the plain type that state or cookie do not fit, and by others what did not hold.</summary>
    private static IdentityProviderFailure KindOf(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
            if (cause is IOException or HttpRequestException or OperationCanceledException or TimeoutException)
                return IdentityProviderFailure.Unreachable;
        return failure.GetType() == typeof(AuthenticationFailureException)
            ? IdentityProviderFailure.NotBegunHere
            : IdentityProviderFailure.Refused;
    }

    /// <summary>The kind of failure and the provider's error code. Messages may hold what the provider, or somebody else, sent.</summary>
    private static string Describe(Exception failure) =>
        failure.Data["error"] is string code && ErrorCode().IsMatch(code) ? $"{failure.GetType().Name}, {code}" : failure.GetType().Name;

    private static void SendBack<TOptions>(BaseContext<TOptions> context, IdentityProviderFailure failure, string? returnUrl = null)
        where TOptions : AuthenticationSchemeOptions => context.Response.Redirect(IdentityProvider.SignInAddress(failure, returnUrl));

    private static void DropOldAttempts(RedirectContext context)
    {
        var http = context.HttpContext;
        var cookies = new[] { context.Options.CorrelationCookie, context.Options.NonceCookie };
        var left = (from cookie in cookies
                    from name in http.Request.Cookies.Keys
                    where name.StartsWith(cookie.Name!, StringComparison.Ordinal)
                    select (name, cookie)).ToList();
        if (left.Count < MaxAttempts * cookies.Length)
            return;
        foreach (var (name, cookie) in left)
            http.Response.Cookies.Delete(name, cookie.Build(http));
    }

    private string? SubjectOf(ClaimsPrincipal person) =>
        person.FindFirstValue(options.Value.SubjectClaim) is { Length: > 0 and <= IdentityProviderOptions.SubjectMaxLength } subject
            && AllowedCharacters.InLine(subject) ? subject : null;

    /// <summary>RFC 6749 has no others than such.</summary>
    [GeneratedRegex("^[a-z_]{1,40}$")]
    private static partial Regex ErrorCode();

    [LoggerMessage(1832, LogLevel.Warning, "What the identity provider answered does not hold, nobody was signed in ({Reason})")]
    private partial void LogIdentityProviderRefused(string reason);
}
