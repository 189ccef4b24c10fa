using Microsoft.AspNetCore.SignalR;
using SafetyCampaign.Display.Scenes;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Display;

/// <summary>
/// The messages to a screen: snapshots, each with a version that only grows, and whole but for the classes in a
/// <see cref="TallyChange"/>.
/// </summary>
public interface IDisplayClient
{
    Task TallyChanged(Tally tally);

    Task TallyChanged(TallyChange tally);

    Task SceneChanged(StageScene scene);
}

/// <summary>
/// <c>/hubs/display</c>: a screen asks once with <see cref="Watch"/>, and again after every reconnect; then it receives messages,
/// and reports what it shows. Public: nothing personal is sent.
/// </summary>
public sealed class DisplayHub(
    PublishedEvents events, EventCodeLimit codes, StageReader stages, ScreenRegistry screens, DeviceCookie cookie, DisplayMetrics metrics)
    : Hub<IDisplayClient>
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
    /// <exception cref="HubException">There is no such event, or too many codes were tried at this address.</exception>
    public async Task<StageNow> Watch(string code)
    {
        if (Context.GetHttpContext() is { } http && await codes.WaitAsync(http, code) is not null)
            throw new HubException("too-many-requests");
        var e = await VisibleAsync(code) ?? throw new HubException("no-such-event");
        if (Watched is { } before && before.Code != e.Code)
            await Groups.RemoveFromGroupAsync(Context.ConnectionId, before.Code);
        Watched = e;
        // Subscribe first, then read: a change in between is then sent twice instead of not at all.
        await Groups.AddToGroupAsync(Context.ConnectionId, e.Code, Context.ConnectionAborted);
        e = await events.FindAsync(e.Code, Context.ConnectionAborted) ?? e;
        return await stages.NowAsync(e, Context.ConnectionAborted);
    }

    /// <summary>By the access scope of the request that opened the connection; a call of the hub has services of its own.</summary>
    private ValueTask<PublishedEvent?> VisibleAsync(string code) => Context.GetHttpContext() is { } http
        ? http.RequestServices.GetRequiredService<VisibleEvents>().FindAsync(code, Context.ConnectionAborted)
        : default;

    /// <summary>Reports what a screen shows, for the host. It has no answer. A connection is one screen.</summary>
    /// <param name="screen">What the screen calls itself, on every line and after a reload.</param>
    /// <param name="version">Of the scene.</param>
    /// <param name="soundBlocked">It is to sound, and waits for a key at the machine.</param>
    /// <param name="maySleep">The browser does not let it keep the screen on.</param>
    public void Report(Guid screen, long version, bool soundBlocked, bool maySleep)
    {
        if (Watched is { } e && OwnOf(screen) is (var own, var device) && own == screen)
            screens.Shows(e.Id, screen, version, soundBlocked, device, maySleep);
    }

    /// <summary>The report of a stage that was opened before <see cref="Report"/> came.</summary>
    public void Shows(Guid screen, long version, bool soundBlocked) => Report(screen, version, soundBlocked, maySleep: false);

    /// <summary>The page of the screen is being closed, so the screen is not reported as lost.</summary>
    public void Leaves(Guid screen)
    {
        if (Watched is { } e && OwnOf(screen).Screen == screen)
            screens.Leaves(e.Id, screen);
    }

    /// <summary>The screen that this connection has first said to be, and its device.</summary>
    private (Guid Screen, Guid? Device) OwnOf(Guid screen)
    {
        if (Context.Items.TryGetValue(nameof(OwnOf), out var known))
            return ((Guid, Guid?))known!;
        var own = (screen, Context.GetHttpContext() is { } http ? cookie.Read(http) : null);
        Context.Items[nameof(OwnOf)] = own;
        return own;
    }

    private PublishedEvent? Watched
    {
        get => Context.Items.TryGetValue(nameof(Watched), out var watched) ? watched as PublishedEvent : null;
        set => Context.Items[nameof(Watched)] = value;
    }
}
