using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SafetyCampaign.Load.Screens;

/// <summary>
/// A stage as the server sees it: a WebSocket that speaks the hub's JSON, watches an event and keeps when it was shown
/// how many people. Written over a bare socket so that ten thousand of them fit beside the server on one machine.
/// </summary>
internal sealed class Screen : IDisposable
{
    private static readonly byte[] Handshake = Frame("""{"protocol":"json","version":1}""" + "\u001e");
    // More answers than the buffers of a line hold.
    private const int Flood = 3000;

    private static readonly byte[] Alive = Frame("""{"type":6}""" + "\u001e");

    private readonly Socket socket;
    private readonly SocketAsyncEventArgs receiving = new();
    private readonly TaskCompletionSource watching = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] watch;
    private byte[] buffer = new byte[4096];
    private int filled;
    private bool upgraded;

    /// <param name="readBuffer">Small for a screen that is to freeze: the line fills sooner.</param>
    private Screen(string code, int? readBuffer)
    {
        watch = Frame($$"""{"type":1,"invocationId":"1","target":"Watch","arguments":["{{code}}"]}""" + "\u001e");
        socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (readBuffer is { } bytes)
            socket.ReceiveBufferSize = bytes;
        receiving.Completed += (_, _) => Received();
    }

    /// <summary>Each snapshot: when it came, and how many people it showed.</summary>
    public List<Shown> Shown { get; } = [];

    /// <summary>The server or the line ended it.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Reads nothing more.</summary>
    public bool IsFrozen { get; private set; }

    /// <summary>When the last scene came, as a <see cref="Stopwatch"/> timestamp.</summary>
    public long SceneAt { get; private set; }

    public bool HasShown(int people) => Shown is [.., var last] && last.People >= people;

    public static async Task<Screen> OpenAsync(IPEndPoint server, string code, int? readBuffer = null)
    {
        var screen = new Screen(code, readBuffer);
        await screen.socket.ConnectAsync(server);
        screen.socket.Send(Encoding.ASCII.GetBytes(
            $"GET /hubs/display HTTP/1.1\r\nHost: {server}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: "
                + "13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"));
        screen.Receive();
        await screen.watching.Task.WaitAsync(TimeSpan.FromSeconds(30));
        return screen;
    }

    /// <summary>The server closes a line that says nothing for ten seconds.</summary>
    public void SayAlive()
    {
        if (!IsBroken)
            Send(Alive);
    }

    /// <summary>
    /// From now on reads nothing, though its connection stays. It asks so often before that its answers fill the line:
    /// whoever waits until they are sent waits for ever.
    /// </summary>
    public void Freeze()
    {
        IsFrozen = true;
        for (var i = 0; i < Flood; i++)
            Send(watch);
    }

    public void Dispose()
    {
        socket.Dispose();
        receiving.Dispose();
    }

    private void Send(byte[] bytes)
    {
        try
        {
            socket.Send(bytes);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            IsBroken = true;
        }
    }

    private void Receive()
    {
        try
        {
            do
                receiving.SetBuffer(buffer, filled, buffer.Length - filled);
            while (!socket.ReceiveAsync(receiving) && Take());
        }
        catch (ObjectDisposedException)
        {
            IsBroken = true; // closed by the run
        }
    }

    private void Received()
    {
        if (Take())
            Receive();
    }

    /// <summary>Takes in what has come; false when nothing more is to be read.</summary>
    private bool Take()
    {
        if (receiving.SocketError != SocketError.Success || receiving.BytesTransferred == 0)
        {
            IsBroken = true;
            watching.TrySetException(new IOException("The server closed a screen's connection."));
            return false;
        }
        filled += receiving.BytesTransferred;
        var used = 0;
        while (upgraded ? TryReadFrame(ref used) : TryReadUpgrade(ref used))
        {
        }
        buffer.AsSpan(used, filled - used).CopyTo(buffer);
        filled -= used;
        if (filled == buffer.Length)
            Array.Resize(ref buffer, 2 * buffer.Length);
        return !IsFrozen;
    }

    private bool TryReadUpgrade(ref int used)
    {
        var end = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return false;
        used = end + 4;
        upgraded = true;
        Send(Handshake);
        return true;
    }

    private bool TryReadFrame(ref int used)
    {
        var rest = buffer.AsSpan(used, filled - used);
        if (rest.Length < 4)
            return false;
        var (head, length) = (rest[1] & 0x7F) switch
        {
            126 => (4, BinaryPrimitives.ReadUInt16BigEndian(rest[2..])),
            127 => throw new NotSupportedException("No snapshot is larger than 64 KB."),
            var small => (2, small),
        };
        if (rest.Length < head + length)
            return false;
        used += head + length;
        foreach (var message in rest.Slice(head, length).Split((byte)0x1e))
            Read(rest.Slice(head, length)[message]);
        return true;
    }

    private void Read(ReadOnlySpan<byte> message)
    {
        if (message.SequenceEqual("{}"u8)) // the handshake's answer
            Send(watch);
        else if (message.StartsWith("{\"type\":3"u8))
            watching.TrySetResult();
        else if (message.IndexOf("\"TallyChanged\""u8) >= 0 && message.IndexOf("\"people\":"u8) is >= 0 and var at)
        {
            Utf8Parser.TryParse(message[(at + 9)..], out int people, out _);
            Shown.Add(new Shown(Stopwatch.GetTimestamp(), people));
        }
        else if (message.IndexOf("\"SceneChanged\""u8) >= 0)
            SceneAt = Stopwatch.GetTimestamp();
    }

    /// <summary>A text frame with an empty mask, as clients must mask what they send.</summary>
    private static byte[] Frame(string text)
    {
        var payload = Encoding.UTF8.GetBytes(text);
        return [0x81, (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload]; // all of ours are shorter than 126 bytes
    }
}

/// <summary>A snapshot on a screen: a <see cref="Stopwatch"/> timestamp, and the people it showed.</summary>
internal readonly record struct Shown(long At, int People);
