using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Ledger;

/// <summary>
/// The part of the ledger that an act touches: one request, those with which its people count, and those whose people count
/// with it; nothing further, so that an act costs the same however many have signed for one child. An act
/// changes rows here; its effect on the counts is the difference between before and after, so that no act has
/// arithmetic of its own.
/// </summary>
internal sealed class AffectedPledges
{
    private readonly LedgerActStatements acts;
    private readonly SortedDictionary<long, SignedRow> rows = [];
    private readonly Dictionary<long, SignedRow> before = [];

    /// <summary>The keys of requests whose neighbours are all read, so that who makes a family can be told.</summary>
    private readonly HashSet<string> complete = [];

    /// <param name="acts">Reads the rows, and writes them at <see cref="Save"/>.</param>
    /// <param name="sequences">Any pledge of each request to begin with.</param>
    public AffectedPledges(LedgerActStatements acts, params ReadOnlySpan<long> sequences)
    {
        this.acts = acts;
        foreach (var sequence in sequences)
            Load(sequence);
    }

    /// <summary>
    /// Reads a request, the requests that count with it, and those with which any of them count. Where one of these makes no family
    /// itself (a pupil who signed alone at school), also those that count with it: one of them makes the family.
    /// </summary>
    public void Load(long sequence)
    {
        if (!rows.ContainsKey(sequence))
            Add(acts.RequestOf(sequence));
        if (this[sequence] is not { } row || complete.Contains(KeyOf(row)))
            return;
        var own = RequestOf(row);
        List<SignedRow> around = [.. own, .. Add(acts.RequestsCountedWith(own[0].Sequence, own[^1].Sequence))];
        around.AddRange(LoadSiblings(own));
        LoadSiblings(around);
        complete.UnionWith(around.Select(KeyOf));
        LoadLoneGuardians(around);
    }

    /// <summary>
    /// Guardians who signed alone for the pupils of some requests; and where one of the requests is such a guardian's, all that its
    /// pupil signed.
    /// </summary>
    private void LoadLoneGuardians(List<SignedRow> around)
    {
        foreach (var guardian in around.Where(row => row is { Role: SignerRole.Guardian, RosterEntryId: not null }).ToList())
            foreach (var pupil in acts.RequestsOfPupil(guardian.EventId, guardian.RosterEntryId!.Value))
                Load(pupil.Sequence);
        var entries = around.Select(row => row.RosterEntryId).OfType<int>().ToHashSet();
        if (entries.Count == 0)
            return;
        foreach (var guardian in acts.LoneGuardians(entries).Where(row => row.EventId == around[0].EventId))
            Load(guardian.Sequence);
    }

    /// <summary>Reads what the pledges count with; answers what else counts with those of it that make no family.</summary>
    private List<SignedRow> LoadSiblings(IEnumerable<SignedRow> pledges)
    {
        var with = pledges.Select(r => r.CountedWith).OfType<long>().ToHashSet();
        if (with.Any(other => !rows.ContainsKey(other)))
            Add(acts.RequestsOf(with.Where(other => !rows.ContainsKey(other))));
        return [.. with.Where(other => this[other] is { } row && !IsFamily([.. RequestOf(row)]))
            .SelectMany(other => Add(acts.RequestsCountedWith(other, other)))];
    }

    /// <summary>In the order of the ledger.</summary>
    public IReadOnlyCollection<SignedRow> Rows => rows.Values;

    /// <summary>Whether a pledge, or another one that counts with it, is of this entry of a class's list.</summary>
    public bool IsListedAs(long sequence, int? entry) => entry is not null
        && rows.Values.Any(row => (row.Sequence == sequence || row.CountedWith == sequence) && row.RosterEntryId == entry);

    /// <summary>How many pledges are read.</summary>
    public int Count => rows.Count;

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

    /// <summary>How many pledges count with one whose neighbours are read.</summary>
    public int NumberCountedWith(SignedRow row) => DependentsOf(row).Count;

    /// <summary>Where a pledge no longer counts, the next pledge of the same person counts instead, if there is one.</summary>
    public void PromoteDuplicate(SignedRow row)
    {
        if (DependentsOf(row).Find(r => r.Stands) is not { } heir)
            return;
        Load(heir.Sequence); // whether the families of whoever counts with its request are counted may change with it
        heir.CountedWith = null;
        CountWith(row, heir);
    }

    /// <summary>
    /// Where a pledge that will stand again counts with one that does not, it counts for itself, and whoever else counts with that one
    /// counts with it: else nobody would be counted.
    /// </summary>
    public void CountInsteadOf(long sequence, SignedRow row)
    {
        Load(sequence);
        if (this[sequence] is not { Stands: false } former)
            return;
        row.CountedWith = null;
        foreach (var dependent in DependentsOf(former))
            dependent.CountedWith = row.Sequence;
        if (former.WithdrawnAt is null) // a withdrawn one names no other: that would tell whose it was
            former.CountedWith = row.Sequence;
    }

