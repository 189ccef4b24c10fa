using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Desk;

/// <summary>Who may come in: the sign-in cookie, the policies, and the access scope of each request.</summary>
internal static partial class AccessControl
{
    private const string ReturnUrl = "returnUrl";

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
        cookie.ReturnUrlParameter = ReturnUrl;
        cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
        cookie.SlidingExpiration = true;
        cookie.Events.OnRedirectToLogin = context =>
        {
            if (context.Request.Path.StartsWithSegments(DeskRoutes.Home))
                // Made anew: the framework's own address begins with the host that the request names.
                context.Response.Redirect(SignInAddress(context.Request));
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

    private static string SignInAddress(HttpRequest asked) => DeskRoutes.SignIn
        + QueryString.Create(ReturnUrl, LocalAddress.Of(asked.PathBase, asked.Path) + asked.QueryString.ToUriComponent());

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
