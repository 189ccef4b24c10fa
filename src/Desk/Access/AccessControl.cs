using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Desk;

/// <summary>Who may come in: the sign-in cookie, the policies, and the access scope of each request.</summary>
internal static partial class AccessControl
{
    private static readonly object NotKnown = new();

    public static void AddAccessControl(this IServiceCollection services)
    {
        services.AddIdentityCore<Organizer>(LockOut)
            .AddEntityFrameworkStores<CampaignDb>()
            .AddSignInManager()
            .AddClaimsPrincipalFactory<OrganizerClaims>();
        services.Configure<SecurityStampValidatorOptions>(stamp => stamp.ValidationInterval = TimeSpan.FromMinutes(1));
        services.AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddIdentityCookies(cookies => cookies.ApplicationCookie!.Configure(SignInCookie));
        services.AddAntiforgery(antiforgery => antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Read, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(Policies.Organize,
                policy => policy.RequireAuthenticatedUser().RequireAssertion(request => request.User.MayOrganize()))
            .AddPolicy(Policies.Administer,
                policy => policy.RequireAuthenticatedUser().RequireAssertion(request => request.User.MayAdminister()))
            // The fallback for a route without a policy is administrators only.
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(request => request.User.MayAdminister()).Build());
    }

    /// <summary>Five wrong passwords close an account for ten minutes.</summary>
    private static void LockOut(IdentityOptions identity)
    {
        identity.Lockout.MaxFailedAccessAttempts = 5;
        identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
    }

    private static void SignInCookie(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = "desk";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.LoginPath = DeskRoutes.SignIn;
        cookie.ReturnUrlParameter = "returnUrl";
        cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
        cookie.SlidingExpiration = true;
        // Set by Identity before; it looks at the accounts.
        var validate = cookie.Events.OnValidatePrincipal;
        cookie.Events.OnValidatePrincipal = context => ValidateAsync(context, validate);
        cookie.Events.OnRedirectToLogin = context =>
        {
            if (context.HttpContext.Items.ContainsKey(NotKnown))
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            else if (context.Request.Path.StartsWithSegments(DeskRoutes.Home))
                // Without the host, which comes from the request's Host header.
                context.Response.Redirect(new Uri(context.RedirectUri).PathAndQuery);
            else
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        };
        cookie.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    /// <summary>
    /// While the store is away nobody can be known. The public pages are shown as to anybody, the others answer 503; the
    /// cookie stays.
    /// </summary>
    private static async Task ValidateAsync(CookieValidatePrincipalContext context, Func<CookieValidatePrincipalContext, Task> validate)
    {
        try
        {
            await validate(context);
        }
        catch (Exception failure) when (StoreFailure.Is(failure))
        {
            context.HttpContext.RequestServices.GetRequiredService<StoreOutage>().NoteFailure(failure);
            context.HttpContext.Items[NotKnown] = true;
            context.RejectPrincipal();
        }
    }

    /// <summary>Signs in by cookie, sets how far the request may see and write, then asks the route's policy.</summary>
    public static void UseAccessControl(this WebApplication app)
    {
        app.UseAuthentication();
        app.Use(SetAccessScope);
        app.UseAuthorization();
    }

    private static async Task SetAccessScope(HttpContext context, RequestDelegate next)
    {
        if (context.User.Identity?.IsAuthenticated is true)
            context.RequestServices.GetRequiredService<CurrentAccessScope>().Current = context.User.AccessScope();
        try
        {
            await next(context);
        }
        catch (AccessScopeViolationException refused) when (!context.Response.HasStarted)
        {
            // 404, as for a row that does not exist, so that rows of other organizations are not revealed.
            var log = context.RequestServices.GetRequiredService<ILogger<CurrentAccessScope>>();
            LogOutOfReach(log, context.User.AccessScope().Account, refused.Message);
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    [LoggerMessage(1801, LogLevel.Warning, "Account {AccountId} was kept within its reach: {Refusal}")]
    private static partial void LogOutOfReach(ILogger log, int? accountId, string refusal);
}
