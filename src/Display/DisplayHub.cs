using Microsoft.AspNetCore.SignalR;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Display;

/// <summary>What a screen hears: always whole snapshots, each with a version that only grows.</summary>
public interface IDisplayClient
{
    Task TallyChanged(Tally tally);

    Task SceneChanged(StageScene scene);
}

/// <summary>
/// <c>/hubs/display</c>: a screen asks once with <see cref="Watch"/>, and again after every reconnect; then it only
/// listens. Public: shows nothing personal.
/// </summary>
public sealed class DisplayHub(PublishedEvents events, StageReader stages, DisplayMetrics metrics) : Hub<IDisplayClient>
{
    public override Task OnConnectedAsync()
    {
        metrics.Connected();
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        metrics.Disconnected();
        return Task.CompletedTask;
    }

    /// <summary>Subscribes to an event and answers how it stands. A screen watches one event at a time.</summary>
    /// <exception cref="HubException">There is no such event.</exception>
    public async Task<StageNow> Watch(string code)
    {
        var e = await events.FindAsync(code, Context.ConnectionAborted) ?? throw new HubException("no-such-event");
        if (Context.Items.TryGetValue(nameof(Watch), out var before) && before is string left && left != e.Code)
            await Groups.RemoveFromGroupAsync(Context.ConnectionId, left);
        Context.Items[nameof(Watch)] = e.Code;
        // First subscribe, then look: a change in between arrives twice rather than never.
        await Groups.AddToGroupAsync(Context.ConnectionId, e.Code, Context.ConnectionAborted);
        e = await events.FindAsync(e.Code, Context.ConnectionAborted) ?? e;
        return await stages.NowAsync(e, Context.ConnectionAborted);
    }
}
