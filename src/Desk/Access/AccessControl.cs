using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Desk;

/// <summary>Who may come in: the sign-in cookie, the policies, and the access scope of each request.</summary>
internal static partial class AccessControl
{
    /// <summary>
    /// Rounds of PBKDF2-HMAC-SHA512, which is what the framework's hashes are made with: the OWASP Password Storage Cheat Sheet
    /// asks for 210,000. An older hash is made anew when its owner signs in.
    /// </summary>
    public const int PasswordIterations = 210_000;

    internal const string ReturnUrl = "returnUrl";

    /// <summary>Tells the sign-in page that a form was sent, which nobody was signed in for and was not saved.</summary>
    internal const string NotSaved = "notSaved";

    public static void AddAccessControl(this IServiceCollection services)
    {
        services.AddIdentityCore<Organizer>()
            .AddEntityFrameworkStores<CampaignDb>()
            .AddSignInManager();
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = PasswordIterations);
        AddSessions(services);
        services.AddSingleton<IAuthorizationHandler, NamesAccess>();
        services.AddOptions<AntiforgeryOptions>().Configure<IServiceProvider>(
            (antiforgery, provider) => antiforgery.Cookie = HostPrefixedCookie.Create(provider, "form"));
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Read, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(Policies.ReadNames, policy => policy.RequireAuthenticatedUser().AddRequirements(new NamesRequirement()))
            .AddPolicy(Policies.Organize,
                policy => policy.RequireAuthenticatedUser().RequireAssertion(request => request.User.MayOrganize()))
            .AddPolicy(Policies.Administer,
                policy => policy.RequireAuthenticatedUser().RequireAssertion(request => request.User.MayAdminister()))
            // The fallback for a route without a policy is administrators only.
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(request => request.User.MayAdminister()).Build());
    }

    private static void AddSessions(IServiceCollection services)
    {
        services.AddOptions<DeskSessionOptions>().BindConfiguration("Accounts").ValidateOnStart();
        services.AddSingleton<IValidateOptions<DeskSessionOptions>, DeskSessionOptions.Validator>();
        services.AddOptions<SecondFactorOptions>().BindConfiguration("Accounts").ValidateOnStart();
        services.AddSingleton<IValidateOptions<SecondFactorOptions>, SecondFactorOptions.Validator>();
        services.AddSingleton<OrganizerSessions>();
        services.AddSingleton<SessionCookieEvents>();
        services.AddHostedService<SessionCleanup>();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme)
            .Configure<IServiceProvider, IOptions<DeskSessionOptions>>((cookie, provider, session) =>
            {
                cookie.Cookie = HostPrefixedCookie.Create(provider, "desk");
                cookie.EventsType = typeof(SessionCookieEvents);
                cookie.LoginPath = DeskRoutes.SignIn;
                cookie.ReturnUrlParameter = ReturnUrl;
                // Idle sessions are ended by their row.
                cookie.ExpireTimeSpan = session.Value.SessionLifetime;
                cookie.SlidingExpiration = false;
            });
    }

    /// <summary>Signs in by cookie, sets how far the request may see and write, then asks the route's policy.</summary>
    public static void UseAccessControl(this WebApplication app)
    {
        app.UseAuthentication();
        app.Use(AnswerUnavailable);
        app.Use(RequireAccountSetup);
        app.Use(SetAccessScope);
        app.UseAuthorization();
    }

    /// <summary>503 rather than the sign-in page, where nobody could sign in either.</summary>
    private static Task AnswerUnavailable(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<SessionsUnavailable>() is null)
            return next(context);
        context.Features.Set<SessionsUnavailable>(null); // the page that says so comes through here
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "2";
        return Task.CompletedTask;
    }

    /// <summary>
    /// An account whose password somebody else has made may change it and sign out; then one from which a second factor is demanded
    /// may set it up. What is open to everybody it sees as everybody does, and as a host it needs a link: it has no access scope.
    /// </summary>
    private static Task RequireAccountSetup(HttpContext context, RequestDelegate next)
    {
        var route = context.GetEndpoint()?.Metadata;
        if (!context.User.MustFinishAccountSetup() || route is null
            || route.GetMetadata<AllowBeforePasswordChangeAttribute>() is not null
            || (route.GetMetadata<AllowBeforeSecondFactorAttribute>() is not null && !context.User.MustChangePassword())
            || route.GetMetadata<IAllowAnonymous>() is not null || route.GetMetadata<IAuthorizeData>()?.Policy == Policies.Host)
            return next(context);
        context.Response.Redirect(context.User.MustChangePassword() ? DeskRoutes.Password : DeskRoutes.SecondFactor);
        return Task.CompletedTask;
    }

    private static async Task SetAccessScope(HttpContext context, RequestDelegate next)
    {
        if (context.User.Identity?.IsAuthenticated is true && !context.User.MustFinishAccountSetup())
            context.RequestServices.GetRequiredService<CurrentAccessScope>().Current = context.User.AccessScope();
        try
        {
            await next(context);
        }
        catch (AccessScopeViolationException refused) when (!context.Response.HasStarted)
        {
            // 404, as for a row that does not exist, so that rows of other organizations are not revealed.
            var log = context.RequestServices.GetRequiredService<ILogger<CurrentAccessScope>>();
            LogOutsideAccessScope(log, context.User.AccessScope().Account, refused.Message);
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    [LoggerMessage(1801, LogLevel.Warning, "Account {AccountId} was kept within its access scope: {Refusal}")]
    private static partial void LogOutsideAccessScope(ILogger log, int? accountId, string refusal);
}
