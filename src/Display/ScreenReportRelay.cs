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
        if (topic == NodeMessageTopic.Screens && Read(about) is { } report)
            screens.Apply(report);
    }

    /// <summary>Null where a node of another version has written it in a form that this one does not know.</summary>
    private static ScreenReport? Read(string about)
    {
        try
        {
            return JsonSerializer.Deserialize<ScreenReport>(about);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
