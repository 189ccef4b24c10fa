using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Moves;

/// <summary>A pledge that counts in another class than it is to.</summary>
internal sealed record MisplacedPledge(long Sequence, bool Rehearsal, int From, int To);

/// <summary>
/// What goes back where merged classes of a school are parted: what came along and belongs to nobody on a list, into the class in which
/// it was signed. What a person has corrected into the class of now stays, and so does a name that the list of the class that stays has
/// or had: it is that pupil's. Who signed beside a child goes with the child.
/// </summary>
internal sealed class PartedPledges
{
    private sealed record Signed(long Sequence, string Request, bool Rehearsal, SignerRole Role, int? Entry, string? Name, int? ClassId)
    {
        public bool IsChild => Role == SignerRole.Student;
    }

    /// <summary>What has moved a pledge, or by a correction any pledge of its request.</summary>
    private sealed record Move(long Subject, string Request, bool IsCorrection, int? FormerClass);

    private readonly IReadOnlyDictionary<int, int> parted, merged;
    private readonly ILookup<string, Move> moves;
    private readonly HashSet<(int ClassId, string Name)> onList;
    private readonly List<MisplacedPledge> children = [], beside = [];

    private PartedPledges(IReadOnlyDictionary<int, int> parted, IReadOnlyDictionary<int, int> merged, ILookup<string, Move> moves,
        HashSet<(int ClassId, string Name)> onList, IEnumerable<Signed> signed)
    {
        (this.parted, this.merged, this.moves, this.onList) = (parted, merged, moves, onList);
        var from = parted.Values.ToHashSet();
        foreach (var request in signed.GroupBy(p => p.Request))
            foreach (var here in request.Where(p => p.ClassId is { } c && from.Contains(c)).GroupBy(p => p.ClassId!.Value))
                Decide(here.Key, [.. here], request.Any(p => p.IsChild));
    }

    /// <summary>Children first: with the last of a request the ledger moves whoever signed beside them.</summary>
    public IEnumerable<MisplacedPledge> All => [.. children, .. beside];

    /// <summary>How many pledges, practice left out, came into the class that stays from one that was not recorded: they stay.</summary>
    public int Unknown { get; private set; }

    /// <summary>Reads them.</summary>
    /// <param name="db">The store.</param>
    /// <param name="eventId">At which signing has not ended.</param>
    /// <param name="parted">By class: the one into which it had been merged.</param>
    /// <param name="merged">By class that is merged still: the one that stands for it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<PartedPledges> ReadAsync(CampaignDb db, int eventId, IReadOnlyDictionary<int, int> parted,
        IReadOnlyDictionary<int, int> merged, CancellationToken cancellationToken)
    {
        var from = parted.Values.Distinct().ToList();
        var requests = db.Pledges.Where(p => p.EventId == eventId && p.ClassId != null && from.Contains(p.ClassId.Value))
            .Select(p => p.Key);
        var signed = await db.Pledges.AsNoTracking().Where(p => requests.Contains(p.Key)).OrderBy(p => p.Sequence)
            .Select(p => new { p.Sequence, p.Key, p.Rehearsal, p.Role, p.RosterEntryId, p.Name, p.ClassId }).ToListAsync(cancellationToken);
        var acts = await (
            from act in db.Acts.AsNoTracking()
            where act.EventId == eventId && (act.Kind == LedgerActKind.ClassChanged || act.Kind == LedgerActKind.Corrected)
            join p in db.Pledges on act.Subject equals p.Sequence
            where requests.Contains(p.Key)
            orderby act.Sequence
            select new { Subject = p.Sequence, p.Key, act.Kind, act.FormerClassId, act.Effect }).ToListAsync(cancellationToken);
        var returning = parted.Keys.ToList(); // whoever came along with one of these goes back, and what was signed with the pupil
        var names = await db.Roster.AsNoTracking()
            .Where(r => from.Contains(r.ClassId) && (r.MergedFromId == null || !returning.Contains(r.MergedFromId.Value)))
            .Select(r => new { r.ClassId, r.Name }).ToListAsync(cancellationToken);
        var moves = acts.Select(act => new Move(act.Subject, Convert.ToHexString(act.Key), act.Kind == LedgerActKind.Corrected,
            act.FormerClassId ?? FormerClassOf(act.Effect))).Where(act => !act.IsCorrection || act.FormerClass is not null);
        return new PartedPledges(parted, merged, moves.ToLookup(act => act.Request),
            names.Select(r => (r.ClassId, PersonName.KeyOf(r.Name))).ToHashSet(),
            signed.Select(p => new Signed(
                p.Sequence, Convert.ToHexString(p.Key), p.Rehearsal, p.Role, p.RosterEntryId, p.Name, p.ClassId)));
    }

    /// <summary>Of an act that is older than <see cref="LedgerAct.FormerClassId"/>: the class whose count became less.</summary>
    private static int? FormerClassOf(string? effect) =>
        CountChange.Read(effect).Where(change => change.People < 0).Select(change => change.ClassId).FirstOrDefault();

    /// <summary>Of one request, what counts in one class.</summary>
    private void Decide(int classId, List<Signed> here, bool hasChild)
    {
        var deciding = hasChild ? here.FindAll(p => p.IsChild) : here;
        var going = new List<MisplacedPledge>();
        var unknown = 0;
        foreach (var pledge in deciding.Where(p => !IsOnList(classId, p)))
            if (FindFormer(classId, pledge, out var isKnown) is { } to)
                going.Add(new MisplacedPledge(pledge.Sequence, pledge.Rehearsal, classId, to));
            else if (!isKnown && !pledge.Rehearsal)
                unknown++;
        children.AddRange(going);
        var others = here.Except(deciding).ToList();
        if (going.Count > 0 && going.Count == deciding.Count)
            beside.AddRange(others.Select(p => new MisplacedPledge(p.Sequence, p.Rehearsal, classId, going[^1].To)));
        Unknown += unknown == 0 ? 0 : unknown + others.Count;
    }

    private bool IsOnList(int classId, Signed pledge) => pledge.Entry is not null
        || (pledge is { IsChild: true, Name: { } name } && onList.Contains((classId, PersonName.KeyOf(name))));

    /// <summary>
    /// The first class of its way that was merged into the class of now: what was signed before several mergings belongs where the first
    /// of them began. Null where it stays.
    /// </summary>
    private int? FindFormer(int classId, Signed pledge, out bool isKnown)
    {
        isKnown = true;
        var way = moves[pledge.Request].Where(move => move.IsCorrection || move.Subject == pledge.Sequence).ToList();
        if (way.Count == 0 || way[^1].IsCorrection)
            return null;
        foreach (var move in way)
        {
            if (move.FormerClass is not { } former)
            {
                isKnown = false;
                return null;
            }
            if (parted.TryGetValue(former, out var into) && into == classId)
                return former;
            if (merged.TryGetValue(former, out into) && into == classId)
                return null;
        }
        return null;
    }
}
