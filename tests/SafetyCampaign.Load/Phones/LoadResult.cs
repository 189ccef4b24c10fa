namespace SafetyCampaign.Load.Phones;

/// <summary>What became of a load.</summary>
internal sealed class LoadResult
{
    /// <param name="answered">How many answers came within <paramref name="took"/>.</param>
    public LoadResult(IReadOnlyList<Phone> phones, TimeSpan took, long answered)
    {
        foreach (var phone in phones)
        {
            Took.Add(phone.Took);
            foreach (var (status, times) in phone.Refused)
                Refused[status] = Refused.GetValueOrDefault(status) + times;
            phone.Dispose();
        }
        Acknowledged = [.. phones.SelectMany(phone => phone.Acknowledged)];
        Unanswered = [.. phones.Select(phone => phone.Unanswered).OfType<Guid>()];
        Broken = phones.Sum(phone => phone.Broken);
        PerSecond = answered / took.TotalSeconds;
    }

    /// <summary>Answers a second, of whatever kind: see <see cref="Refused"/>.</summary>
    public double PerSecond { get; }

    public Latencies Took { get; } = new();

    /// <summary>Keys whose pledges the server says are on disk.</summary>
    public IReadOnlyList<Acknowledged> Acknowledged { get; }

    /// <summary>Keys of which nobody knows: they may be stored, once.</summary>
    public IReadOnlyList<Guid> Unanswered { get; }

    /// <summary>Answers that were no signature, by status.</summary>
    public Dictionary<int, int> Refused { get; } = [];

    /// <summary>Connections that broke before an answer came.</summary>
    public int Broken { get; }

    /// <summary>Nothing but signatures was answered.</summary>
    public bool IsClean => Refused.Count == 0 && Broken == 0;

    public string Trouble => string.Join(", ", Refused.Select(r => $"{r.Value} × {r.Key}").Append(Broken > 0 ? $"{Broken} broken connections" : "").Where(t => t != ""));
}
