using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using SafetyCampaign.Display.Host;
using SafetyCampaign.Display.Names;
using SafetyCampaign.Display.Scenes;
using SafetyCampaign.Films;
using SafetyCampaign.Ledger;
using SafetyCampaign.Nodes;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Display;

public static class DisplaySetup
{
    /// <summary>For a screen to answer that its socket is closed: the program stops only after that.</summary>
    private static readonly TimeSpan TimeToClose = TimeSpan.FromSeconds(1);

    public static void AddDisplay(this WebApplicationBuilder builder)
    {
        builder.Services.AddSignalR(hub =>
        {
            // Keep-alive at half a second is sent with each check, which runs once a second; a screen takes 2 s of
            // silence for a dead connection.
            hub.KeepAliveInterval = TimeSpan.FromSeconds(0.5);
            hub.ClientTimeoutInterval = TimeSpan.FromSeconds(10);
            hub.MaximumReceiveMessageSize = 1024;
            hub.AddFilter<HubExceptionFilter>();
        }).AddJsonProtocol(json => json.PayloadSerializerOptions = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        });
        builder.Services.AddSingleton<DisplayMetrics>();
        builder.Services.AddSingleton<HubConnections>();
        builder.Services.AddScenes();
        builder.Services.AddSingleton<NameGate>();
        builder.Services.AddSingleton<HostAccess>();
        builder.Services.AddSingleton<IAuthorizationHandler>(services => services.GetRequiredService<HostAccess>());
        builder.Services.AddAuthorizationBuilder().AddPolicy(Policies.Host, policy => policy.AddRequirements(new HostRequirement()));
        builder.Services.AddSingleton<PublishedStages>();
        if (DatabaseSettings.Postgres(builder.Configuration) is not null)
            builder.Services.AddRemoteChangePoller(NodeMessageTopic.Stages,
                services => services.GetRequiredService<PublishedStages>().LoadRemoteChangesAsync);
        builder.Services.AddSingleton<LastSentTallies>();
        builder.Services.AddSingleton<StageReader>();
        builder.Services.AddSingleton<ScreenRegistry>();
        builder.Services.AddSingleton<StageConductor>();
        builder.Services.AddSingleton<ShownToHosts>();
        builder.Services.AddHostedService<TallyBroadcaster>();
        builder.Services.AddHostedService<CountdownService>();
        builder.Services.AddHostedService<ScreenReportRelay>();
        builder.Services.AddSingleton<ShownNameUpdater>();
        builder.Services.AddSingleton<ILedgerSubscriber>(services => services.GetRequiredService<ShownNameUpdater>());
        builder.Services.AddHostedService(services => services.GetRequiredService<ShownNameUpdater>());
    }

    public static void MapDisplay(this WebApplication app)
    {
        var connections = app.Services.GetRequiredService<HubConnections>();
        app.MapHub<DisplayHub>("/hubs/display", hub => hub.WebSockets.CloseTimeout = TimeToClose).AllowAnonymous().Finally(endpoint =>
        {
            if (endpoint.RequestDelegate is { } hub)
                endpoint.RequestDelegate = context => connections.ServeAsync(context, hub);
        });
        app.MapStageNow();
        app.MapQrCodes();
        app.MapPictures();
        app.MapFilms();
        app.MapGet("/host/{code}/{secret}",
            (string code, string secret, HostAccess access, HttpContext http) => access.EnterAsync(code, secret, http))
            .AllowAnonymous().ExcludeFromDescription();
    }
}
