using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.StaticAssets;
using SafetyCampaign.Layout;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Desk;

/// <summary>Whoever sent this request cannot be found out now: the store is away.</summary>
internal sealed class SessionsUnavailable;

/// <summary>The cookie carries a session's key and nothing else; who that is, the store says with every request.</summary>
internal sealed class SessionCookieEvents(OrganizerSessions sessions, StoreOutage outage) : CookieAuthenticationEvents
{
    private const string KeyType = "key";
    private const string ThroughProvider = "through-provider";

    /// <summary>Tells <see cref="SigningIn"/> what the session's row is to say; none of it gets into the cookie.</summary>
    public static AuthenticationProperties PropertiesOf(bool throughProvider) =>
        new(items: null, parameters: new Dictionary<string, object?> { [ThroughProvider] = throughProvider });

    /// <summary>Puts a session of its own, with a new key, in the place of whoever signs in.</summary>
    public override async Task SigningIn(CookieSigningInContext context)
    {
        var account = int.Parse(context.Principal!.FindFirstValue(ClaimTypes.NameIdentifier)!, CultureInfo.InvariantCulture);
        var (http, stop) = (context.HttpContext, context.HttpContext.RequestAborted);
        await EndOwnAsync(http);
        var key = await sessions.StartAsync(account, DeviceDescription.Of(http.Request.Headers.UserAgent.ToString()),
            context.Properties.GetParameter<bool>(ThroughProvider), stop);
        context.Principal = new ClaimsPrincipal(new ClaimsIdentity([new Claim(KeyType, key)], context.Scheme.Name));
    }

    /// <summary>A cookie of an earlier version holds no key: its owner signs in again.</summary>
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (context.Principal?.FindFirstValue(KeyType) is { } key && await FindAsync(key, context.HttpContext) is { } user)
            context.ReplacePrincipal(user);
        else
            context.RejectPrincipal();
    }

    public override Task SigningOut(CookieSigningOutContext context) => EndOwnAsync(context.HttpContext);

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (context.Request.Path.StartsWithSegments(DeskRoutes.Home))
            // Made anew: the framework's own address begins with the host that the request names.
            context.Response.Redirect(SignInAddress(context.Request));
        else
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static string SignInAddress(HttpRequest asked)
    {
        var returnUrl = LocalAddress.Of(asked.PathBase, asked.Path) + asked.QueryString.ToUriComponent();
        var query = QueryString.Create(AccessControl.ReturnUrl, returnUrl);
        return DeskRoutes.SignIn + (HttpMethods.IsPost(asked.Method) ? query.Add(AccessControl.NotSaved, "true") : query);
    }

    private async Task<ClaimsPrincipal?> FindAsync(string key, HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
            return null; // a style sheet is anybody's
        var path = http.Request.Path;
        var inUse = path.StartsWithSegments(DeskRoutes.Home) || path.StartsWithSegments("/host");
        try
        {
            return await sessions.FindAsync(key, inUse, http.RequestAborted);
        }
        catch (Exception failure) when (StoreFailure.Is(failure))
        {
            outage.NoteFailure(failure);
            // Pages for everybody do not fail by who looks at them. For the others it is said after the authentication, which would throw
            // the same again for the page that explains an error.
            if (inUse)
                http.Features.Set(new SessionsUnavailable());
            return null;
        }
    }

    private Task EndOwnAsync(HttpContext http) => http.User.SessionId() is { } session
        ? sessions.EndAsync(http.User.AccountId(), session, http.RequestAborted)
        : Task.CompletedTask;
}
