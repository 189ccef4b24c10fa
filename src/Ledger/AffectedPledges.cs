using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Ledger;

/// <summary>
/// The part of the ledger that an act touches: one request and all others that hold a pledge of the same people. An act
/// changes rows here; its effect on the counts is the difference between before and after, so that no act has
/// arithmetic of its own.
/// </summary>
internal sealed class AffectedPledges
{
    private readonly LedgerActStatements acts;
    private readonly SortedDictionary<long, SignedRow> rows = [];
    private readonly Dictionary<long, SignedRow> before = [];

    /// <param name="acts">Reads the rows, and writes them at <see cref="Save"/>.</param>
    /// <param name="sequences">Any pledge of each request to begin with.</param>
    public AffectedPledges(LedgerActStatements acts, params ReadOnlySpan<long> sequences)
    {
        this.acts = acts;
        var waiting = new Queue<long>();
        foreach (var sequence in sequences)
            waiting.Enqueue(sequence);
        while (waiting.TryDequeue(out var sequence))
        {
            if (rows.ContainsKey(sequence))
                continue;
            foreach (var row in acts.RequestOf(sequence))
            {
                rows[row.Sequence] = row;
                before[row.Sequence] = row with { };
                if (row.CountedWith is { } other)
                    waiting.Enqueue(other);
                foreach (var dependent in acts.CountedWith(row.Sequence))
                    waiting.Enqueue(dependent);
            }
        }
    }

    /// <summary>Null where no pledge stands at that place.</summary>
    public SignedRow? this[long sequence] => rows.GetValueOrDefault(sequence);

    /// <summary>The pledges that were signed in the same request, in their order.</summary>
    public IReadOnlyList<SignedRow> RequestOf(SignedRow row) => [.. rows.Values.Where(r => r.Key.AsSpan().SequenceEqual(row.Key))];

    /// <summary>The person counts at <paramref name="to"/> from now on, and so does whoever counted with it.</summary>
    public void CountWith(SignedRow row, SignedRow to)
    {
        foreach (var dependent in DependentsOf(row))
            dependent.CountedWith = to.Sequence;
        row.CountedWith = to.Sequence;
    }

    /// <summary>Where a pledge no longer counts, the next pledge of the same person counts instead, if there is one.</summary>
    public void PromoteDuplicate(SignedRow row)
    {
        if (DependentsOf(row).Find(r => r.Stands) is not { } heir)
            return;
        heir.CountedWith = null;
        CountWith(row, heir);
    }

    /// <summary>Writes what has changed; tells what it did to the counts.</summary>
    /// <param name="reaches">The last pledge that has changed; null where none has.</param>
    public IReadOnlyList<CountChange> Save(out long? reaches)
    {
        reaches = null;
        MarkFamilies();
        foreach (var (sequence, row) in rows)
        {
            if (row == before[sequence])
                continue;
            acts.Update(row);
            reaches = sequence;
        }
        return Difference();
    }

    private List<SignedRow> DependentsOf(SignedRow row) => [.. rows.Values.Where(r => r.CountedWith == row.Sequence)];

    /// <summary>
    /// A request makes a family where a student's pledge stands beside a guardian's; but not another one where somebody of
    /// it counts with a pledge of a family.
    /// </summary>
    private void MarkFamilies()
    {
        var inFamilies = new HashSet<long>();
        var requests = rows.Values.GroupBy(row => Convert.ToHexString(row.Key)).ToList();
        foreach (var request in requests.OrderBy(request => request.Count(row => row.CountedWith is not null)))
        {
            var standing = request.Where(row => row.Stands).ToList();
            foreach (var row in request)
                row.Family = false;
            if (!standing.Exists(row => row.Role == SignerRole.Student) || !standing.Exists(row => row.Role == SignerRole.Guardian))
                continue;
            if (standing.Find(row => row.Counts) is { } bearer
                && !standing.Exists(row => row.CountedWith is { } other && inFamilies.Contains(other)))
                bearer.Family = true;
            inFamilies.UnionWith(standing.Select(row => row.Sequence));
        }
    }

    private List<CountChange> Difference()
    {
        var sums = new Dictionary<(int? ClassId, SignerRole Role), (int People, int Families)>();
        foreach (var (sequence, row) in rows)
        {
            Add(before[sequence], -1);
            Add(row, +1);
        }
        return [.. from sum in sums where sum.Value != (0, 0)
            select new CountChange(sum.Key.ClassId, sum.Key.Role, sum.Value.People, sum.Value.Families)];

        void Add(SignedRow row, int sign)
        {
            if (!row.Counts)
                return;
            var (people, families) = sums.GetValueOrDefault((row.ClassId, row.Role));
            sums[(row.ClassId, row.Role)] = (people + sign, families + (row.Family ? sign : 0));
        }
    }
}
