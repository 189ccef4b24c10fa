using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Tokens;

/// <summary>
/// <c>Authorization: Bearer …</c> with a token of the desk. It sets how far the request sees; a cookie of the desk opens none of the
/// routes that ask for a token. Refusals are problems in words.
/// </summary>
internal sealed class ApiTokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiTokens tokens,
    CurrentAccessScope accessScope)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiToken";

    private const string ScopeType = "token-scope";
    private const string Bearer = "Bearer";

    private Problem refusal = Problem.TokenNeeded;

    /// <summary>Asks for a token with that scope.</summary>
    public static void Demand(AuthorizationPolicyBuilder policy, ApiScopes scope) => policy.AddAuthenticationSchemes(SchemeName)
        .RequireAuthenticatedUser().RequireClaim(ScopeType, $"{scope}");

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        accessScope.Current = AccessScope.Nothing; // of an account that is signed in as well
        if (SecretOf(Request.Headers.Authorization.ToString()) is not { } secret)
            return AuthenticateResult.NoResult();
        var (token, why) = await tokens.FindAsync(secret, Context.RequestAborted);
        if (token is null)
        {
            refusal = why!;
            return AuthenticateResult.Fail(refusal.Name);
        }
        accessScope.Current = token.AccessScope;
        Context.Features.Set(token);
        var scopes = Enum.GetValues<ApiScopes>().Where(scope => scope != ApiScopes.None && token.Scopes.HasFlag(scope));
        var identity = new ClaimsIdentity(scopes.Select(scope => new Claim(ScopeType, $"{scope}")), SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        // RFC 6750 3: no error code where no token was sent.
        Response.Headers[HeaderNames.WWWAuthenticate] =
            ReferenceEquals(refusal, Problem.TokenNeeded) ? Bearer : $"{Bearer} error=\"invalid_token\"";
        return refusal.ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.Headers[HeaderNames.WWWAuthenticate] = $"{Bearer} error=\"insufficient_scope\"";
        return Problem.TokenScope.ExecuteAsync(Context);
    }

    private static string? SecretOf(string header) =>
        header.StartsWith(Bearer + " ", StringComparison.OrdinalIgnoreCase)
            && header[(Bearer.Length + 1)..].Trim() is { Length: > 0 } secret ? secret : null;
}
