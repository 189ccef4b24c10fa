using System.Collections.Concurrent;
using System.Diagnostics;

namespace SafetyCampaign.Load.Phones;

/// <summary>Lets waiting phones sign at a steady rate. A phone that has its answer queues here for its next turn.</summary>
internal sealed class RequestPacer : IDisposable
{
    private readonly ConcurrentQueue<Phone> waiting = new();
    private readonly PledgeLoad load;
    private readonly Thread thread;
    private volatile bool over;

    public RequestPacer(PledgeLoad load, int rate)
    {
        this.load = load;
        thread = new Thread(() => LetGo(rate)) { IsBackground = true, Name = "Pace" };
        thread.Start();
    }

    public void Wait(Phone phone)
    {
        waiting.Enqueue(phone);
        if (over)
            SendHome();
    }

    /// <summary>Once the load is over nobody signs any more.</summary>
    public void Dispose()
    {
        over = true;
        thread.Join();
        SendHome();
    }

    private void SendHome()
    {
        while (waiting.TryDequeue(out var phone))
            load.Next(phone);
    }

    private void LetGo(int rate)
    {
        var started = Stopwatch.GetTimestamp();
        for (var gone = 0L; !over; Thread.Sleep(1))
            for (var due = (long)(Stopwatch.GetElapsedTime(started).TotalSeconds * rate); gone < due
                && waiting.TryDequeue(out var phone); gone++)
                phone.Sign();
    }
}
