using Microsoft.AspNetCore.Mvc;
using SafetyCampaign.Organizing.Access;
using SafetyCampaign.Organizing.Events.Review;
using SafetyCampaign.Organizing.Organizations;

namespace SafetyCampaign.Organizing;

public static class OrganizingSetup
{
    public static void AddOrganizing(this WebApplicationBuilder builder)
    {
        builder.Services.AddAccessControl();
        builder.Services.Configure<MvcOptions>(mvc => mvc.Filters.Add<StoreFailurePageFilter>());
        builder.Services.AddSingleton<ClassUse>();
        builder.Services.AddSingleton<ReviewStore>();
        builder.Services.Configure<CookieTempDataProviderOptions>(said => said.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
    }

    public static void UseOrganizing(this WebApplication app)
    {
        app.UseAccessControl();
    }
}
