using StackExchange.Redis;

namespace SafetyCampaign.Nodes;

/// <summary>What one node tells the others about.</summary>
public enum NodeMessageTopic
{
    Ledger,
    Events,
    Stages,
    Screens,
}

/// <summary>
/// Messages between nodes over Redis: that something has changed, not what. A node that receives one reads the database,
/// and reads it every second anyway (<see cref="RemoteChangePoller"/>); so when Redis is gone, screens lag by a second and nothing fails.
/// Only what no database holds is in the message itself: which screens are connected.
/// </summary>
public sealed partial class NodeMessageBus : IHostedService, IAsyncDisposable
{
    public const string Setting = "Redis:ConnectionString";
    private static readonly RedisChannel Channel = RedisChannel.Literal("safety-campaign");

    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);

    private readonly string self = Guid.NewGuid().ToString("N");
    private readonly ConfigurationOptions? redis;
    private readonly ILogger<NodeMessageBus> log;
    private ConnectionMultiplexer? connection;
    private int outage;

    public NodeMessageBus(IConfiguration configuration, ILogger<NodeMessageBus> log)
    {
        this.log = log;
        if (configuration[Setting] is not { Length: > 0 } setting)
            return;
        try
        {
            redis = ConfigurationOptions.Parse(setting);
        }
        catch (ArgumentException wrong)
        {
            throw new InvalidOperationException($"{Setting} cannot be read; it should look like \"redis.example.cn:6379\".", wrong);
        }
        redis.AbortOnConnectFail = false; // the client reconnects by itself
        // a message that could not be sent is not kept: each node asks the database every second anyway
        redis.BacklogPolicy = BacklogPolicy.FailFast;
    }

    /// <summary>Completes when Redis has been asked for the first time, with or without success.</summary>
    internal Task Connecting { get; private set; } = Task.CompletedTask;

    public bool IsConnected => connection?.IsConnected ?? false;

    /// <summary>
    /// Raised for a message of another node, with its topic and content. Handlers must not block: they run on the
    /// client's thread.
    /// </summary>
    public event Action<NodeMessageTopic, string>? MessageReceived;

    /// <summary>Does not wait for Redis and does not throw: callers are on the way of a request.</summary>
    public void Publish(NodeMessageTopic topic, string about = "")
    {
        try
        {
            connection?.GetSubscriber().Publish(Channel, $"{self} {topic} {about}", CommandFlags.FireAndForget);
        }
        catch (Exception gone) when (gone is RedisException or ObjectDisposedException)
        {
            // Logged once an outage by LogOutage; the other nodes poll.
        }
    }

    /// <summary>Does not wait for Redis: the program serves without it.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (redis is not null)
            Connecting = ConnectAsync(redis);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        // Redis that does not answer is waited for longer than the program may take to stop.
        await ((Task)Connecting.WaitAsync(StopTimeout)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (connection is not null)
            await connection.DisposeAsync();
    }

    private async Task ConnectAsync(ConfigurationOptions options)
    {
        try
        {
            var made = await ConnectionMultiplexer.ConnectAsync(options);
            made.ConnectionFailed += (_, failed) => LogOutage(failed.Exception);
            made.ConnectionRestored += (_, _) => LogReturn();
            made.ConnectionRestored += (_, _) => _ = SubscribeAsync(made);
            if (!made.IsConnected)
                LogOutage(null);
            connection = made;
            await SubscribeAsync(made);
        }
        catch (Exception failure)
        {
            LogOutage(failure);
        }
    }

    /// <summary>Called after each reconnect: a subscription made while Redis was away is not always restored by the client.</summary>
    private async Task SubscribeAsync(ConnectionMultiplexer made)
    {
        try
        {
            await made.GetSubscriber().UnsubscribeAsync(Channel);
            await made.GetSubscriber().SubscribeAsync(Channel, (_, message) => OnMessage(message.ToString()));
        }
        catch (Exception gone) when (gone is RedisException or ObjectDisposedException)
        {
            LogOutage(gone);
        }
    }

    private void OnMessage(string message)
    {
        if (message.Split(' ', 3) is [var node, var topic, var about] && node != self
            && Enum.TryParse<NodeMessageTopic>(topic, out var known))
            MessageReceived?.Invoke(known, about);
    }

    private void LogOutage(Exception? failure)
    {
        if (Interlocked.Exchange(ref outage, 1) == 0)
            LogRedisUnreachable(failure?.Message ?? "no answer");
    }

    private void LogReturn()
    {
        if (Interlocked.Exchange(ref outage, 0) == 1)
            LogRedisBack();
    }

    [LoggerMessage(1101, LogLevel.Warning, "Redis cannot be reached ({Reason}); the nodes ask the database every second until it returns")]
    private partial void LogRedisUnreachable(string reason);

    [LoggerMessage(1102, LogLevel.Information, "Redis is back")]
    private partial void LogRedisBack();
}
