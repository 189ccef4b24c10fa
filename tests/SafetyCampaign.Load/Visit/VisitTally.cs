using SafetyCampaign.Load.Phones;

namespace SafetyCampaign.Load.Visit;

/// <summary>What became of one part of many visits.</summary>
internal sealed class PartTally
{
    public Latencies Took { get; } = new();

    public long Bytes { get; set; }

    /// <summary>Answers that were not what was asked for, by status; 0 for a connection that broke.</summary>
    public Dictionary<int, int> Refused { get; } = [];
}

/// <summary>What became of many visits. Families add to it at once.</summary>
internal sealed class VisitTally
{
    private readonly Lock gate = new();
    private readonly PartTally[] parts = [.. Enum.GetValues<VisitPart>().Select(_ => new PartTally())];

    public PartTally this[VisitPart part] => parts[(int)part];

    public string Trouble => string.Join(", ", Enum.GetValues<VisitPart>()
        .SelectMany(part => this[part].Refused.Select(refused => $"{part}: {refused.Value} × {refused.Key}")));

    public double BytesOf(VisitPart part, int families) => this[part].Bytes / (double)families;

    public double P99(VisitPart part) => this[part].Took.Percentile(0.99).TotalMilliseconds;

    public void Add(VisitPart part, TimeSpan took, long bytes, IEnumerable<int> refused)
    {
        lock (gate)
        {
            this[part].Took.Add(took);
            this[part].Bytes += bytes;
            foreach (var status in refused)
                this[part].Refused[status] = this[part].Refused.GetValueOrDefault(status) + 1;
        }
    }
}
