using System.Collections.Concurrent;

namespace SafetyCampaign.Storage;

/// <summary>
/// However many ask for the same thing at once, it is read once and all get that answer, or that failure. Nothing is kept:
/// who asks after the answer causes another read.
/// </summary>
internal sealed class SingleFlight<TKey, TValue> where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Lazy<Task<TValue>>> running = new();

    /// <param name="key">What is asked for.</param>
    /// <param name="read">Reads it, for all who wait; so it must not depend on one request.</param>
    /// <param name="cancellationToken">Ends the waiting of this asker alone.</param>
    public Task<TValue> ReadAsync(TKey key, Func<TKey, Task<TValue>> read, CancellationToken cancellationToken)
    {
        var own = new Lazy<Task<TValue>>(() => RunAsync(key, read));
        var shared = running.GetOrAdd(key, own);
        return shared.Value.WaitAsync(cancellationToken);
    }

    private async Task<TValue> RunAsync(TKey key, Func<TKey, Task<TValue>> read)
    {
        await Task.Yield(); // else a read that ends at once would be removed before it is added
        try
        {
            return await read(key);
        }
        finally
        {
            running.TryRemove(key, out _);
        }
    }
}
