using System.Threading.Channels;

namespace SafetyCampaign.Nodes;

/// <summary>
/// Updates a node's cache while other nodes write: reads the database after their message that something has
/// changed, and every second in case no message arrived.
/// </summary>
public sealed partial class RemoteChangePoller(NodeMessageBus messageBus, NodeMessageTopic topic,
    Func<CancellationToken, Task> loadRemoteChangesAsync, TimeProvider time, ILogger<RemoteChangePoller> log)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Between two questions: while one node signs at full speed, each other node asks the database at most 20 times a
    /// second.
    /// </summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        messageBus.MessageReceived += OnMessage;
        await using var second = time.CreateTimer(_ => wake.Writer.TryWrite(true), null, Every, Every);
        var failing = false;
        try
        {
            await foreach (var _ in wake.Reader.ReadAllAsync(stoppingToken))
            {
                failing = await TryLoadAsync(failing, stoppingToken);
                await Task.Delay(Pause, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            messageBus.MessageReceived -= OnMessage;
        }
    }

    private void OnMessage(NodeMessageTopic told, string about)
    {
        if (told == topic)
            wake.Writer.TryWrite(true);
    }

    private async Task<bool> TryLoadAsync(bool failedBefore, CancellationToken stoppingToken)
    {
        try
        {
            await loadRemoteChangesAsync(stoppingToken);
            return false;
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            if (!failedBefore)
                LogRemoteChangesUnreadable(topic, failure.Message);
            return true;
        }
    }

    [LoggerMessage(1103, LogLevel.Warning, "What other nodes write ({Topic}) cannot be read now ({Reason}); trying again every second")]
    private partial void LogRemoteChangesUnreadable(NodeMessageTopic topic, string reason);
}
