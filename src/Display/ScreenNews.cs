using System.Text.Json;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Display;

/// <summary>Tells the other nodes what this one's screens say, and listens to them. Without Redis each node knows its own.</summary>
public sealed class ScreenNews(ScreenBoard board, NodeNews news) : IHostedService
{
    public Task StartAsync(CancellationToken cancellation)
    {
        board.Said += Tell;
        news.Heard += Hear;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellation)
    {
        board.Said -= Tell;
        news.Heard -= Hear;
        return Task.CompletedTask;
    }

    private void Tell(ScreenReport said) => news.Tell(NodeTopic.Screens, JsonSerializer.Serialize(said));

    private void Hear(NodeTopic topic, string about)
    {
        if (topic == NodeTopic.Screens && JsonSerializer.Deserialize<ScreenReport>(about) is { } said)
            board.Note(said);
    }
}
