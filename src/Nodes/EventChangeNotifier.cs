using SafetyCampaign.Storage;

namespace SafetyCampaign.Nodes;

/// <summary>
/// Tells the other nodes that an event was changed on this one. The store itself does not know that there are other nodes.
/// </summary>
internal sealed class EventChangeNotifier(PublishedEvents events, NodeMessageBus messageBus) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        events.ChangedHere += Tell;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        events.ChangedHere -= Tell;
        return Task.CompletedTask;
    }

    private void Tell(int eventId) => messageBus.Publish(NodeMessageTopic.Events);
}
