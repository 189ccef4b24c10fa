using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Trace;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Organizing.SetUp;
using SafetyCampaign.Tests.Operations.Malformed;
using SafetyCampaign.Tests.Schools.Slips;

namespace SafetyCampaign.Tests.Operations;

/// <summary>Who knows the address of a receipt, a host link or the setting-up may act; so it stands in no log.</summary>
public sealed partial class SecretAddressTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_log_and_no_metric_at_any_level_holds_a_secret_address()
    {
        var log = new CapturedLog();
        await using var app = new CampaignApp
        {
            Kestrel = true,
            Parts = log.Install,
            Settings =
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:9",
                ["Logging:LogLevel:Default"] = "Trace",
                ["Logging:LogLevel:Microsoft"] = "Trace",
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace",
                ["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "Trace",
                ["Logging:LogLevel:Microsoft.AspNetCore.Routing.Matching.DfaMatcher"] = "Trace",
                ["Logging:LogLevel:*Kestrel"] = "Trace",
                ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Trace",
                ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Database"] = "Trace",
            },
        };
        await app.InitializeAsync();
        using var measured = new MeasuredTags();
        var setUp = await app.Get<SetUpInvitation>().PathAsync(Cancellation);
        var e = await app.SeedEventAsync();
        var (_, hostLink) = await app.SeedHostLinkAsync(e);
        var (_, classSecret) = await app.SeedClassLinkAsync(e, e.Primary);
        using var visitor = app.CreateClient();
        var receipt = await visitor.SignedAsync(e);
        var slip = await app.SeedSlipAsync(e, (await app.SeedRosterAsync(e, e.Primary, (1, "王小明")))[0]);
        string[] secrets = [receipt["/r/".Length..], hostLink.Split('/')[^1], setUp!.Split('/')[^1], classSecret, slip];

        string[] asked = [setUp, receipt, "/R" + receipt[2..], $"{receipt}?lang=en", $"{receipt}/certificate.png", $"{receipt}/data",
            $"{receipt}/correct",
            $"{receipt}/nothing", hostLink, $"/host/{e.Code}", $"{hostLink}x", $"/organize/sign-in?returnUrl={receipt}",
            $"/nothing{receipt}", $"/class/{classSecret}", $"/class/{classSecret}/relay", $"/class/{classSecret}x",
            $"/api/class/{classSecret}/pledges", $"/class/{classSecret}/slips", $"/class/{classSecret}/sheets",
            $"/s/{slip}", $"/s/{slip}x"];
        foreach (var address in asked)
            await visitor.GetAsync(new Uri(address, UriKind.Relative), Cancellation);
        await visitor.PostAsync(new Uri(receipt, UriKind.Relative), new FormUrlEncodedContent([]), Cancellation);
        foreach (var address in asked) // and as no browser sends it
        {
            using var connection = await RawConnection.OpenAsync(app.Address, Cancellation);
            var request = $"GET {address} HTTP/1.1\r\nHost: a..b\r\nX y\r\n\r\n";
            await connection.AskAsync(Encoding.ASCII.GetBytes(request), ends: true, Cancellation);
        }

        Assert.NotEmpty(log.Lines);
        Assert.NotEmpty(measured.Tags);
        Assert.DoesNotContain(log.Lines, line => secrets.Any(line.Contains));
        Assert.DoesNotContain(measured.Tags, tag => secrets.Any(tag.Contains));
        Assert.Null(app.Services.GetService<TracerProvider>()); // a trace would hold the path of each request
    }

    [Fact]
    public async Task Every_route_with_a_secret_is_known_as_one_and_sends_no_referrer()
    {
        await using var app = new CampaignApp();
        await app.InitializeAsync();
        var addresses = SecretRoutes(app);
        Assert.Contains("/r/{receipt}", addresses);
        Assert.Contains("/host/{code}/{secret}", addresses);

        foreach (var address in addresses)
        {
            var isIncluded = SecretAddresses.Include(address, app.Get<IOptions<DeskAddressOptions>>().Value);
            Assert.True(isIncluded, $"{address} is not in {nameof(SecretAddresses)}.");
            var answer = await app.CreateClient().GetAsync(Hole().Replace(address, "x1"), Cancellation);
            Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        }
    }

    /// <summary>The map of the README's nginx, applied as nginx does: the first expression that matches.</summary>
    [Fact]
    public async Task The_sample_of_the_proxy_keeps_secrets_out_of_its_log()
    {
        await using var app = new CampaignApp();
        await app.InitializeAsync();
        var readme = await File.ReadAllTextAsync(Path.Combine(Source.Root, "README.md"), Cancellation);
        var map = MapLine().Matches(readme).Select(line => (Expression: line.Groups[1].Value, Logged: line.Groups[2].Value)).ToList();

        foreach (var address in SecretRoutes(app).Select(route => Hole().Replace(route, "SECRET")))
            foreach (var asked in new[] { address, address.ToUpperInvariant() })
                Assert.DoesNotContain("SECRET", Logged(asked));
        foreach (var address in new[] { "/e/ABC123", "/host/ABC123", "/organize/events/ABC123", "/rules" })
            Assert.Equal(address, Logged(address));
        Assert.Contains("log_format without_secrets '$remote_addr [$time_local] \"$request_method $uri_without_secrets\"", readme);

        string Logged(string uri) =>
            map.Find(line => Regex.IsMatch(uri, line.Expression, RegexOptions.IgnoreCase)) is { Logged: { } logged } ? logged : uri;
    }

    private static List<string> SecretRoutes(CampaignApp app) =>
    [
        .. app.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.Parameters.Any(p => p.Name is "receipt" or "secret" or "token" or "slip"))
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/')).Distinct(),
    ];

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Hole();

    [GeneratedRegex("""^ *"~\*(\S+)" +(\S+);""", RegexOptions.Multiline)]
    private static partial Regex MapLine();

    /// <summary>The tags of everything that is measured in this process.</summary>
    private sealed class MeasuredTags : IDisposable
    {
        private readonly MeterListener listener = new() { InstrumentPublished = (instrument, l) => l.EnableMeasurementEvents(instrument) };

        public MeasuredTags()
        {
            listener.SetMeasurementEventCallback<long>((_, _, tags, _) => Keep(tags));
            listener.SetMeasurementEventCallback<int>((_, _, tags, _) => Keep(tags));
            listener.SetMeasurementEventCallback<double>((_, _, tags, _) => Keep(tags));
            listener.Start();
        }

        public ConcurrentQueue<string> Tags { get; } = new();

        public void Dispose() => listener.Dispose();

        private void Keep(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var (name, value) in tags)
                Tags.Enqueue($"{name}={value}");
        }
    }
}
