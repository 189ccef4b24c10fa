using System.Diagnostics;
using System.Net;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Phones;

/// <summary>
/// So many phones that each sign again as soon as they are answered, or at a given rate all together. The answers of a
/// load that ends are waited for.
/// </summary>
internal sealed class PledgeLoad(IPEndPoint server)
{
    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RequestPacer? pace;
    private int signing;

    public IPEndPoint Server => server;

    public required int Phones { get; init; }

    /// <summary>What the phone of a number sends.</summary>
    public required Func<int, SignMessage> Message { get; init; }

    /// <summary>Requests a second of all phones together; null for as many as are answered.</summary>
    public int? Rate { get; init; }

    /// <summary>How long answers that are under way at the end are waited for; who has none then hangs.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    public bool IsOver { get; private set; }

    /// <summary>Guardians of the event's classes, from so many phones.</summary>
    public static PledgeLoad Of(RunningProgram program, SeededEvent e, int phones, int? rate = null) => new(program.EndPoint)
    {
        Phones = phones,
        Rate = rate,
        Message = number => SignMessage.Guardian(e.PledgesPath, e.Classes[number % e.Classes.Count]),
    };

    public async Task<LoadResult> RunAsync(TimeSpan duration, CancellationToken earlier = default)
    {
        var phones = Enumerable.Range(0, Phones).Select(number => new Phone(this, Message(number))).ToList();
        foreach (var phone in phones)
            await phone.ConnectAsync();
        await Task.Yield();

        signing = phones.Count;
        pace = Rate is { } rate ? new RequestPacer(this, rate) : null;
        var started = Stopwatch.GetTimestamp();
        phones.ForEach(Next);
        await Task.Delay(duration, earlier).ContinueWith(_ => { }, TaskScheduler.Default);
        IsOver = true;
        pace?.Dispose();
        var took = Stopwatch.GetElapsedTime(started);
        var answered = phones.Sum(phone => phone.Took.Count); // those that are under way now count for the recount, not for the rate
        await Task.WhenAny(over.Task, Task.Delay(Patience, CancellationToken.None));
        return new LoadResult(phones, took, answered) { Hanging = signing };
    }

    /// <summary>A phone has its answer: it goes on, waits for its turn, or is done.</summary>
    internal void Next(Phone phone)
    {
        if (IsOver)
        {
            if (Interlocked.Decrement(ref signing) == 0)
                over.TrySetResult();
        }
        else if (pace is not null)
            pace.Wait(phone);
        else
            phone.Sign();
    }
}
