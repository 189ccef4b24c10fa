using System.Net;
using System.Net.Sockets;

namespace SafetyCampaign.Load.Faults.Nodes;

/// <summary>Redis that keeps nothing on disk.</summary>
internal sealed class RedisServer : OwnServer
{
    public string Address => $"127.0.0.1:{Port}";

    protected override IReadOnlyList<string> Command =>
        ["redis-server", "--port", $"{Port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", Folder];

    public static async Task<RedisServer> CreateAsync()
    {
        var server = new RedisServer();
        await OwnAsync(server.Folder);
        await server.StartAsync();
        return server;
    }

    protected override async Task<bool> AnswersAsync()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
