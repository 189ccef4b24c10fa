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
        }
        Acknowledged = [.. phones.SelectMany(phone => phone.Acknowledged)];
        Unanswered = [.. phones.Select(phone => phone.Unanswered).OfType<Guid>()];
        Broken = phones.Sum(phone => phone.Broken);
        PerSecond = answered / took.TotalSeconds;
        foreach (var phone in phones)
            phone.Dispose();
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

    /// <summary>Phones that had no answer long after the end.</summary>
    public int Hanging { get; init; }

    /// <summary>Nothing but signatures was answered.</summary>
    public bool IsClean => Trouble == "";

    public string Trouble
    {
        get
        {
            var troubles = Refused.Select(refused => $"{refused.Value} × {refused.Key}").ToList();
            if (Broken > 0)
                troubles.Add($"{Broken} broken connections");
            if (Hanging > 0)
                troubles.Add($"{Hanging} without an answer");
            return string.Join(", ", troubles);
        }
    }
}
