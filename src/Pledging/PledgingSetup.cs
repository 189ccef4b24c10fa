using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OpenApi;
using SafetyCampaign.Drawing;
using SafetyCampaign.Ledger;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Pledging;

public static class PledgingSetup
{
    public static void AddPledging(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SignEndpoint>();
        // After the framework's own, which brings the conventions.
        builder.Services.PostConfigure<RazorPagesOptions>(pages =>
            pages.Conventions.AddPageRoute("/Pledging/Phone/PhonePage", "/s/{slip}"));
        builder.Services.AddSingleton<ConsentWording>();
        builder.Services.AddSingleton<PhonePageCache>();
        builder.Services.AddSingleton(_ => new DrawingQueue(work => LowPriorityThread.Start("Certificates", work)));
        builder.Services.AddSingleton<CertificateCache>();
        builder.Services.AddSingleton<ILedgerSubscriber>(services => services.GetRequiredService<CertificateCache>());
        builder.Services.AddSingleton<CertificateWriter>();
        builder.Services.AddSingleton<CertificateEndpoint>();
        builder.Services.AddSingleton<CertificatePdfEndpoint>();
        builder.Services.Configure<OpenApiOptions>("v1", api => api.AddSchemaTransformer(ApiDescription.TellWhatIsNeeded));
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Wire));
    }

    public static void MapPledging(this WebApplication app)
    {
        var events = app.MapGroup("/api/events/{code}").AllowAnonymous().WithTags("Events");
        var sign = BuildSigningPipeline(app);
        events.MapPost("/pledges", (string code, HttpContext http) => sign(http))
            .WithMetadata(new RateLimitAttribute(RateLimitPurpose.Signing), new RequestSizeLimitAttribute(SignEndpoint.MaxBytes))
            .DescribeSigning()
            .ShortCircuit();
        app.MapGet("/r/{receipt}/certificate.png",
            (string receipt, int? child, CertificateEndpoint certificates, HttpContext http) =>
                certificates.DrawAsync(receipt, child, http))
            .AllowAnonymous().WithMetadata(new RateLimitAttribute(RateLimitPurpose.Drawing), new RevalidatedAttribute());
        app.MapGet("/r/{receipt}/certificate.pdf",
            (string receipt, int? child, CertificatePdfEndpoint certificates, HttpContext http) =>
                certificates.DrawAsync(receipt, child, http))
            .AllowAnonymous().WithMetadata(new RateLimitAttribute(RateLimitPurpose.Drawing)).ExcludeFromDescription();
        events.MapEvents();
    }

    /// <summary>
    /// The signing route's own pipeline: the limits, then the endpoint. In the pages' pipeline (languages, compression, accounts,
    /// error pages) a signature would spend more time than on everything else together.
    /// </summary>
    private static RequestDelegate BuildSigningPipeline(IApplicationBuilder app)
    {
        var line = app.New();
        line.UseAnswerHeaders();
        line.UseRateLimits();
        line.Run(app.ApplicationServices.GetRequiredService<SignEndpoint>().SignAsync);
        return line.Build();
    }
}
