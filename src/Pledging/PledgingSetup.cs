using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using SafetyCampaign.Drawing;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Pledging;

public static class PledgingSetup
{
    public static void AddPledging(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PledgingMetrics>();
        builder.Services.AddSingleton<PledgeIntake>();
        builder.Services.AddSingleton<SignEndpoint>();
        builder.Services.AddSingleton(_ => new DrawingGate());
        builder.Services.AddSingleton<CertificateWriter>();
        builder.Services.AddSingleton<CertificateEndpoint>();
        builder.Services.Configure<OpenApiOptions>("v1", api => api.AddSchemaTransformer(ApiDescription.TellWhatIsNeeded));
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Wire));
    }

    public static void MapPledging(this WebApplication app)
    {
        var events = app.MapGroup("/api/events/{code}").AllowAnonymous().WithTags("Events");
        var sign = SigningLine(app);
        events.MapPost("/pledges", (string code, HttpContext http) => sign(http))
            .WithMetadata(new RateLimitAttribute(RateLimitPurpose.Signing), new RequestSizeLimitAttribute(SignEndpoint.MaxBytes))
            .DescribeSigning()
            .ShortCircuit();
        app.MapGet("/r/{receipt}/certificate.png", (string receipt, CertificateEndpoint certificates, HttpContext http) => certificates.DrawAsync(receipt, http))
            .AllowAnonymous();
        events.MapGet("", FactsAsync).DescribeFacts();
        events.MapGet("/tally", TallyAsync).DescribeTally();
    }

    /// <summary>
    /// The signing route's own pipeline: the limits, then the endpoint. In the pages' pipeline (languages, compression, accounts,
    /// error pages) a signature would spend more time than on everything else together.
    /// </summary>
    private static RequestDelegate SigningLine(IApplicationBuilder app)
    {
        var line = app.New();
        line.UseAnswerHeaders();
        line.UseRateLimits();
        line.Run(app.ApplicationServices.GetRequiredService<SignEndpoint>().SignAsync);
        return line.Build();
    }

    private static async Task<IResult> FactsAsync(string code, HttpContext http, PublishedEvents events, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(code, cancellationToken) is not { } e)
            return Problem.NoSuchEvent;
        var facts = EventFacts.Of(e, time.GetUtcNow(), CultureInfo.CurrentUICulture);
        // Phones that wait for signing to open ask every three seconds; home signing ends by the clock, without a new revision.
        return IsKnown(http, $"\"{e.Revision}-{facts.State}-{CultureInfo.CurrentUICulture.Name}\"")
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Json(facts, ApiJson.Wire.EventFacts);
    }

    private static async Task<IResult> TallyAsync(string code, HttpContext http, PublishedEvents events, TallyBoard board, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(code, cancellationToken) is not { } e)
            return Problem.NoSuchEvent;
        var tally = board.Snapshot(e);
        return IsKnown(http, $"\"{e.Revision}-{tally.Version}\"")
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Json(tally, ApiJson.Wire.Tally);
    }

    /// <summary>Names what is answered; true where the asker has it already.</summary>
    private static bool IsKnown(HttpContext http, string etag)
    {
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.ETag = etag;
        return http.Request.Headers.IfNoneMatch.Contains(etag);
    }
}
