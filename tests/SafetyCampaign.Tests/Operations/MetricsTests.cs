using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using OpenTelemetry.Metrics;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Display;

namespace SafetyCampaign.Tests.Operations;

/// <summary>OpenTelemetry's listener hears every program of the process, and of instruments with one name takes one for all.</summary>
[CollectionDefinition(nameof(OneProgramAtATime), DisableParallelization = true)]
public sealed class OneProgramAtATime;

/// <summary>What the program tells of itself to whoever runs it.</summary>
[Collection(nameof(OneProgramAtATime))]
public sealed class MetricsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sign_requests_are_counted_by_what_became_of_them()
    {
        await using var app = new CampaignApp();
        await app.InitializeAsync();
        var (open, draft) = (await app.SeedEventAsync(), await app.SeedEventAsync(EventState.Draft));
        using var requests = Collect<long>(app, "safety_campaign.sign.requests");
        using var pledges = Collect<long>(app, "safety_campaign.sign.pledges");
        using var phone = app.CreateClient();
        var family = Signing.Family(open);

        await phone.SignAsync(open.Code, family);
        await phone.SignAsync(open.Code, family);
        family["signers"]![0]!["name"] = "王小红";
        await phone.SignAsync(open.Code, family);
        await phone.SignAsync(open.Code, Signing.Family(open, child: ""));
        await phone.SignAsync(draft.Code, Signing.Family(draft));

        Assert.Equal(["recorded", "repeated", "key_taken", "invalid", "not_open"],
            requests.GetMeasurementSnapshot().Select(m => (string?)m.Tags["safety_campaign.outcome"]));
        Assert.Equal(2, pledges.GetMeasurementSnapshot().Sum(m => m.Value));
    }

    [Fact]
    public async Task The_writer_tells_its_groups_and_the_stage_its_screens()
    {
        await using var app = new CampaignApp { Kestrel = true };
        await app.InitializeAsync();
        var e = await app.SeedEventAsync();
        using var groups = Collect<int>(app, "safety_campaign.ledger.group.size");
        using var commits = Collect<double>(app, "safety_campaign.ledger.commit.duration");
        using var queue = Collect<int>(app, "safety_campaign.ledger.queue.length");
        using var screens = Collect<int>(app, "safety_campaign.display.screens");
        using var broadcasts = Collect<double>(app, "safety_campaign.display.broadcast.duration");
        using var phone = app.CreateClient();
        await using (var screen = await Screen.ConnectAsync(app.Address))
        {
            await screen.WatchAsync(e.Code);
            await phone.SignAsync(e.Code, Signing.Family(e));
            await screen.TallyAsync(t => t.People == 2);
        }
        await broadcasts.WaitForMeasurementsAsync(1, TimeSpan.FromSeconds(20));
        await screens.WaitForMeasurementsAsync(2, TimeSpan.FromSeconds(20));
        queue.RecordObservableInstruments();

        Assert.Equal([1], groups.GetMeasurementSnapshot().Select(m => m.Value));
        Assert.True(Assert.Single(commits.GetMeasurementSnapshot()).Value > 0);
        Assert.Equal(0, queue.LastMeasurement!.Value);
        Assert.Equal([1, -1], screens.GetMeasurementSnapshot().Select(m => m.Value));
    }

    [Fact]
    public async Task Where_a_collector_is_named_the_figures_are_sent_to_it()
    {
        var received = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var collector = await ListenAsync(body =>
        {
            if (body.Contains("safety_campaign.sign.requests"))
                received.TrySetResult(body);
        });
        await using var app = new CampaignApp
        {
            Settings =
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.Single(),
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "100",
            },
        };
        await app.InitializeAsync();
        var e = await app.SeedEventAsync();

        Assert.Equal(HttpStatusCode.Created, (await app.CreateClient().SignAsync(e.Code, Signing.Family(e, child: "欧阳小舟"))).StatusCode);

        var told = await received.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        Assert.Contains("safety-campaign", told);
        Assert.Contains("recorded", told);
        Assert.DoesNotContain("欧阳", told);
    }

    [Fact]
    public async Task Where_none_is_named_nothing_is_sent()
    {
        await using var app = new CampaignApp();
        await app.InitializeAsync();

        Assert.Null(app.Services.GetService<MeterProvider>());
    }

    private static MetricCollector<T> Collect<T>(CampaignApp app, string instrument) where T : struct =>
        new(app.Get<IMeterFactory>(), CampaignMeter.Name, instrument);

    /// <summary>A collector of OpenTelemetry's figures on loopback. The protocol's buffers hold names as plain text.</summary>
    private static Task<WebApplication> ListenAsync(Action<string> receive) => LoopbackServer.StartAsync(async context =>
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (context.Request.Path == "/v1/metrics")
            receive(Encoding.UTF8.GetString(body.ToArray()));
        context.Response.StatusCode = (int)HttpStatusCode.OK;
    });
}
