using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Desk;

/// <summary>Why somebody who went to the identity provider is back at the sign-in page.</summary>
public enum IdentityProviderFailure
{
    /// <summary>It does not answer, or not in time.</summary>
    Unreachable,

    /// <summary>The person turned back there.</summary>
    Cancelled,

    /// <summary>Another browser began it, or this one too long ago; or the answer has been used before.</summary>
    NotBegunHere,

    /// <summary>What it answered does not hold.</summary>
    Refused,

    /// <summary>No account has the subject, which stands in the temp data under <see cref="IdentityProvider.UnknownSubjectKey"/>.</summary>
    UnknownSubject,

    /// <summary>An administrator has suspended the account.</summary>
    Suspended,
}

/// <summary>The identity provider, as the pages know it.</summary>
public sealed partial class IdentityProvider(
    IOptions<IdentityProviderOptions> options, IOptionsMonitor<OpenIdConnectOptions> handler, InterfaceLanguages languages,
    PublicAddress site, ILogger<IdentityProvider> log)
{
    public const string UnknownSubjectKey = "IdentityProvider.UnknownSubject";

    /// <summary>In the temp data: the address of <see cref="FindEndSessionAddressAsync"/>, for whoever has just signed out here.</summary>
    public const string EndSessionKey = "IdentityProvider.EndSession";

    internal const string Scheme = "identity-provider";

    /// <summary>It is carried to the provider and back; a longer one is replaced by the desk's first page.</summary>
    private const int ReturnUrlMaxLength = 300;

    private const string FailureParameter = "provider";

    public bool IsConfigured => options.Value.IsConfigured;

    /// <summary>Stored beside a subject.</summary>
    public string Issuer => options.Value.Issuer;

    /// <summary>What the operator calls it in the reader's language; null where nothing is said.</summary>
    public string? DisplayName => options.Value.DisplayName.GetValueOrDefault(languages.Current.Tag);

    /// <summary>Leads the browser to the provider, or back to the sign-in page where that does not answer.</summary>
    /// <param name="http">The request; answered.</param>
    /// <param name="returnUrl">An address of ours, to show afterwards.</param>
    public async Task BeginAsync(HttpContext http, string returnUrl)
    {
        try
        {
            await handler.Get(Scheme).ConfigurationManager!.GetConfigurationAsync(http.RequestAborted);
        }
        catch (Exception failure) when (!http.RequestAborted.IsCancellationRequested)
        {
            ReturnUnreachable(http, failure);
            return;
        }
        try
        {
            await http.ChallengeAsync(Scheme, new AuthenticationProperties
            {
                RedirectUri = returnUrl.Length <= ReturnUrlMaxLength ? returnUrl : DeskRoutes.Home,
            });
        }
        catch (Exception failure) when (failure is OpenIdConnectProtocolException or HttpRequestException or TaskCanceledException
            && !http.RequestAborted.IsCancellationRequested)
        {
            ReturnUnreachable(http, failure); // the request was to be left with the provider first (RFC 9126)
        }
    }

    /// <summary>
    /// Where the browser ends its session at the provider, to come back to our sign-in page (OpenID Connect RP-Initiated Logout 1.0).
    /// Null where the provider has no such address, or does not answer now. No token is kept that would name the session, so the
    /// provider may ask the person first.
    /// </summary>
    public async Task<string?> FindEndSessionAddressAsync(CancellationToken cancellationToken)
    {
        if (!IsConfigured)
            return null;
        try
        {
            var described = await handler.Get(Scheme).ConfigurationManager!.GetConfigurationAsync(cancellationToken);
            return IsAddress(described.EndSessionEndpoint)
                ? QueryHelpers.AddQueryString(described.EndSessionEndpoint, new Dictionary<string, string?>
                {
                    ["client_id"] = options.Value.ClientId,
                    ["post_logout_redirect_uri"] = site.Page(DeskRoutes.SignIn),
                })
                : null;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogUnreachable(failure);
            return null;
        }
    }

    /// <summary>Of the issuer's own protocol, so that nobody is led from https to anything else.</summary>
    private bool IsAddress(string? endpoint) => Uri.TryCreate(endpoint, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps
            || (address.Scheme == Uri.UriSchemeHttp && Issuer.StartsWith("http:", StringComparison.Ordinal)));

    /// <summary>Why the browser of this request came back; null where it did not, or nobody knows.</summary>
    public static IdentityProviderFailure? FailureOf(HttpRequest request) =>
        Enum.TryParse<IdentityProviderFailure>(request.Query[FailureParameter], ignoreCase: false, out var failure)
            && Enum.IsDefined(failure) ? failure : null;

    /// <summary>The sign-in page that says why.</summary>
    internal static string SignInAddress(IdentityProviderFailure failure, string? returnUrl) => QueryHelpers.AddQueryString(
        DeskRoutes.SignIn, new Dictionary<string, string?> { [FailureParameter] = $"{failure}", [AccessControl.ReturnUrl] = returnUrl });

    internal void LogUnreachable(Exception failure) => LogIdentityProviderUnreachable(failure.GetBaseException().Message);

    private void ReturnUnreachable(HttpContext http, Exception failure)
    {
        LogUnreachable(failure);
        http.Response.Redirect(SignInAddress(IdentityProviderFailure.Unreachable, null));
    }

    [LoggerMessage(1831, LogLevel.Warning, "The identity provider does not answer ({Reason}); signing in by password goes on")]
    private partial void LogIdentityProviderUnreachable(string reason);
}
