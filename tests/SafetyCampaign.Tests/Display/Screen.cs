using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using SafetyCampaign.Display;
using SafetyCampaign.Display.Scenes;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Tests.Display;

/// <summary>A screen that watches an event over the real hub, and keeps all it is told.</summary>
internal sealed class Screen : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly HubConnection connection;
    private readonly ConcurrentQueue<Tally> tallies = new();
    private readonly ConcurrentQueue<JsonElement> tallyMessages = new();
    private readonly ConcurrentQueue<StageScene> scenes = new();
    private readonly SemaphoreSlim told = new(0);

    private Screen(Uri server)
    {
        connection = new HubConnectionBuilder()
            .WithUrl(new Uri(server, "hubs/display"), options =>
            {
                // As the stage does it: nothing is agreed beforehand, so each line may end at another node.
                options.SkipNegotiation = true;
                options.Transports = HttpTransportType.WebSockets;
            })
            .WithAutomaticReconnect(new RetryForEver())
            .Build();
        connection.On<JsonElement>("TallyChanged", message =>
        {
            tallyMessages.Enqueue(message);
            Keep(tallies, message.Deserialize<Tally>(JsonSerializerOptions.Web)!);
        });
        connection.On<StageScene>("SceneChanged", scene => Keep(scenes, scene));
    }

    /// <summary>Every tally pushed so far, in the order they came.</summary>
    public IReadOnlyList<Tally> Tallies => [.. tallies];

    /// <summary>The same as they came, with what only some of them have.</summary>
    public IReadOnlyList<JsonElement> TallyMessages => [.. tallyMessages];

    /// <summary>Runs after each reconnect.</summary>
    public event Func<string?, Task> Reconnected
    {
        add => connection.Reconnected += value;
        remove => connection.Reconnected -= value;
    }

    public static async Task<Screen> ConnectAsync(Uri server)
    {
        var screen = new Screen(server);
        await screen.connection.StartAsync(TestContext.Current.CancellationToken);
        return screen;
    }

    public Task<StageNow> WatchAsync(string? code) =>
        connection.InvokeAsync<StageNow>("Watch", code, TestContext.Current.CancellationToken);

    public Task ShowsAsync(Guid screen, long version, bool soundBlocked) =>
        connection.SendAsync("Shows", screen, version, soundBlocked, TestContext.Current.CancellationToken);

    public Task ReportAsync(Guid screen, long version, bool soundBlocked, bool maySleep) =>
        connection.SendAsync("Report", screen, version, soundBlocked, maySleep, TestContext.Current.CancellationToken);

    public Task LeavesAsync(Guid screen) => connection.SendAsync("Leaves", screen, TestContext.Current.CancellationToken);

    public Task<Tally> TallyAsync(Func<Tally, bool> wanted) => ToldAsync(tallies, wanted);

    public Task<StageScene> SceneAsync(Func<StageScene, bool> wanted) => ToldAsync(scenes, wanted);

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private void Keep<T>(ConcurrentQueue<T> kept, T snapshot)
    {
        kept.Enqueue(snapshot);
        told.Release();
    }

    private async Task<T> ToldAsync<T>(ConcurrentQueue<T> kept, Func<T, bool> wanted) where T : class
    {
        while (true)
        {
            if (kept.FirstOrDefault(wanted) is { } snapshot)
                return snapshot;
            Assert.True(await told.WaitAsync(Patience, TestContext.Current.CancellationToken), "The screen was not told.");
        }
    }

    private sealed class RetryForEver : IRetryPolicy
    {
        public TimeSpan? NextRetryDelay(RetryContext context) => TimeSpan.FromMilliseconds(100);
    }
}
