using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Schools.Rosters.Import;

/// <summary>What importing does to one class.</summary>
/// <param name="Class">Its name.</param>
/// <param name="IsNew">The school does not have it yet.</param>
/// <param name="InFile">How many pupils the file holds.</param>
public sealed record PlannedRoster(ClassName Class, bool IsNew, int InFile, int Added, int Changed, int Moved, int Missing);

/// <summary>A pupil who goes into another class.</summary>
/// <param name="Entry">On the list; with its class of then until the plan is applied.</param>
/// <param name="Name">Before.</param>
/// <param name="From">The id of the class before.</param>
public sealed record MovedEntry(RosterEntry Entry, string Name, int From);

/// <summary>
/// What importing a file does to the lists of a school. A pupil is known again by seat and name, or by the name within the class, or by a
/// seat whose name reads nearly the same, or by the name alone where it is missing from another class of the file. Nobody is deleted, so
/// that no signed pledge is orphaned, and nobody is added twice.
/// </summary>
public sealed class RosterPlan
{
    private readonly Organization school;
    private readonly IReadOnlyList<RosterEntry> entries;
    private readonly List<(RosterPupil Pupil, RosterEntry Entry)> known = [];
    private readonly List<RosterPupil> added = [];
    private readonly Dictionary<ClassName, ClassGroup> stored;
    private readonly HashSet<RosterPupil> open;
    private readonly HashSet<RosterEntry> unmatched;
    private readonly List<(RosterPupil Pupil, RosterEntry Entry)> questions = [];

    /// <param name="school">With its classes.</param>
    /// <param name="entries">All pupils of the school, those who have left included.</param>
    /// <param name="pupils">Those of the file; no two are one pupil.</param>
    /// <param name="isMoved">
    /// Whether a pupil is the one of the same name in a class that the file does not hold; null where nobody has said.
    /// </param>
    public RosterPlan(Organization school, IReadOnlyList<RosterEntry> entries, IReadOnlyList<RosterPupil> pupils,
        Func<RosterPupil, bool?> isMoved)
    {
        (this.school, this.entries) = (school, entries);
        stored = school.Classes.ToDictionary(group => group.Name);
        open = [.. pupils];
        unmatched = [.. entries];
        Classes = pupils.Select(pupil => pupil.Class).ToHashSet();
        MatchWithin((pupil, entry) => pupil.Seat == entry.Seat && pupil.Seat is not null && IsSameName(pupil, entry));
        MatchWithin(IsSameName);
        MatchMoves(isMoved);
        MatchWithin((pupil, entry) => pupil.Seat is not null && pupil.Seat == entry.Seat && entry.LeftAt is null
            && IsNearlySame(pupil.Name, entry.Name));
        added.AddRange(open);
        Moves = [.. known.Where(IsMove).Select(pair => new MovedEntry(pair.Entry, pair.Entry.Name, pair.Entry.ClassId))];
        Changed = known.Count(pair => !IsMove(pair) && IsChange(pair));
        Missing = [.. RosterRule.OnListOf(unmatched).Where(entry => Classes.Contains(entry.Class.Name))];
        NewClasses = [.. Classes.Where(name => Stored(name) is null).Order(ClassName.SchoolOrder)];
        Opened = Classes.Where(name => Stored(name) is null or { MergedIntoId: not null }).ToHashSet();
        Touched = Classes.Concat(Moves.Select(pupil => pupil.Entry.Class.Name)).ToHashSet();
        ByClass = CountByClass();
    }

    /// <summary>The classes of the file.</summary>
    public IReadOnlySet<ClassName> Classes { get; }

    public int Added => added.Count;

    /// <summary>How many get another name or seat, or come back.</summary>
    public int Changed { get; }

    public int Moved => Moves.Count;

    /// <summary>Those who go into another class, with the name and the class that they have before.</summary>
    public IReadOnlyList<MovedEntry> Moves { get; }

    public int Unchanged => known.Count - Changed - Moved;

    /// <summary>Those on the lists of the file's classes whom the file does not hold any more.</summary>
    public IReadOnlyList<RosterEntry> Missing { get; }

    /// <summary>Pupils of the file who may be one of a class that the file does not hold: to be decided.</summary>
    public IReadOnlyList<(RosterPupil Pupil, RosterEntry Entry)> Questions => questions;

    public IReadOnlyList<ClassName> NewClasses { get; }

    /// <summary>Those that the school has only since this file: new ones, and ones that had been merged into another.</summary>
    public IReadOnlySet<ClassName> Opened { get; }

    /// <summary>Those whose lists change, as they are called before: the file's, and those that pupils of it leave.</summary>
    public IReadOnlySet<ClassName> Touched { get; }

    /// <summary>As the school would list them.</summary>
    public IReadOnlyList<PlannedRoster> ByClass { get; }

    /// <summary>The classes that would have more pupils than a class has, with how many.</summary>
    public IReadOnlyList<(ClassName Class, int Pupils)> TooLarge(bool marksLeft) => [.. ByClass
        .Select(planned => (planned.Class, Pupils: planned.InFile + (marksLeft ? 0 : planned.Missing)))
        .Where(planned => planned.Pupils > ClassGroup.MaxPupils)];

