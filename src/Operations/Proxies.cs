using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace SafetyCampaign.Operations;

/// <summary>
/// Whose forwarded headers are believed: only those of the proxies named in <c>Proxies:Known</c> (addresses or
/// networks such as 10.0.0.0/8). With none named, X-Forwarded-For and -Proto are ignored.
/// </summary>
public static class Proxies
{
    public const string Key = "Proxies:Known";

    internal static void AddProxies(this WebApplicationBuilder builder) =>
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            // Never the host: public addresses come from PublicBaseUrl.
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            forwarded.ForwardLimit = null; // as many hops as are known
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in Known(builder.Configuration))
                forwarded.KnownIPNetworks.Add(network);
        });

    /// <summary>First in the pipeline, so that all middleware after it sees the client's own address and scheme.</summary>
    public static void UseProxies(this WebApplication app)
    {
        // With an empty list the middleware would believe everybody.
        if (Known(app.Configuration).Count > 0)
            app.UseForwardedHeaders();
    }

    /// <summary>Read from a list (<c>Proxies:Known:0</c>) or from one line with commas.</summary>
    private static List<IPNetwork> Known(IConfiguration configuration)
    {
        var section = configuration.GetSection(Key);
        var named = section.Value?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            ?? section.GetChildren().Select(child => child.Value ?? "");
        return [.. named.Select(Read)];
    }

    private static IPNetwork Read(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new InvalidOperationException(
            $"{Key} holds \"{text}\", which is neither an address (10.0.0.5) nor a network (10.0.0.0/8).");
}
