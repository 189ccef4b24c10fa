using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using SafetyCampaign.Operations;
using SafetyCampaign.Organizing.SetUp;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Access;

/// <summary>Authentication and authorization: accounts, the sign-in cookie, the policies, and the reach of each request.</summary>
internal static class AccessControl
{
    public static void AddAccessControl(this IServiceCollection services)
    {
        services.AddIdentityCore<Organizer>(Accounts)
            .AddEntityFrameworkStores<CampaignDb>()
            .AddSignInManager()
            .AddClaimsPrincipalFactory<OrganizerClaims>()
            .AddUserValidator<AccountName>()
            .AddPasswordValidator<PasswordRule>()
            .AddErrorDescriber<AccountErrors>();
        services.AddSingleton<AdministratorSetup>();
        services.AddSingleton<SetUpInvitation>();
        services.AddSingleton(services => new BannerLine("首次设置", "Set up", services.GetRequiredService<SetUpInvitation>().PathAsync));
        services.Configure<SecurityStampValidatorOptions>(stamp => stamp.ValidationInterval = TimeSpan.FromMinutes(1));
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies(cookies => cookies.ApplicationCookie!.Configure(SignInCookie));
        services.AddAntiforgery(antiforgery => antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Read, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(Policies.Organize, policy => policy.RequireAuthenticatedUser().RequireAssertion(request => request.User.MayOrganize()))
            .AddPolicy(Policies.Administer, policy => policy.RequireAuthenticatedUser().RequireAssertion(request => request.User.MayAdminister()))
            // The fallback for a route without a policy is administrators only.
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(request => request.User.MayAdminister()).Build());
    }

    private static void Accounts(IdentityOptions identity)
    {
        identity.User.AllowedUserNameCharacters = ""; // Any: see AccountName.
        identity.Lockout.MaxFailedAccessAttempts = 5;
        identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
        identity.Password.RequiredLength = PasswordRule.MinLength;
        identity.Password.RequireDigit = false;
        identity.Password.RequireLowercase = false;
        identity.Password.RequireUppercase = false;
        identity.Password.RequireNonAlphanumeric = false;
    }

    private static void SignInCookie(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = "desk";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.LoginPath = "/organize/sign-in";
        cookie.ReturnUrlParameter = "returnUrl";
        cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
        cookie.SlidingExpiration = true;
        cookie.Events.OnRedirectToLogin = context =>
        {
            if (context.Request.Path.StartsWithSegments("/organize"))
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
            log.LogWarning("Account {Account} was kept within its reach: {Refusal}", context.User.AccessScope().Account, refused.Message);
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }
}
