using SafetyCampaign.Ledger;

namespace SafetyCampaign.Tallying;

/// <summary>An event's counts and their version: the sequence number in the ledger of the last entry that touched them.</summary>
internal sealed class EventTally
{
    public EventCounts Counted { get; } = new();
    public EventCounts Rehearsal { get; } = new();
    public long Version { get; set; }

    public bool IsEmpty => Counted.IsEmpty && Rehearsal.IsEmpty;

    public void Apply(LedgerChange change)
    {
        Version = change.Sequence;
        switch (change)
        {
            case LedgerChange.Counted counted:
                Add(counted.Counts, counted.Rehearsal ? Rehearsal : Counted);
                break;
            case LedgerChange.CountedAnew anew:
                Counted.Clear();
                Rehearsal.Clear();
                Add(anew.Counts, Counted);
                Add(anew.Rehearsed, Rehearsal);
                break;
            case LedgerChange.RehearsalWiped:
                Rehearsal.Clear();
                break;
        }
    }

    private static void Add(IReadOnlyList<CountChange> counts, EventCounts to)
    {
        foreach (var (classId, role, people, families) in counts)
        {
            to.Add(classId, role, people);
            to.AddFamilies(classId, families);
        }
    }

    /// <summary>Adds the counts of another, or takes them away; the version stays.</summary>
    public void Add(EventTally other, int sign = +1)
    {
        Counted.Add(other.Counted, sign);
        Rehearsal.Add(other.Rehearsal, sign);
    }
}