    /// <summary>Brings the lists and the sizes of their classes to what the file says.</summary>
    /// <param name="now">Since when the new ones belong to their class.</param>
    /// <param name="marksLeft">Whether who is missing has left.</param>
    /// <returns>Those who are new, to be stored.</returns>
    public IReadOnlyList<RosterEntry> Apply(DateTimeOffset now, bool marksLeft)
    {
        var touched = new HashSet<ClassGroup>();
        foreach (var name in NewClasses)
            school.Classes.Add(stored[name] = new ClassGroup(school, name));
        // Whoever stays without being in the file gives the seat to the one whom the file has there.
        var seats = known.Select(pair => pair.Pupil).Concat(added).Where(pupil => pupil.Seat is not null)
            .Select(pupil => (pupil.Class, pupil.Seat)).ToHashSet();
        foreach (var entry in Missing)
            if (marksLeft)
                entry.Leave(now);
            else if (seats.Contains((entry.Class.Name, entry.Seat)))
                entry.SitAt(null);
        foreach (var (pupil, entry) in known)
        {
            var group = Stored(pupil.Class)!;
            if (entry.Class != group)
            {
                touched.Add(entry.Class);
                entry.MoveTo(group, pupil.Seat, now);
            }
            entry.Return(now);
            if (pupil.Seat is not null)
                entry.SitAt(pupil.Seat);
            if (entry.Name != pupil.Name)
                entry.Rename(pupil.Name);
        }
        var entered = added.ConvertAll(pupil => new RosterEntry(Stored(pupil.Class)!, pupil.Seat, pupil.Name, now));
        touched.UnionWith(Classes.Select(name => Stored(name)!));
        var lists = entries.Concat(entered).ToLookup(entry => entry.Class);
        foreach (var group in touched)
        {
            if (Classes.Contains(group.Name))
                Part(group);
            RosterRule.SetExpected(group, lists[group], now);
        }
        return entered;
    }

    /// <summary>Of a class that was merged the file says who belongs to it: whoever else came along with it stays.</summary>
    private void Part(ClassGroup group)
    {
        if (group.MergedIntoId is not null)
            foreach (var entry in entries.Where(entry => entry.MergedFromId == group.Id))
                entry.Stay();
        group.Part();
    }

    private static bool IsSameName(RosterPupil pupil, RosterEntry entry) => PersonName.KeyOf(pupil.Name) == PersonName.KeyOf(entry.Name);

    /// <summary>A letter that is in both: a name that was corrected, and not another child.</summary>
    private static bool IsNearlySame(string one, string other) =>
        2 * one.EnumerateRunes().Count(rune => other.EnumerateRunes().Contains(rune)) >= Math.Max(one.EnumerateRunes().Count(), 2)
        && Math.Abs(one.EnumerateRunes().Count() - other.EnumerateRunes().Count()) <= 1;

    private static bool IsMove((RosterPupil Pupil, RosterEntry Entry) pair) => pair.Entry.Class.Name != pair.Pupil.Class;

    private static bool IsChange((RosterPupil Pupil, RosterEntry Entry) pair) => pair.Entry.LeftAt is not null
        || (pair.Pupil.Seat is not null && pair.Pupil.Seat != pair.Entry.Seat) || pair.Pupil.Name != pair.Entry.Name;

    private List<PlannedRoster> CountByClass()
    {
        var inFile = known.Select(pair => pair.Pupil).Concat(added).CountBy(pupil => pupil.Class).ToDictionary();
        var toAdd = added.CountBy(pupil => pupil.Class).ToDictionary();
        var changed = known.Where(pair => !IsMove(pair) && IsChange(pair)).CountBy(pair => pair.Pupil.Class).ToDictionary();
        var moved = known.Where(IsMove).CountBy(pair => pair.Pupil.Class).ToDictionary();
        var missing = Missing.CountBy(entry => entry.Class.Name).ToDictionary();
        return [.. Classes.Order(ClassName.SchoolOrder).Select(name => new PlannedRoster(name, Stored(name) is null,
            inFile.GetValueOrDefault(name), toAdd.GetValueOrDefault(name), changed.GetValueOrDefault(name),
            moved.GetValueOrDefault(name), missing.GetValueOrDefault(name)))];
    }

    private ClassGroup? Stored(ClassName name) => stored.GetValueOrDefault(name);

    /// <summary>Who is on the list before who has left, in the order of the seats.</summary>
    private void MatchWithin(Func<RosterPupil, RosterEntry, bool> isSame)
    {
        var lists = unmatched.OrderBy(entry => entry.LeftAt is not null).ThenBy(entry => entry.Seat ?? int.MaxValue)
            .ToLookup(entry => entry.Class.Name);
        foreach (var pupil in open.ToList())
            if (lists[pupil.Class].FirstOrDefault(entry => unmatched.Contains(entry) && isSame(pupil, entry)) is { } found)
                Match(pupil, found);
    }

    /// <summary>A name that is new in one class and gone from another, and is there once in each.</summary>
    private void MatchMoves(Func<RosterPupil, bool?> isMoved)
    {
        var gone = unmatched.ToLookup(entry => PersonName.KeyOf(entry.Name));
        foreach (var pupil in open.GroupBy(pupil => PersonName.KeyOf(pupil.Name)).Where(same => same.Count() == 1)
            .Select(same => same.Single()).ToList())
        {
            if (gone[PersonName.KeyOf(pupil.Name)].ToList() is not [var entry])
                continue;
            if (Classes.Contains(entry.Class.Name) || entry.LeftAt is not null)
            {
                if (entry.Class.Name != pupil.Class)
                    Match(pupil, entry);
                continue;
            }
            questions.Add((pupil, entry));
            if (isMoved(pupil) is true)
                Match(pupil, entry);
        }
    }

    private void Match(RosterPupil pupil, RosterEntry entry)
    {
        known.Add((pupil, entry));
        open.Remove(pupil);
        unmatched.Remove(entry);
    }
}
