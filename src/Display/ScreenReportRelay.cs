using System.Text.Json;
using SafetyCampaign.Nodes;

namespace SafetyCampaign.Display;

/// <summary>
/// Sends the reports of this node's screens to the other nodes, and receives theirs. Without Redis each node knows its
/// own screens only.
/// </summary>
public sealed class ScreenReportRelay(ScreenRegistry screens, NodeMessageBus messageBus) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        screens.Reported += Publish;
        messageBus.MessageReceived += OnMessage;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        screens.Reported -= Publish;
        messageBus.MessageReceived -= OnMessage;
        return Task.CompletedTask;
    }

    private void Publish(ScreenReport report) => messageBus.Publish(NodeMessageTopic.Screens, JsonSerializer.Serialize(report));

    private void OnMessage(NodeMessageTopic topic, string about)
    {
        if (topic == NodeMessageTopic.Screens && JsonSerializer.Deserialize<ScreenReport>(about) is { } report)
            screens.Apply(report);
    }
}
