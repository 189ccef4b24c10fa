using Microsoft.AspNetCore.SignalR;
using SafetyCampaign.Display.Scenes;
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
/// <c>/hubs/display</c>: a screen asks once with <see cref="Watch"/>, and again after every reconnect; then it listens,
/// and says what it shows. Public: shows nothing personal.
/// </summary>
public sealed class DisplayHub(PublishedEvents events, StageReader stages, ScreenRegistry board, DisplayMetrics metrics) : Hub<IDisplayClient>
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
        if (Watched is { } before && before.Code != e.Code)
            await Groups.RemoveFromGroupAsync(Context.ConnectionId, before.Code);
        Watched = e;
        // First subscribe, then look: a change in between arrives twice rather than never.
        await Groups.AddToGroupAsync(Context.ConnectionId, e.Code, Context.ConnectionAborted);
        e = await events.FindAsync(e.Code, Context.ConnectionAborted) ?? e;
        return await stages.NowAsync(e, Context.ConnectionAborted);
    }

    /// <summary>Tells the host what a screen shows. Nobody waits for an answer.</summary>
    /// <param name="screen">What the screen calls itself, on every line and after a reload.</param>
    /// <param name="version">Of the scene.</param>
    public void Shows(Guid screen, long version, bool soundBlocked)
    {
        if (Watched is { } e)
            board.Shows(e.Id, screen, version, soundBlocked);
    }

    /// <summary>The screen is being closed, and not lost.</summary>
    public void Leaves(Guid screen)
    {
        if (Watched is { } e)
            board.Leaves(e.Id, screen);
    }

    private PublishedEvent? Watched
    {
        get => Context.Items.TryGetValue(nameof(Watched), out var watched) ? watched as PublishedEvent : null;
        set => Context.Items[nameof(Watched)] = value;
    }
}
