namespace SafetyCampaign.Drawing;

/// <summary>
/// Limits how many pictures are drawn at once. One takes a core some tens of milliseconds and 10 MB; several hundred phones ask within a
/// minute, while others still sign. So some wait, a few seconds at most, and the others get 503.
/// </summary>
public sealed class DrawingGate(int atOnce, int maxWaiting) : IDisposable
{
    private readonly SemaphoreSlim hands = new(atOnce);
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
