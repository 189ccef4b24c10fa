using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using SafetyCampaign.Desk.Prepared;
using SafetyCampaign.Layout;
using SafetyCampaign.Ledger;
using SafetyCampaign.Operations;

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
        builder.Services.AddOptions<CookieTempDataProviderOptions>().Configure<IServiceProvider>(
            (said, provider) => said.Cookie = HostPrefixedCookie.Create(provider, "said"));
        builder.Services.AddSingleton<SignInThrottle>();
        builder.Services.AddSingleton<KnownDeviceCookie>();
        builder.Services.AddSingleton<SignInMetrics>();
        builder.Services.AddSingleton<PasswordCheckGate>();
        builder.Services.AddScoped<AccountSignIn>();
        builder.AddIdentityProvider();
        builder.Services.AddScoped<SecondStepSignIn>();
        builder.Services.AddScoped<SignInByPasskey>();
        builder.Services.AddSingleton<SecondFactors>();
        builder.Services.AddSingleton<StepCookies>();
        builder.Services.AddSingleton<PasskeySite>();
        builder.Services.AddSingleton<IConfigureOptions<IdentityPasskeyOptions>, PasskeySite.Setup>();
        builder.Services.AddSingleton<PreparedFiles>();
        builder.Services.AddSingleton<ILedgerSubscriber>(services => services.GetRequiredService<PreparedFiles>());
        builder.Services.AddHostedService(services => services.GetRequiredService<PreparedFiles>());
        builder.Services.Configure<DeskAddressOptions>(desk =>
            (desk.Home, desk.SignIn, desk.SetUp) = (DeskRoutes.Home, DeskRoutes.SignIn, DeskRoutes.SetUp("").TrimEnd('/')));
    }

    /// <summary>Signs in by cookie, limits what the request may see and write, and asks the route's policy.</summary>
    public static void UseDesk(this WebApplication app) => app.UseAccessControl();
}
