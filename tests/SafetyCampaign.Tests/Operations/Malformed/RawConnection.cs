using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace SafetyCampaign.Tests.Operations.Malformed;

/// <summary>What came back: all that was read, of which the head is the beginning.</summary>
internal sealed record RawAnswer(int Status, string Head, string Body);

/// <summary>A connection that sends bytes as they are; no client of the framework would send these.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[64 * 1024];
    private byte[] read = [];

    /// <summary>The server leaves it open for the next request.</summary>
    public bool IsOpen { get; private set; }

    public static async Task<RawConnection> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        var connection = new RawConnection();
        await connection.socket.ConnectAsync(address.Host, address.Port, cancellationToken);
        connection.IsOpen = true;
        return connection;
    }

    /// <summary>Sends a request and reads its answer; null where the server closed the connection without one.</summary>
    /// <param name="request">As it goes over the wire.</param>
    /// <param name="ends">Nothing comes after it: the sending half is closed.</param>
    public async Task<RawAnswer?> AskAsync(byte[] request, bool ends, CancellationToken cancellationToken)
    {
        try
        {
            await socket.SendAsync(request, cancellationToken);
            if (ends)
                socket.Shutdown(SocketShutdown.Send);
            var answer = await ReadAnswerAsync(request.AsSpan().StartsWith("HEAD "u8), cancellationToken);
            IsOpen = answer is not null && !ends && !answer.Head.Contains("Connection: close", StringComparison.OrdinalIgnoreCase);
            return answer;
        }
        catch (SocketException) // refused while it was still being sent
        {
            IsOpen = false;
            return null;
        }
    }

    /// <summary>Sends what follows an answer on the same connection, then closes and reads to the end.</summary>
    public async Task FinishAsync(byte[] more, CancellationToken cancellationToken)
    {
        IsOpen = false;
        try
        {
            await socket.SendAsync(more, cancellationToken);
            socket.Shutdown(SocketShutdown.Send);
            while (await FillAsync(cancellationToken))
                read = [];
        }
        catch (SocketException)
        {
            // It was closed before all had been sent.
        }
    }

    public void Dispose() => socket.Dispose();

    private async Task<RawAnswer?> ReadAnswerAsync(bool withoutBody, CancellationToken cancellationToken)
    {
        int end;
        while ((end = read.AsSpan().IndexOf("\r\n\r\n"u8)) < 0)
            if (!await FillAsync(cancellationToken))
                return read.Length == 0 ? null : throw new InvalidDataException($"Half an answer: {Encoding.Latin1.GetString(read)}");
        var head = Encoding.Latin1.GetString(read, 0, end);
        read = read[(end + 4)..];
        var status = int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
        if (status == 100)
            return await ReadAnswerAsync(withoutBody, cancellationToken);
        var body = withoutBody || status is 101 or 204 or 304 ? [] : await ReadBodyAsync(head, cancellationToken);
        return new RawAnswer(status, head, Encoding.UTF8.GetString(body));
    }

    private async Task<byte[]> ReadBodyAsync(string head, CancellationToken cancellationToken)
    {
        if (head.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase))
        {
            int end;
            while ((end = read.AsSpan().IndexOf("0\r\n\r\n"u8)) < 0 || (end > 0 && read[end - 1] != '\n'))
                if (!await FillAsync(cancellationToken))
                    break; // cut off by the server: what there is is looked at
            return Take(end < 0 ? read.Length : end + 5);
        }
        var at = head.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            while (await FillAsync(cancellationToken))
            {
            }
            return Take(read.Length);
        }
        var line = head.AsSpan(at + "Content-Length: ".Length);
        var length = int.Parse(line.IndexOf('\r') is >= 0 and var stop ? line[..stop] : line, CultureInfo.InvariantCulture);
        while (read.Length < length && await FillAsync(cancellationToken))
        {
        }
        return Take(Math.Min(length, read.Length));
    }

    private byte[] Take(int count)
    {
        var taken = read[..count];
        read = read[count..];
        return taken;
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        var count = await socket.ReceiveAsync(buffer, cancellationToken);
        read = [.. read, .. buffer.AsSpan(0, count)];
        return count > 0;
    }
}
