using System.Net;
using System.Net.Sockets;
using System.Text;
using SafetyCampaign.Load.Phones;

namespace SafetyCampaign.Load.Faults.Repeating;

/// <summary>One request on a connection of its own, answered or abandoned.</summary>
internal static class Exchange
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<Answer> AskAsync(IPEndPoint server, ReadOnlyMemory<byte> request) => (await ReadAsync(server, request)).Answer;

    /// <summary>The answer, and the whole of it as it came.</summary>
    public static async Task<(Answer Answer, string Text)> ReadAsync(IPEndPoint server, ReadOnlyMemory<byte> request)
    {
        using var socket = await ConnectAsync(server);
        using var patience = new CancellationTokenSource(Patience);
        await socket.SendAsync(request, patience.Token);
        var bytes = new byte[16 * 1024];
        for (var received = 0; ;)
        {
            var more = await socket.ReceiveAsync(bytes.AsMemory(received), patience.Token);
            if (more == 0)
                throw new EndOfStreamException("The program closed the connection in the middle of an answer.");
            received += more;
            if (Answer.TryRead(bytes.AsSpan(0, received), out var answer))
                return (answer, Encoding.UTF8.GetString(bytes, 0, received));
        }
    }

    /// <summary>Sends the request, or its beginning, and is gone before the answer: the radio failed, the page was closed.</summary>
    /// <param name="waits">How long it holds out before it is gone.</param>
    public static async Task AbandonAsync(IPEndPoint server, ReadOnlyMemory<byte> request, TimeSpan waits)
    {
        using var socket = await ConnectAsync(server);
        await socket.SendAsync(request);
        await Task.Delay(waits);
    }

    private static async Task<Socket> ConnectAsync(IPEndPoint server)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server);
        // Cut, not closed in order: a connection that waits for its end keeps its port for a minute, and there are many.
        socket.LingerState = new LingerOption(true, 0);
        return socket;
    }
}
