using System.Net;
using System.Net.Sockets;

namespace SafetyCampaign.Load.Faults.Network;

/// <summary>How a line ends.</summary>
internal enum CutKind
{
    /// <summary>
    /// As when a router is switched off: nobody is told, nothing arrives, and no connection of that time ever comes back.
    /// </summary>
    Silent,

    /// <summary>As when a proxy restarts: every connection is reset, new ones are refused.</summary>
    Reset,
}

/// <summary>A TCP line to the program that can be bad, cut and mended: a proxy of our own, on a port of its own.</summary>
internal sealed class ImpairedProxy : IAsyncDisposable
{
    private readonly IPEndPoint server;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task accepting;
    private readonly Lock gate = new();
    private readonly List<Socket> open = [];
    private readonly Random chance;
    private readonly ProxyStream up = new();
    private readonly ProxyStream down = new();
    private CutKind? cut;
    private int age;

    /// <param name="seed">The same line has the same mishaps.</param>
    public ImpairedProxy(IPEndPoint server, NetworkConditions? quality = null, int seed = 0)
    {
        this.server = server;
        Quality = quality ?? NetworkConditions.Perfect;
        chance = new Random(seed);
        listener.Start();
        accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{Port}");

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Of the connections that are opened from now on.</summary>
    public NetworkConditions Quality { get; set; }

    /// <summary>How often connections fell silent for a while, because of the line's quality.</summary>
    public int Stalls => up.Stalls + down.Stalls;

    /// <summary>How many connections were reset because of the line's quality.</summary>
    public int Resets => up.Resets + down.Resets;

    public void Break(CutKind how)
    {
        lock (gate)
        {
            (cut, age) = (how, age + 1);
            if (how == CutKind.Reset)
                open.ForEach(Reset);
        }
    }

    public void Mend()
    {
        lock (gate)
            cut = null;
    }

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await accepting;
        lock (gate)
            open.ForEach(socket => socket.Dispose());
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptSocketAsync();
                lock (gate)
                {
                    open.Add(client);
                    if (cut is null)
                        _ = JoinAsync(client, age);
                    else if (cut == CutKind.Reset)
                        Reset(client);
                }
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task JoinAsync(Socket client, int born)
    {
        var onward = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        ProxyDirection there, back;
        lock (gate)
        {
            open.Add(onward);
            there = new ProxyDirection(up, Quality, Quality.LostRequests, chance, () => IsWhole(born));
            back = new ProxyDirection(down, Quality, Quality.LostAnswers, chance, () => IsWhole(born));
        }
        try
        {
            await onward.ConnectAsync(server);
            await await Task.WhenAny(there.CarryAsync(client, onward), back.CarryAsync(onward, client));
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
        }
        if (IsWhole(born))
        {
            client.Dispose();
            onward.Dispose();
        }
    }

    private bool IsWhole(int born)
    {
        lock (gate)
            return born == age;
    }

    public static void Reset(Socket socket)
    {
        if (!socket.SafeHandle.IsClosed)
            socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
    }
}
