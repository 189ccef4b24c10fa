using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Operations;

/// <summary>Sends the program's figures to a collector, by OpenTelemetry's protocol, where one is named in the usual settings.</summary>
internal static class Telemetry
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ServiceName = "OTEL_SERVICE_NAME";

    /// <summary>Without an endpoint its assemblies are not loaded.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (builder.Configuration[Endpoint] is { Length: > 0 })
            Export(builder);
    }

    private static void Export(WebApplicationBuilder builder) => builder.Services.AddOpenTelemetry()
        .ConfigureResource(resource => resource.AddService(builder.Configuration[ServiceName] ?? "safety-campaign"))
        .WithMetrics(metrics => metrics
            .AddMeter(CampaignMeter.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .AddOtlpExporter());
}
