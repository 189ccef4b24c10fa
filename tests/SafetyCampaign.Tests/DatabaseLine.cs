using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace SafetyCampaign.Tests;

/// <summary>
/// A line to the PostgreSQL server that a test can cut (connections end and new ones are refused) or freeze (they stay, and
/// nothing comes through), and mend again.
/// </summary>
internal sealed class DatabaseLine : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Socket, byte> open = new();
    private readonly IPEndPoint server;
    private readonly int port;
    private TcpListener? listener;
    private TaskCompletionSource moving = new();
    private Task accepting = Task.CompletedTask;

    public DatabaseLine()
    {
        var settings = new NpgsqlConnectionStringBuilder(Servers.Postgres);
        server = new IPEndPoint(Dns.GetHostAddresses(settings.Host!)[0], settings.Port);
        moving.SetResult();
        Listen(0);
        port = ((IPEndPoint)listener!.LocalEndpoint).Port;
    }

    /// <summary>A node's settings with this line between it and its database.</summary>
    public Dictionary<string, string> Between(Dictionary<string, string> settings) => new(settings)
    {
        ["Database:ConnectionString"] = new NpgsqlConnectionStringBuilder(settings["Database:ConnectionString"])
        {
            Host = "127.0.0.1",
            Port = port,
        }.ToString(),
    };

    public void Cut()
    {
        listener?.Stop();
        listener = null;
        foreach (var socket in open.Keys)
            socket.Dispose();
    }

    public void Freeze() => moving = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Mend()
    {
        moving.TrySetResult();
        if (listener is null)
            Listen(port);
    }

    public async ValueTask DisposeAsync()
    {
        moving.TrySetResult();
        Cut();
        await accepting;
    }

    private void Listen(int at)
    {
        listener = new TcpListener(IPAddress.Loopback, at);
        listener.Start();
        accepting = AcceptAsync(listener);
    }

    private async Task AcceptAsync(TcpListener from)
    {
        try
        {
            while (true)
                _ = CarryAsync(await from.AcceptSocketAsync());
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
    }

    private async Task CarryAsync(Socket node)
    {
        using var database = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        node.NoDelay = true;
        (open[node], open[database]) = (0, 0);
        try
        {
            await database.ConnectAsync(server);
            await Task.WhenAny(MoveAsync(node, database), MoveAsync(database, node));
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
        finally
        {
            open.TryRemove(node, out _);
            open.TryRemove(database, out _);
            node.Dispose();
        }
    }

    private async Task MoveAsync(Socket from, Socket to)
    {
        try
        {
            var buffer = new byte[64 * 1024];
            for (int length; (length = await from.ReceiveAsync(buffer)) > 0;)
            {
                await moving.Task;
                await to.SendAsync(buffer.AsMemory(0, length));
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // Cut, or ended by one of the two.
        }
    }
}
