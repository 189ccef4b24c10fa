using System.Collections.Concurrent;
using System.Diagnostics;

namespace SafetyCampaign.Tests.Operations.Malformed;

/// <summary>A request that nothing is wrong with, sent again and again beside the others: what it takes, the machine takes.</summary>
internal sealed class PlainRequests(Uri address)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly byte[] Request = "GET /healthz/live HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray();
    private readonly ConcurrentQueue<(long Ended, TimeSpan Took)> answered = new();
    private long asked = Stopwatch.GetTimestamp();

    /// <summary>Until it is ended.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            do
            {
                asked = Stopwatch.GetTimestamp();
                using var connection = await RawConnection.OpenAsync(address, cancellationToken);
                await connection.AskAsync(Request, ends: false, cancellationToken);
                answered.Enqueue((Stopwatch.GetTimestamp(), Stopwatch.GetElapsedTime(asked)));
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>The longest that any has taken that was answered since, or is still under way.</summary>
    /// <param name="since">A <see cref="Stopwatch"/> timestamp.</param>
    public TimeSpan SlowestSince(long since) => answered.Where(plain => plain.Ended >= since).Select(plain => plain.Took)
        .Append(Stopwatch.GetElapsedTime(Volatile.Read(ref asked))).Max();
}
