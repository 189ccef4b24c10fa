using System.Runtime.InteropServices;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Ledger;

/// <summary>
/// Which children have signed at the events that take pledges, to recognise one that signs again. Where both pledges name the same
/// entry of a class's list it is the same child, whoever signs with it. Else it is the same name in the same class, with another
/// guardian; or with any, where the list has that name once and the earlier pledge was signed before there was a list. Kept in
/// memory, since an index on names would halve the signing rate; of names only the hashes of their keys
/// (<see cref="PersonName.KeyOf"/>), so that nothing personal outlives its erasure here. What is recognised is looked up in the rows
/// before it is used.
/// </summary>
/// <remarks>
/// Not recognised, but shown to the organizer: of children who are on no list, the same guardian a second time, and two mothers, who
/// have two children of one name; and a name that two pupils of the class have.
/// </remarks>
internal sealed class KnownChildren
{
    private readonly Dictionary<Child, Family> families = [];
    private readonly Dictionary<(int EventId, int Entry), Listed> listed = [];
    private readonly List<(int ClassId, string Name, int? Entry, long Sequence)> met = [];
    private (string Name, GuardianRelation? Relation)? guardian;
    private long meeting;

    /// <summary>
    /// The sequence number in the ledger of the child's earlier pledge, and whether a guardian has signed with it; null where this is
    /// its first, or another child.
    /// </summary>
    public (long Sequence, bool IsFamily)? DetectDuplicate(int eventId, SignerDraft student, SignerDraft? guardian)
    {
        var known = default(Family);
        var isNamed = student.ClassId is { } classId
            && families.TryGetValue(new Child(eventId, classId, student.Name), out known);
        if (student.RosterEntryId is { } entry && listed.TryGetValue((eventId, entry), out var pupil))
            return (pupil.Sequence, pupil.HasGuardian || (isNamed && known.Sequence == pupil.Sequence && known.HasGuardian));
        if (student.HasNamesake || !isNamed)
            return null;
        var isSame = student.RosterEntryId is { } own
            ? known.Entry == Family.Unlisted || known.Entry == own
            : guardian is not null
                && known.IsJoinedBy(GuardianOf(guardian.Name, guardian.Relation, guardian.SignatureKind), guardian.Relation);
        return isSame ? (known.Sequence, known.HasGuardian) : null;
    }

    /// <summary>Notes a child that has signed, and by which guardian.</summary>
    /// <param name="eventId">The event's row.</param>
    /// <param name="classId">The child's class.</param>
    /// <param name="name">The child's name in its stored form.</param>
    /// <param name="entry">The child on the class's list; null where it is on none.</param>
    /// <param name="sequence">The place of its pledge that counts.</param>
    /// <param name="guardian">See <see cref="GuardianOf"/>; null where the child signed alone.</param>
    /// <param name="relation">What the guardian is to the child; null where it was not said.</param>
    public void Add(int eventId, int classId, string name, int? entry, long sequence, string? guardian, GuardianRelation? relation)
    {
        if (entry is { } own)
        {
            // A later one that counts for itself was recorded where the earlier one counted no longer.
            ref var pupil = ref CollectionsMarshal.GetValueRefOrAddDefault(listed, (eventId, own), out _);
            pupil = new Listed(sequence, guardian is not null || (pupil.Sequence == sequence && pupil.HasGuardian));
        }
        ref var family = ref CollectionsMarshal.GetValueRefOrAddDefault(families, new Child(eventId, classId, name), out var known);
        // A recognised child brings a guardian more; another child of that name leaves the first as it is.
        if (!known || family.Sequence == sequence)
            family = family.With(sequence, entry, guardian, relation);
    }

    /// <summary>Where a pupil on a class's list counts, and whether a guardian has signed with it; null where it has not signed.</summary>
    public (long Sequence, bool HasGuardian)? FindListed(int eventId, int entry) =>
        listed.TryGetValue((eventId, entry), out var pupil) ? (pupil.Sequence, pupil.HasGuardian) : null;

    /// <summary>A guardian has signed alone for a pupil on a class's list.</summary>
    public void NoteGuardian(int eventId, int entry)
    {
        if (listed.TryGetValue((eventId, entry), out var pupil))
            listed[(eventId, entry)] = pupil with { HasGuardian = true };
    }

