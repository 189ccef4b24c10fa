using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace SafetyCampaign.Storage;

/// <summary>
/// Threads of their own for what computes for long (books, archives, photos of sheets, certificates) or waits for the disk (the
/// list of erasures). On the thread pool, which on a small machine has two threads, those who sign would wait behind it; these get what
/// of the processor nobody else wants, and a share where others want it too. Not for what writes to the store: whoever
/// waits for its lock would wait for the low priority as well.
/// </summary>
public static class LowPriorityThread
{
    /// <summary>
    /// On Linux a thread is a process to the scheduler, and .NET gives priorities to threads on Windows alone; with 5 it gets a third of
    /// what another thread gets that wants to run.
    /// </summary>
    private const int Nice = 5;

    /// <summary>Starts a thread that ends with the program.</summary>
    /// <param name="name">For whoever looks at the process.</param>
    /// <param name="work">What it does.</param>
    public static void Start(string name, ThreadStart work)
    {
        var thread = new Thread(() =>
        {
            LowerPriority();
            work();
        });
        (thread.IsBackground, thread.Name, thread.Priority) = (true, name, ThreadPriority.BelowNormal);
        thread.Start();
    }

    /// <summary>Does it on such a thread, to which it comes back after each wait. The culture of the caller goes with it.</summary>
    /// <param name="name">For whoever looks at the process.</param>
    /// <param name="work">What to do.</param>
    /// <returns>Completes as the work does, on the thread pool.</returns>
    public static Task<T> RunAsync<T>(string name, Func<Task<T>> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Start(name, () =>
        {
            using var calls = new WaitingCalls();
            SynchronizationContext.SetSynchronizationContext(calls);
            var doing = StartedAsync(work);
            calls.RunUntil(doing);
            done.SetFromTask(doing);
        });
        return done.Task;
    }

    private static async Task<T> StartedAsync<T>(Func<Task<T>> work) => await work();

    private static void LowerPriority()
    {
        const int process = 0, thisThread = 0;
        if (OperatingSystem.IsLinux())
            _ = SetPriority(process, thisThread, Nice); // where it is refused, the thread works as others do
    }

    [DllImport("libc", EntryPoint = "setpriority")]
    private static extern int SetPriority(int which, int who, int priority);

    /// <summary>What goes on after a wait, in its order.</summary>
    private sealed class WaitingCalls : SynchronizationContext, IDisposable
    {
        private readonly BlockingCollection<(SendOrPostCallback Call, object? State)> calls = [];

        public override void Post(SendOrPostCallback d, object? state) => calls.Add((d, state));

        public void RunUntil(Task end)
        {
            // By a call of its own, so that the thread need not look: it wakes for this one as for the others.
            _ = end.ContinueWith(_ => Post(static _ => { }, null), TaskScheduler.Default);
            while (!end.IsCompleted)
            {
                var (call, state) = calls.Take();
                call(state);
            }
        }

        public void Dispose() => calls.Dispose();
    }
}
