namespace SafetyCampaign.Storage;

/// <summary>
/// Ends an upload that stands still, or that comes slower than any line that could carry it: without that it would hold its room on the
/// disk for days.
/// </summary>
internal sealed class UploadPace : IDisposable
{
    /// <summary>
    /// Of a film, on average, beyond <see cref="Grace"/>: 256 kbit/s, so that 500 MB take four hours and a half at most.
    /// </summary>
    public const int MinBytesPerSecondOfFilm = 32 * 1024;

    /// <summary>Of a photo, which a teacher may send over the weakest of mobile networks: 32 kbit/s.</summary>
    public const int MinBytesPerSecondOfForm = 4 * 1024;

    /// <summary>Between two pieces, and before the average counts.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    private readonly TimeProvider time;
    private readonly CancellationTokenSource ended;
    private readonly ITimer timer;
    private readonly long started;
    private readonly int minBytesPerSecond;
    private long received;

    public UploadPace(TimeProvider time, int minBytesPerSecond, CancellationToken cancellationToken)
    {
        (this.time, this.minBytesPerSecond) = (time, minBytesPerSecond);
        ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        started = time.GetTimestamp();
        timer = time.CreateTimer(_ => End(), null, Grace, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The upload was too slow.</summary>
    public bool IsTooSlow { get; private set; }

    public long Received => received;

    public async ValueTask<int> ReadAsync(Stream upload, Memory<byte> piece)
    {
        ended.Token.ThrowIfCancellationRequested(); // what has arrived already is read without looking at it
        var length = await upload.ReadAsync(piece, ended.Token);
        received += length;
        var allowed = Grace + TimeSpan.FromSeconds((double)received / minBytesPerSecond) - time.GetElapsedTime(started);
        timer.Change(TimeSpan.FromTicks(Math.Clamp(allowed.Ticks, 0, Grace.Ticks)), Timeout.InfiniteTimeSpan);
        return length;
    }

    public void Dispose()
    {
        timer.Dispose();
        ended.Dispose();
    }

    private void End()
    {
        IsTooSlow = true;
        try
        {
            ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The upload ended by itself in the same moment.
        }
    }
}
