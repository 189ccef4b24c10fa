using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using SafetyCampaign.Operations.Uploads;

namespace SafetyCampaign.Operations;

public static class OperationsSetup
{
    public static void AddOperations(this WebApplicationBuilder builder)
    {
        // Only where nobody has said otherwise: --urls, ASPNETCORE_URLS and launch profiles win.
        if (builder.Environment.IsDevelopment() && string.IsNullOrEmpty(builder.Configuration["urls"]))
            builder.WebHost.UseUrls("http://0.0.0.0:5080"); // phones on the same network reach it

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024; // a route that takes files says so itself
        });

        builder.AddConnectionDrain();
        builder.Services.AddSingleton<Demonstration>();
        builder.Services.AddSingleton<PublicAddress>();
        builder.Services.AddSingleton<Banner>();
        builder.AddHealth();
        builder.Services.AddApiDescription();
        builder.AddProxies();
        builder.AddFrameworkLogLimits();
        builder.AddMalformedRequests();
        builder.AddSecurityHeaders();
        builder.AddRateLimits();
        builder.Services.AddSingleton<FormFiles>();
        builder.Services.AddHostedService(services => services.GetRequiredService<FormFiles>());
        builder.AddTelemetry();
        // Broken JSON is the asker's mistake in every environment, never an exception page.
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = false);
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
    }

    /// <summary>Whatever comes after it sees the client's own address and scheme, and HEAD as GET. First in the pipeline.</summary>
    public static void UseRequestNormalization(this WebApplication app)
    {
        app.UseProxies();
        app.UseHeadAsGet();
    }

    /// <summary>Errors of the middleware after it are answered by a page, in the language that was set before.</summary>
    public static void UseOperations(this WebApplication app)
    {
        app.Services.GetRequiredService<PublicAddress>(); // Validates the setting at start, not with the first request.
        app.UseSecurityHeaders();
        app.UseNoStore();
        app.UseExceptionHandler("/error/500");
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/api"), ApiErrors.AnswerAsProblems);
        app.UseStoreFailures();
        app.UseConnectionDrain();
        app.Use(MalformedRequests.Refuse);
        app.Use(ApiErrors.AnswerUnmatched);
        app.UseRateLimits();
    }

    public static void MapOperations(this WebApplication app)
    {
        app.MapHealth();
        app.MapApiDescription();
        app.MapStaticAssets().AllowAnonymous().WithFileHeaders();
    }
}
