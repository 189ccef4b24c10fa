namespace SafetyCampaign.Drawing;

/// <summary>
/// Certificates are drawn one after the other by a few threads of their own, half of the cores, at a lower priority than the rest of
/// the program: several hundred phones ask for theirs within a minute while others still sign. The line is long enough for a district's
/// evening; who comes to a full one is told when to come again. Whoever asks for a picture that somebody waits for already shares it, so
/// no picture takes more than one place. Threads, pages and what was drawn once an event are let go when nothing was asked for a minute.
/// </summary>
/// <param name="startThread">Starts a thread for a worker.</param>
/// <param name="threads">How many draw at once, at most.</param>
/// <param name="maxWaiting">Pictures in the line.</param>
public sealed class DrawingQueue(Action<ThreadStart> startThread, int threads, int maxWaiting) : IDisposable
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(1);

    private readonly object access = new();
    private readonly Queue<Job> waiting = new();
    private readonly Dictionary<object, Job> open = [];
    private readonly CertificateSheets sheets = new();
    private int working;
    private double milliseconds = 10; // a drawing takes, a moving mean
    private bool isClosed;

    /// <summary>3,000 wait at most: some 15 MB, and 20 s of drawing.</summary>
    public DrawingQueue(Action<ThreadStart> startThread) : this(startThread, Math.Max(1, Environment.ProcessorCount / 2), 3000)
    {
    }

    /// <summary>How long the line takes that waits now, at least a second.</summary>
    public TimeSpan Wait
    {
        get
        {
            lock (access)
                return TimeSpan.FromMilliseconds(Math.Max(1000, waiting.Count * milliseconds / threads));
        }
    }

    /// <summary>Draws when it is this one's turn.</summary>
    /// <param name="picture">Equal for equal pictures.</param>
    /// <param name="draw">Draws it. Whoever gives up waiting takes nothing from the others.</param>
    /// <returns>Null where the line is full.</returns>
    public Task<byte[]>? Enqueue(object picture, Func<CertificatePainter, byte[]> draw)
    {
        lock (access)
        {
            ObjectDisposedException.ThrowIf(isClosed, this);
            if (open.TryGetValue(picture, out var shared))
                return shared.Drawn.Task;
            if (open.Count >= threads + maxWaiting)
                return null;
            var job = open[picture] = new Job(picture, draw);
            waiting.Enqueue(job);
            if (working < threads && open.Count > working)
            {
                working++;
                startThread(Work);
            }
            else
                Monitor.Pulse(access);
            return job.Drawn.Task;
        }
    }

    /// <summary>Ends the threads; what still waits is given up.</summary>
    public void Dispose()
    {
        lock (access)
        {
            isClosed = true;
            while (waiting.TryDequeue(out var job))
                job.Drawn.SetCanceled();
            open.Clear();
            Monitor.PulseAll(access);
        }
    }

    private void Work()
    {
        using var painter = new CertificatePainter(sheets);
        while (Next() is { } job)
            Draw(job, painter);
    }

    private void Draw(Job job, CertificatePainter painter)
    {
        var started = Environment.TickCount64;
        byte[]? drawn = null;
        Exception? failure = null;
        try
        {
            drawn = job.Draw(painter);
        }
        catch (Exception e)
        {
            failure = e; // whoever asked gets it
        }
        lock (access)
        {
            milliseconds += (Environment.TickCount64 - started - milliseconds) / 20;
            open.Remove(job.Picture);
        }
        if (drawn is not null)
            job.Drawn.SetResult(drawn);
        else
            job.Drawn.SetException(failure!);
    }

    /// <summary>Null where the thread is to end.</summary>
    private Job? Next()
    {
        lock (access)
        {
            for (var isWoken = true; !isClosed; isWoken = Monitor.Wait(access, IdleTime))
                if (waiting.TryDequeue(out var job))
                    return job;
                else if (!isWoken)
                    break;
            if (--working == 0)
                sheets.Clear();
            return null;
        }
    }

    private sealed record Job(object Picture, Func<CertificatePainter, byte[]> Draw)
    {
        public TaskCompletionSource<byte[]> Drawn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
