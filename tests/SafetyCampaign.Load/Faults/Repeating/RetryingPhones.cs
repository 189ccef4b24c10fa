using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Faults.Repeating;

/// <summary>
/// Families at a steady pace, each repeating its own key until it is stored, as the phone page does. What they are told
/// in between is looked at: a refusal must be a 503 that says what to do.
/// </summary>
internal sealed class RetryingPhones : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentBag<Acknowledged> acknowledged = [];
    private readonly ConcurrentBag<string> wrong = [];
    private readonly Func<RunningProgram> server;
    private readonly SeededEvent e;
    private readonly Task signing;
    private volatile bool over;
    private int refused;
    private int unanswered;
    private long lastSigned;

    /// <param name="server">Which program a phone talks to; asked anew for every request.</param>
    public RetryingPhones(Func<RunningProgram> server, SeededEvent e, int phones)
    {
        (this.server, this.e) = (server, e);
        signing = Task.WhenAll(Enumerable.Range(0, phones).Select(number => Task.Run(() => SignAsync(number))));
    }

    public IReadOnlyCollection<Acknowledged> Acknowledged => acknowledged;

    /// <summary>How often a phone was told 503.</summary>
    public int Refused => refused;

    /// <summary>How often a phone had no connection or no answer.</summary>
    public int Unanswered => unanswered;

    /// <summary>Sentences about answers that must not be.</summary>
    public IEnumerable<string> Wrong => wrong.GroupBy(w => w).Select(w => $"{w.Key} ({w.Count():N0} times)");

    /// <summary>Waits until somebody's pledge is stored after a moment. The answer is how long that took.</summary>
    public async Task<TimeSpan> SignedSinceAsync(long moment, TimeSpan patience)
    {
        while (Volatile.Read(ref lastSigned) < moment)
        {
            if (Stopwatch.GetElapsedTime(moment) > patience)
                throw new TimeoutException($"Nobody could sign for {patience.TotalSeconds:0} s.");
            await Task.Delay(10);
        }
        return Stopwatch.GetElapsedTime(moment, Volatile.Read(ref lastSigned));
    }

    /// <summary>Nobody begins anew; completes once everybody's last pledge is stored.</summary>
    public async Task FinishAsync()
    {
        over = true;
        await signing.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        over = true;
        await signing.WaitAsync(TimeSpan.FromSeconds(60)).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private async Task SignAsync(int number)
    {
        var message = SignMessage.Family(e.PledgesPath, e.Classes[number % e.Classes.Count]);
        while (!over)
        {
            var key = Guid.CreateVersion7();
            message.Carry(key);
            while (await TrySignAsync(message) is var answer)
                if (answer is { } stored)
                {
                    acknowledged.Add(new Acknowledged(key, message.People, stored));
                    Volatile.Write(ref lastSigned, Stopwatch.GetTimestamp());
                    break;
                }
                else
                    await Task.Delay(Pause);
        }
    }

    private async Task<Answer?> TrySignAsync(SignMessage message)
    {
        try
        {
            var (answer, text) = await Exchange.ReadAsync(server().EndPoint, message.Bytes);
            if (answer.IsSigned)
                return answer;
            Interlocked.Increment(ref refused);
            if (answer.Status != 503)
                wrong.Add($"a phone was told {answer.Status}");
            else if (!text.Contains("\nRetry-After: ", StringComparison.Ordinal)
                || !text.Contains("\"title\":\"", StringComparison.Ordinal))
                wrong.Add("a 503 was without words or Retry-After");
        }
        catch (Exception broken) when (broken is SocketException or IOException)
        {
            Interlocked.Increment(ref unanswered);
        }
        catch (OperationCanceledException)
        {
            wrong.Add("a phone waited half a minute for an answer");
        }
        return null;
    }
}
