using System.Collections.Concurrent;

namespace SafetyCampaign.Drawing;

/// <summary>
/// Limits how many pictures are drawn at once. One takes a core some tens of milliseconds and 10 MB; several hundred phones ask within a
/// minute, while others still sign. So some wait, a few seconds at most, and the others get 503. Whoever asks for a picture that
/// somebody waits for already shares it, so that no picture takes more than one turn.
/// </summary>
public sealed class DrawingGate(int atOnce, int maxWaiting) : IDisposable
{
    private readonly SemaphoreSlim hands = new(atOnce);
    private readonly ConcurrentDictionary<object, Lazy<Task<byte[]?>>> drawing = new();
    private int waiting;

    /// <summary>Half of the cores draw, the other half is left for signing.</summary>
    public DrawingGate() : this(Math.Max(1, Environment.ProcessorCount / 2), 100)
    {
    }

    /// <summary>Draws when it is this one's turn; null where the line is too long.</summary>
    public async Task<byte[]?> DrawAsync(Func<byte[]> draw, CancellationToken cancellationToken)
    {
        if (!await TakeTurnAsync(cancellationToken))
            return null;
        try
        {
            return draw();
        }
        finally
        {
            hands.Release();
        }
    }

    /// <summary>The same, once for all who ask at the same time.</summary>
    /// <param name="picture">Equal for equal pictures.</param>
    /// <param name="draw">Draws it.</param>
    /// <param name="cancellationToken">Ends the waiting; the others get the picture all the same.</param>
    public async Task<byte[]?> DrawOnceAsync(object picture, Func<byte[]> draw, CancellationToken cancellationToken)
    {
        var shared = drawing.GetOrAdd(picture, _ => new Lazy<Task<byte[]?>>(() => Task.Run(() => DrawSharedAsync(picture, draw))));
        return await shared.Value.WaitAsync(cancellationToken);
    }

    private async Task<byte[]?> DrawSharedAsync(object picture, Func<byte[]> draw)
    {
        try
        {
            return await DrawAsync(draw, CancellationToken.None);
        }
        finally
        {
            drawing.TryRemove(picture, out _);
        }
    }

    public void Dispose() => hands.Dispose();

    private async Task<bool> TakeTurnAsync(CancellationToken cancellationToken)
    {
        if (hands.Wait(0, CancellationToken.None))
            return true;
        try
        {
            if (Interlocked.Increment(ref waiting) > maxWaiting)
                return false;
            await hands.WaitAsync(cancellationToken);
            return true;
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }
}