    /// <summary>Notes a pledge that is read from the ledger, where those of a request stand one after the other in any order.</summary>
    /// <param name="head">The place of the request's first pledge.</param>
    /// <param name="role">Only students and guardians matter here.</param>
    /// <param name="eventId">The event's row.</param>
    /// <param name="classId">The class; null where the person belongs to none.</param>
    /// <param name="name">The name in its stored form.</param>
    /// <param name="relation">What a guardian is to the child; null where it was not said.</param>
    /// <param name="kind">What stands for the signature.</param>
    /// <param name="entry">A student on a class's list, or that of a guardian who signed alone; else null.</param>
    /// <param name="sequence">The place where this one counts.</param>
    public void AddStored(
        long head, SignerRole role, int eventId, int? classId, string name, GuardianRelation? relation, SignatureKind kind, int? entry,
        long sequence)
    {
        if (head != meeting)
        {
            (meeting, guardian) = (head, null);
            met.Clear();
        }
        if (role == SignerRole.Guardian)
        {
            guardian = (GuardianOf(name, relation, kind), relation);
            if (entry is { } alone)
                NoteGuardian(eventId, alone);
            foreach (var child in met)
                Add(eventId, child.ClassId, child.Name, child.Entry, child.Sequence, guardian?.Name, relation);
        }
        else if (role == SignerRole.Student && classId is { } known)
        {
            met.Add((known, name, entry, sequence));
            Add(eventId, known, name, entry, sequence, guardian?.Name, guardian?.Relation);
        }
    }

    /// <summary>The child's pledge counts no longer, or has another name now.</summary>
    public void Forget(int eventId, int classId, string name, int? entry)
    {
        families.Remove(new Child(eventId, classId, name));
        if (entry is { } own)
            listed.Remove((eventId, own));
    }

    /// <summary>Before stored pledges are noted: none of them is of the request that was noted last.</summary>
    public void BeginStored()
    {
        (meeting, guardian) = (0, null);
        met.Clear();
    }

    /// <summary>Forgets all that is known of an event, to read it anew. Looks at all that is known, so seldom.</summary>
    public void ForgetEvent(int eventId)
    {
        BeginStored();
        foreach (var child in families.Keys.Where(child => child.EventId == eventId).ToList())
            families.Remove(child);
        foreach (var pupil in listed.Keys.Where(pupil => pupil.EventId == eventId).ToList())
            listed.Remove(pupil);
    }

    /// <summary>
    /// What tells guardians of one child apart here: the name; where it stands in the handwriting alone, the relation, with digits before
    /// it that no name has. So it is none who typed a name, and one that wrote as grandmother is none that wrote as mother.
    /// </summary>
    public static string GuardianOf(string name, GuardianRelation? relation, SignatureKind kind) =>
        kind == SignatureKind.HandwrittenName ? $"00000 {relation}" : name;

    private static int HashOf(string name) => PersonName.KeyOf(name).GetHashCode();

    private readonly record struct Child(int EventId, int ClassId, int Name)
    {
        public Child(int eventId, int classId, string name) : this(eventId, classId, HashOf(name))
        {
        }
    }

    /// <summary>A pupil on a class's list.</summary>
    private readonly record struct Listed(long Sequence, bool HasGuardian);

    /// <summary>The last two guardians are remembered: more seldom sign, and are shown to the organizer.</summary>
    private readonly record struct Family(
        long Sequence, int Entry, int First, int Second, sbyte FirstRelation, sbyte SecondRelation)
    {
        /// <summary>No row of a list has this number.</summary>
        public const int Unlisted = 0;

        private const sbyte Nobody = -2;
        private const sbyte Unsaid = -1;

        public bool HasGuardian => FirstRelation != Nobody;

        public bool IsJoinedBy(string name, GuardianRelation? relation) =>
            !HasGuardian
            || (IsAnother(First, FirstRelation, name, relation)
                && (SecondRelation == Nobody || IsAnother(Second, SecondRelation, name, relation)));

        public Family With(long sequence, int? entry, string? guardian, GuardianRelation? relation)
        {
            if (entry is { } own && Sequence != 0)
                return (this with { Entry = own }).With(sequence, null, guardian, relation);
            if (guardian is null)
                return Sequence == 0 ? new Family(sequence, entry ?? Unlisted, 0, 0, Nobody, Nobody) : this;
            var (hash, said) = (HashOf(guardian), Said(relation));
            return Sequence == 0 ? new Family(sequence, entry ?? Unlisted, hash, 0, said, Nobody)
                : !HasGuardian ? this with { First = hash, FirstRelation = said }
                : this with { Second = hash, SecondRelation = said };
        }

        private static bool IsAnother(int known, sbyte knownRelation, string name, GuardianRelation? relation) =>
            known != HashOf(name) && (relation is null || knownRelation == Unsaid || knownRelation != Said(relation));

        private static sbyte Said(GuardianRelation? relation) => relation is { } said ? (sbyte)said : Unsaid;
    }
}
