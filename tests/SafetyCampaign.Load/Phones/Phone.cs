using System.Diagnostics;
using System.Net.Sockets;

namespace SafetyCampaign.Load.Phones;

/// <summary>
/// One keep-alive connection that signs, waits for the answer, and signs again with a new key. When the connection
/// breaks it connects again and repeats the same key until it has an answer, as a real phone does.
/// </summary>
internal sealed class Phone : IDisposable
{
    private readonly PledgeLoad load;
    private readonly SignMessage message;
    private readonly SocketAsyncEventArgs receiving = new();
    private readonly byte[] answer = new byte[4096];
    private Socket? socket;
    private int received;
    private Guid key;
    private long sent;

    public Phone(PledgeLoad load, SignMessage message)
    {
        (this.load, this.message) = (load, message);
        receiving.Completed += (_, _) => Received();
    }

    public Latencies Took { get; } = new();

    public List<Acknowledged> Acknowledged { get; } = [];

    /// <summary>Answers that were no signature, by status.</summary>
    public Dictionary<int, int> Refused { get; } = [];

    /// <summary>How often the connection broke before an answer came.</summary>
    public int Broken { get; private set; }

    /// <summary>The key that was sent last and never answered: it may or may not be stored.</summary>
    public Guid? Unanswered { get; private set; }

    public async Task ConnectAsync()
    {
        socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(load.Server);
    }

    /// <summary>Sends a request with a new key. Whatever becomes of it, the load is told when the phone is free again.</summary>
    public void Sign()
    {
        key = Guid.CreateVersion7();
        message.Carry(key);
        sent = Stopwatch.GetTimestamp();
        Send();
    }

    public void Dispose()
    {
        socket?.Dispose();
        receiving.Dispose();
    }

    private void Send()
    {
        Unanswered = key;
        received = 0;
        try
        {
            socket!.Send(message.Bytes.Span);
            Receive();
        }
        catch (SocketException)
        {
            Break();
        }
    }

    private void Receive()
    {
        receiving.SetBuffer(answer, received, answer.Length - received);
        if (!socket!.ReceiveAsync(receiving))
            Received();
    }

    private void Received()
    {
        if (receiving.SocketError != SocketError.Success || receiving.BytesTransferred == 0)
        {
            Break();
            return;
        }
        received += receiving.BytesTransferred;
        if (!Answer.TryRead(answer.AsSpan(0, received), out var read))
        {
            Receive();
            return;
        }
        if (read.IsSigned)
            Acknowledged.Add(new Acknowledged(key, message.People, read, sent, Stopwatch.GetTimestamp()));
        else
            Refused[read.Status] = Refused.GetValueOrDefault(read.Status) + 1;
        if (read.Status >= 500)
        {
            Repeat(); // the pledge may be stored all the same
            return;
        }
        Took.AddSince(sent);
        Unanswered = null;
        load.Next(this);
    }

    private void Break()
    {
        Broken++;
        socket!.Dispose();
        Repeat();
    }

    private async void Repeat()
    {
        while (!load.IsOver)
        {
            await Task.Delay(20);
            try
            {
                if (!socket!.Connected)
                    await ConnectAsync();
                Send();
                return;
            }
            catch (SocketException)
            {
                socket!.Dispose(); // the server is not there yet
            }
        }
        load.Next(this);
    }
}