    /// <summary>Writes what has changed; tells what it did to the counts.</summary>
    /// <param name="lastChanged">The last pledge that has changed; null where none has.</param>
    public IReadOnlyList<CountChange> Save(out long? lastChanged)
    {
        lastChanged = null;
        MarkFamilies();
        var moved = new Dictionary<long, List<long>>(); // pledges that only count with another one now, by that one
        foreach (var (sequence, row) in rows)
        {
            if (row == before[sequence])
                continue;
            if (row.CountedWith is { } other && row with { CountedWith = before[sequence].CountedWith } == before[sequence])
                (moved.TryGetValue(other, out var some) ? some : moved[other] = []).Add(sequence);
            else
                acts.Update(row);
            lastChanged = sequence;
        }
        foreach (var (other, some) in moved)
            acts.UpdateCountedWith(some, other);
        return Difference();
    }

    private List<SignedRow> DependentsOf(SignedRow row) => [.. rows.Values.Where(r => r.CountedWith == row.Sequence)];

    /// <summary>
    /// A request makes a family where a student's pledge stands beside a guardian's; but not another one where somebody of
    /// it counts with a pledge of a family, or both count with a pledge that makes none. Where two requests count with each other,
    /// it is the one that comes first in <see cref="RankOf"/>. So it is decided by a request and its neighbours.
    /// </summary>
    private void MarkFamilies()
    {
        var requests = rows.Values.GroupBy(KeyOf).ToDictionary(of => of.Key, of => of.ToList());
        var families = requests.Where(of => IsFamily(of.Value)).ToDictionary(of => of.Key, of => RankOf(of.Value));
        foreach (var key in complete)
        {
            foreach (var row in requests[key])
                row.Family = false;
            if (families.TryGetValue(key, out var rank)
                && requests[key].Find(row => row.Counts) is { } bearer
                && !requests[key].Exists(row => row.Stands && IsCountedBefore(row.CountedWith, rank, families)))
                bearer.Family = true;
        }
        MarkLoneGuardians(families);
    }

    /// <summary>
    /// A guardian who signed alone makes a family with the pupil that it signed for, where the pupil's pledge stands, and where neither
    /// a request of the pupil that counts nor another such guardian before it does. Where no pledge of the pupil is found that stands or
    /// stood before the act, since its name has been erased, it stays as it was.
    /// </summary>
    private void MarkLoneGuardians(Dictionary<string, (int CountedWith, long Sequence)> families)
    {
        var made = new HashSet<(int, int)>();
        foreach (var guardian in rows.Values.Where(row => row.Role == SignerRole.Guardian && complete.Contains(KeyOf(row))))
        {
            if (EntryOf(guardian) is not { } entry)
                continue;
            var pupils = rows.Values.Where(row => row.Role == SignerRole.Student && !row.Rehearsal && row.EventId == guardian.EventId
                && EntryOf(row) == entry).ToList();
            guardian.Family = guardian.Counts && (pupils.Exists(row => row.Stands)
                ? !pupils.Exists(row => families.ContainsKey(KeyOf(row)) && !IsOfLoneGuardian(row)) && made.Add((guardian.EventId, entry))
                : before[guardian.Sequence].Family && !pupils.Exists(row => before[row.Sequence].Stands));
        }
    }

    /// <summary>
    /// Nobody of the pupil's request counts in it, and its guardian counts with one who signed alone for the pupil: who makes the family
    /// in its stead.
    /// </summary>
    private bool IsOfLoneGuardian(SignedRow pupil)
    {
        var request = RequestOf(pupil);
        return !request.Any(row => row.Counts) && request.Any(row => row is { Role: SignerRole.Guardian, CountedWith: { } with }
            && this[with] is { } lone && EntryOf(lone) is not null);
    }

    /// <summary>As it was before the act, which may erase it.</summary>
    private int? EntryOf(SignedRow row) => before[row.Sequence].RosterEntryId;

    private bool IsCountedBefore(long? other, (int, long) rank, Dictionary<string, (int, long)> families)
    {
        return other is { } at && this[at] is { Stands: true } with
            && (families.ContainsKey(KeyOf(with))
                ? IsBefore(with)
                : rows.Values.Any(sibling => sibling.CountedWith == at && sibling.Stands && IsBefore(sibling)));

        bool IsBefore(SignedRow row) => families.TryGetValue(KeyOf(row), out var theirs) && theirs.CompareTo(rank) < 0;
    }

    private static bool IsFamily(List<SignedRow> request) =>
        request.Exists(row => row is { Stands: true, Role: SignerRole.Student })
        && request.Exists(row => row is { Stands: true, Role: SignerRole.Guardian });

    /// <summary>First whose people count for themselves, then by place.</summary>
    private static (int CountedWith, long Sequence) RankOf(List<SignedRow> request) =>
        (request.Count(row => row.CountedWith is not null), request[0].Sequence);

    /// <summary>The same for the pledges of one request.</summary>
    public static string KeyOf(SignedRow row) => Convert.ToHexString(row.Key);

    /// <summary>Those that were not read yet; a row that was may have been changed since.</summary>
    private List<SignedRow> Add(List<SignedRow> read)
    {
        foreach (var row in read)
            if (rows.TryAdd(row.Sequence, row))
                before[row.Sequence] = row with { };
        return [.. read.Select(row => rows[row.Sequence])];
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
