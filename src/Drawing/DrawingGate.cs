namespace SafetyCampaign.Drawing;

/// <summary>
/// Lets few pictures be drawn at a time. One takes a core some tens of milliseconds and 10 MB; a hall of phones asks within a
/// minute, while others still sign. So some wait in line, a few seconds at most, and the others are to come again.
/// </summary>
public sealed class DrawingGate(int atOnce, int mostWaiting) : IDisposable
{
    private readonly SemaphoreSlim hands = new(atOnce);
    private int waiting;

    /// <summary>Half the machine draws, the other half takes signatures.</summary>
    public DrawingGate() : this(Math.Max(1, Environment.ProcessorCount / 2), 100)
    {
    }

    /// <summary>Draws when it is this one's turn; null where the line is too long.</summary>
    public async Task<byte[]?> DrawAsync(Func<byte[]> draw, CancellationToken cancellation)
    {
        if (!await TakeTurnAsync(cancellation))
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

    private async Task<bool> TakeTurnAsync(CancellationToken cancellation)
    {
        if (hands.Wait(0, CancellationToken.None))
            return true;
        try
        {
            if (Interlocked.Increment(ref waiting) > mostWaiting)
                return false;
            await hands.WaitAsync(cancellation);
            return true;
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }
}
