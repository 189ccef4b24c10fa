using System.Collections.Concurrent;
using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Faults.Repeating;

/// <summary>What phones were told that sent the same again and again.</summary>
internal sealed class RetryStorm
{
    private readonly ConcurrentDictionary<Guid, Acknowledged> first = new();
    private readonly ConcurrentBag<string> wrong = [];
    private int sent;

    public int Requests => first.Count;

    public int Sent => sent;

    /// <summary>Sentences about what must not be; empty when all is right.</summary>
    public IReadOnlyCollection<string> Wrong => wrong;

    public void Count(int times) => Interlocked.Add(ref sent, times);

    public void Told(Guid key, int people, Answer answer)
    {
        if (!answer.IsSigned)
            wrong.Add($"a request was answered {answer.Status}");
        else if (first.GetOrAdd(key, _ => new Acknowledged(key, people, answer)).Answer is var before
            && (before.Receipt, before.Number) != (answer.Receipt, answer.Number))
            wrong.Add("a request was given a second receipt");
    }

    public async Task<RetryStorm> JudgeAsync(RunningProgram program, SeededEvent e)
    {
        foreach (var difference in (await Recount.OfAsync(program, e, first.Values, [])).Wrong)
            wrong.Add(difference);
        return this;
    }

    public string Describe() => wrong.IsEmpty ? "one pledge and one receipt each"
        : string.Join("; ", wrong.GroupBy(w => w).Select(w => w.Count() == 1 ? w.Key : $"{w.Key} ({w.Count():N0} times)"));
}
