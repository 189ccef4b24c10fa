using SafetyCampaign.Storage;

namespace SafetyCampaign.Nodes;

public static class NodesSetup
{
    public static void AddNodes(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<NodeMessageBus>();
        builder.Services.AddHostedService(services => services.GetRequiredService<NodeMessageBus>());
        builder.Services.AddHostedService<EventChangeNotifier>();
        // A SQLite database has one node.
        if (DatabaseSettings.Postgres(builder.Configuration) is not null)
            builder.Services.AddRemoteChangePoller(NodeMessageTopic.Events,
                services => services.GetRequiredService<PublishedEvents>().LoadRemoteChangesAsync);
    }

    /// <summary>For what a node keeps in memory of a database that other nodes write to.</summary>
    public static void AddRemoteChangePoller(
        this IServiceCollection services, NodeMessageTopic topic,
        Func<IServiceProvider, Func<CancellationToken, Task>> loadRemoteChanges) =>
        services.AddSingleton<IHostedService>(
            provider => ActivatorUtilities.CreateInstance<RemoteChangePoller>(provider, topic, loadRemoteChanges(provider)));
}
