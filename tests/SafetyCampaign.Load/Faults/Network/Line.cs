using System.Net;
using System.Net.Sockets;

namespace SafetyCampaign.Load.Faults.Network;

/// <summary>How a line ends.</summary>
internal enum Cut
{
    /// <summary>As when a router is switched off: nobody is told, nothing arrives, and no connection of that time ever comes back.</summary>
    Silent,

    /// <summary>As when a proxy restarts: every connection is reset, new ones are refused.</summary>
    Reset,
}

/// <summary>A TCP line to the program that can be cut and mended: a proxy of our own, on a port of its own.</summary>
internal sealed class Line : IAsyncDisposable
{
    private readonly IPEndPoint server;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task accepting;
    private readonly Lock gate = new();
    private readonly List<Socket> open = [];
    private Cut? cut;
    private int age;

    public Line(IPEndPoint server)
    {
        this.server = server;
        listener.Start();
        accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    public void Break(Cut how)
    {
        lock (gate)
        {
            (cut, age) = (how, age + 1);
            if (how == Cut.Reset)
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
                    else if (cut == Cut.Reset)
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
        lock (gate)
            open.Add(onward);
        try
        {
            await onward.ConnectAsync(server);
            await Task.WhenAny(CarryAsync(client, onward, born), CarryAsync(onward, client, born));
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

    private async Task CarryAsync(Socket from, Socket to, int born)
    {
        var bytes = new byte[16 * 1024];
        while (await from.ReceiveAsync(bytes) is > 0 and var received)
        {
            if (!IsWhole(born))
                await Task.Delay(Timeout.Infinite); // what arrives on a line that was cut goes nowhere
            await to.SendAsync(bytes.AsMemory(0, received));
        }
    }

    private bool IsWhole(int born)
    {
        lock (gate)
            return born == age;
    }

    private static void Reset(Socket socket)
    {
        if (!socket.SafeHandle.IsClosed)
            socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
    }
}
