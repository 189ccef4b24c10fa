using Microsoft.AspNetCore.Mvc;
using SafetyCampaign.Layout;

namespace SafetyCampaign.Desk;

public static class DeskSetup
{
    public static void AddDesk(this WebApplicationBuilder builder)
    {
        builder.Services.AddAccessControl();
        builder.Services.AddScoped<DeskPageDependencies>();
        builder.Services.AddSingleton<SignInAudit>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SignInAudit>());
        builder.Services.Configure<MvcOptions>(mvc => mvc.Filters.Add<StoreFailurePageFilter>());
        builder.Services.Configure<CookieTempDataProviderOptions>(said => said.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        builder.Services.Configure<DeskAddressOptions>(desk => (desk.Home, desk.SignIn) = (DeskRoutes.Home, DeskRoutes.SignIn));
    }

    /// <summary>Signs in by cookie, limits what the request may see and write, and asks the route's policy.</summary>
    public static void UseDesk(this WebApplication app) => app.UseAccessControl();
}
