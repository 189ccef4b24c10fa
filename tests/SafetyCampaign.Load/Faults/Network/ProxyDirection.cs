using System.Diagnostics;
using System.Net.Sockets;
using System.Threading.Channels;

namespace SafetyCampaign.Load.Faults.Network;

/// <summary>One direction of a line, which all its connections share.</summary>
internal sealed class ProxyStream
{
    private readonly Lock gate = new();
    private readonly long laid = Stopwatch.GetTimestamp();
    private TimeSpan busyUntil;
    private int stalls;
    private int resets;

    public int Stalls => stalls;

    public int Resets => resets;

    public TimeSpan Now => Stopwatch.GetElapsedTime(laid);

    /// <summary>When bytes that set out now arrive: after those before them, at the line's pace.</summary>
    public TimeSpan Send(int bytes, NetworkConditions quality)
    {
        lock (gate)
        {
            busyUntil = (busyUntil > Now ? busyUntil : Now) + TimeSpan.FromSeconds((double)bytes / quality.BytesPerSecond);
            return busyUntil + quality.Latency;
        }
    }

    public void CountStall() => Interlocked.Increment(ref stalls);

    public void CountReset() => Interlocked.Increment(ref resets);
}

/// <summary>One direction of one connection: bytes are taken, are under way as long as the line needs, and go on.</summary>
/// <param name="lost">The chance that the connection is reset in this direction.</param>
/// <param name="isWhole">False once the line has been cut.</param>
internal sealed class ProxyDirection(ProxyStream lane, NetworkConditions quality, double lost, Random chance, Func<bool> isWhole)
{
    /// <summary>Mishaps come early: a sign request has 3 KB and its answer 300 bytes, and each is to be hit in its midst.</summary>
    private const int Midst = 250;

    private readonly Channel<(TimeSpan Due, byte[] Bytes)> underWay = Channel.CreateUnbounded<(TimeSpan, byte[])>();
    private readonly long resetsAt = Mishap(chance, lost);
    private long stallsAt = Mishap(chance, quality.Stalls);

    /// <summary>Completes when the sender has closed and everything has arrived.</summary>
    public Task CarryAsync(Socket from, Socket to) => Task.WhenAll(TakeAsync(from), GiveAsync(from, to));

    private async Task TakeAsync(Socket from)
    {
        var bytes = new byte[Math.Clamp(quality.BytesPerSecond / 16, 512, 16 * 1024)];
        try
        {
            while (await from.ReceiveAsync(bytes) is > 0 and var received)
                underWay.Writer.TryWrite((lane.Send(received, quality), bytes[..received]));
        }
        finally
        {
            underWay.Writer.Complete();
        }
    }

    private async Task GiveAsync(Socket from, Socket to)
    {
        var given = 0L;
        await foreach (var (due, bytes) in underWay.Reader.ReadAllAsync())
        {
            if (due - lane.Now is { Ticks: > 0 } left)
                await Task.Delay(left);
            if (!isWhole())
                await Task.Delay(Timeout.Infinite); // what arrives on a line that was cut goes nowhere
            if (given + bytes.Length > stallsAt)
                await StallAsync();
            if (given + bytes.Length > resetsAt)
            {
                await to.SendAsync(bytes.AsMemory(0, (int)(resetsAt - given)));
                lane.CountReset();
                ImpairedProxy.Reset(from);
                ImpairedProxy.Reset(to);
                return;
            }
            await to.SendAsync(bytes);
            given += bytes.Length;
        }
    }

    private async Task StallAsync()
    {
        stallsAt = long.MaxValue;
        lane.CountStall();
        await Task.Delay(quality.Stall);
    }

    private static long Mishap(Random chance, double likely) => chance.NextDouble() < likely ? chance.Next(Midst) : long.MaxValue;
}
