using SafetyCampaign.Ledger;

namespace SafetyCampaign.Tallying;

/// <summary>An event's counts and their version: the place in the ledger of the last entry that touched them.</summary>
internal sealed class EventTally
{
    public EventCounts Counted { get; } = new();
    public EventCounts Rehearsal { get; } = new();
    public long Version { get; set; }

    public bool IsNothing => Counted.IsNothing && Rehearsal.IsNothing;

    public void Apply(LedgerChange change)
    {
        Version = change.Sequence;
        switch (change)
        {
            case LedgerChange.People people:
                var counts = people.Rehearsal ? Rehearsal : Counted;
                foreach (var role in people.Roles)
                    counts.Add(people.ClassId, role, people.Sign);
                if (people.Family)
                    counts.AddFamilies(people.ClassId, people.Sign);
                break;
            case LedgerChange.RehearsalWiped:
                Rehearsal.Clear();
                break;
        }
    }

    /// <summary>Adds the counts of another, or takes them away; the version stays.</summary>
    public void Add(EventTally other, int sign = +1)
    {
        Counted.Add(other.Counted, sign);
        Rehearsal.Add(other.Rehearsal, sign);
    }
}
