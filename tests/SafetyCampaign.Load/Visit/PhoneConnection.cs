using System.Net;
using System.Net.Sockets;

namespace SafetyCampaign.Load.Visit;

/// <summary>One keep-alive connection of a phone's browser, opened with its first request.</summary>
internal sealed class PhoneConnection(IPEndPoint server) : IDisposable
{
    private byte[] buffer = new byte[16 * 1024];
    private Socket? socket;

    /// <summary>Sends a request and waits for the whole answer, whose body is valid until the next one.</summary>
    /// <exception cref="SocketException">The server took no connection, or broke it.</exception>
    public async Task<Reply> AskAsync(ReadOnlyMemory<byte> request)
    {
        if (socket is null)
        {
            socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(server);
        }
        for (var sent = 0; sent < request.Length;)
            sent += await socket.SendAsync(request[sent..]);
        for (var received = 0; ;)
        {
            if (received == buffer.Length)
                Array.Resize(ref buffer, 4 * buffer.Length);
            var more = await socket.ReceiveAsync(buffer.AsMemory(received));
            if (more == 0)
                throw new SocketException((int)SocketError.ConnectionReset);
            received += more;
            if (Reply.TryRead(buffer.AsMemory(0, received), out var reply))
                return reply;
        }
    }

    public void Dispose() => socket?.Dispose();
}
