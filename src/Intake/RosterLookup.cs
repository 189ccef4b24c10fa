using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Intake;

/// <summary>
/// Which pupil on the list of a class a student is, by the entry that the class's device named, or by a name that the list has once.
/// Each class's list is read once for each revision of an event (<see cref="PublishedEvent.Revision"/>): whoever changes a list raises
/// it (<see cref="PublishedEvents.ContentChangedAsync"/>), which tells the other nodes too. With the change of an event its lists are
/// dropped, and so with its closing and with the deletion of its lists: names are not kept in memory for longer than they are needed.
/// </summary>
public sealed class RosterLookup
{
    private readonly StoreGate gate;
    private readonly ConcurrentDictionary<(int EventId, int ClassId), (long Revision, ClassRoster Roster)> known = new();
    private readonly SingleFlight<(int ClassId, long Revision), ClassRoster> reading = new();

    /// <summary>Made once, by the container.</summary>
    /// <param name="gate">Reads the lists.</param>
    /// <param name="events">Tell of their changes.</param>
    public RosterLookup(StoreGate gate, PublishedEvents events)
    {
        this.gate = gate;
        events.Changed += Drop;
    }

    /// <summary>The draft, with the students who are on the lists of their classes named by it.</summary>
    /// <param name="e">The event that is signed at.</param>
    /// <param name="draft">What has passed every check.</param>
    /// <param name="seat">The entry of the first student, as the class's device named it; null where none did.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    internal async ValueTask<PledgeDraft> ResolveAsync(
        PublishedEvent e, PledgeDraft draft, int? seat, CancellationToken cancellationToken)
    {
        SignerDraft[]? signers = null;
        for (var i = 0; i < draft.Signers.Count; i++)
            if (draft.Signers[i] is { Role: SignerRole.Student, ClassId: { } classId } student)
            {
                var roster = await FindAsync(e, classId, cancellationToken);
                if (!roster.IsEmpty)
                    (signers ??= [.. draft.Signers])[i] = roster.Resolve(student, seat);
                seat = null;
            }
        return signers is null ? draft : draft with { Signers = signers };
    }

    /// <summary>
    /// A pupil who is named by an entry and has been moved since, after the sheet was printed or the device took its list, signs in the
    /// class of now, and so does whoever signs beside it: sets the classes of the request. Only for the pupil's own name, in the same
    /// school and at an event in which that class takes part: else the class stays as it is.
    /// </summary>
    /// <param name="e">The event that is signed at.</param>
    /// <param name="request">Of a class; its <see cref="ContentHash"/>, as it was sent, is taken before.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    internal async Task UsePresentClassAsync(PublishedEvent e, SignRequest request, CancellationToken cancellationToken)
    {
        var child = request.Signers?.Find(IsStudent);
        if (child is null || request.Seat is not { } entry || e.ClassOf(request.ClassId)?.Id is not { } classId
            || (await FindAsync(e, classId, cancellationToken)).Has(entry)
            || SignerRules.ReadName(child.Name, out var name) is not null)
            return;
        var pupil = await gate.ReadAsync((db, cancelled) => db.Roster.AsNoTracking()
            .Where(r => r.Id == entry && db.Classes.Any(c => c.Id == classId && c.SchoolId == r.Class.SchoolId))
            .Select(r => new { r.ClassId, r.Name }).SingleOrDefaultAsync(cancelled), cancellationToken);
        if (pupil is null || PersonName.KeyOf(pupil.Name) != PersonName.KeyOf(name) || e.ClassOf(pupil.ClassId) is not { } present)
            return;
        foreach (var signer in request.Signers!.OfType<SignerRequest>())
            signer.ClassId = ReferenceEquals(signer, child) || !IsStudent(signer) ? null : signer.ClassId ?? classId;
        request.ClassId = present.Id;

        static bool IsStudent(SignerRequest? signer) =>
            WireNames.TryRead<SignerRole>(signer?.Role, out var role) && role == SignerRole.Student;
    }

    /// <summary>The pupil of a name, where the list of the class has it once.</summary>
    /// <param name="e">The event that is signed at.</param>
    /// <param name="classId">One of its classes.</param>
    /// <param name="name">In its stored form; null where only the list is asked for.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Whether there is a list, and the pupil's <see cref="RosterEntry.Id"/>; null where nobody or several have it.</returns>
    internal async ValueTask<(bool HasList, int? Entry)> FindPupilAsync(
        PublishedEvent e, int classId, string? name, CancellationToken cancellationToken)
    {
        var roster = await FindAsync(e, classId, cancellationToken);
        return (!roster.IsEmpty, name is null ? null : roster.Find(name));
    }

    /// <summary>Whether a pupil itself has signed at an event, through any channel. By an index over signers on a list.</summary>
    internal Task<bool> HasSignedAsync(int eventId, int entry, CancellationToken cancellationToken) => gate.ReadAsync(
        (db, cancelled) => db.Pledges.AsNoTracking().Where(CountingRule.ValidPledge).AnyAsync(
            p => p.EventId == eventId && p.RosterEntryId == entry && p.Role == SignerRole.Student && !p.Rehearsal, cancelled),
        cancellationToken);

    private void Drop(PublishedEvent changed)
    {
        foreach (var ((eventId, classId), list) in known)
            if (eventId == changed.Id && list.Revision < changed.Revision)
                known.TryRemove((eventId, classId), out _);
    }

    private ValueTask<ClassRoster> FindAsync(PublishedEvent e, int classId, CancellationToken cancellationToken) =>
        known.TryGetValue((e.Id, classId), out var found) && found.Revision == e.Revision
            ? new ValueTask<ClassRoster>(found.Roster)
            : new ValueTask<ClassRoster>(ReadAsync(e, classId, cancellationToken));

    private async Task<ClassRoster> ReadAsync(PublishedEvent e, int classId, CancellationToken cancellationToken)
    {
        var roster = await reading.ReadAsync((classId, e.Revision), asked => ReadAsync(asked.ClassId), cancellationToken);
        known[(e.Id, classId)] = (e.Revision, roster);
        return roster;
    }

    /// <summary>Once more where it failed: after the server has dropped its connections the first reading finds that out.</summary>
    private async Task<ClassRoster> ReadAsync(int classId)
    {
        try
        {
            return await ReadOnceAsync(classId);
        }
        catch (Exception failure) when (StoreFailure.Is(failure))
        {
            return await ReadOnceAsync(classId);
        }
    }

    private Task<ClassRoster> ReadOnceAsync(int classId) => gate.ReadAsync(async (db, cancelled) => ClassRoster.Of(
        await db.Roster.AsNoTracking().Where(entry => entry.ClassId == classId)
            .Select(entry => new ListedPupil(entry.Id, entry.Name, entry.LeftAt != null)).ToListAsync(cancelled)),
        CancellationToken.None);
}

/// <summary>A pupil on a list.</summary>
/// <param name="Entry">See <see cref="RosterEntry.Id"/>.</param>
/// <param name="Name">In its stored form.</param>
/// <param name="HasLeft">No longer expected.</param>
internal sealed record ListedPupil(int Entry, string Name, bool HasLeft);

/// <summary>The list of a class, as far as it tells who signs. Of names only the keys.</summary>
internal sealed class ClassRoster
{
    private readonly HashSet<int> entries = [];

    /// <summary>Null for a name that several have.</summary>
    private readonly Dictionary<string, int?> byName = [];

    /// <summary>The entry is of this class, of a pupil who has left as well.</summary>
    public bool Has(int entry) => entries.Contains(entry);

    /// <summary>There is no list.</summary>
    public bool IsEmpty => entries.Count == 0;

    public static ClassRoster Of(IEnumerable<ListedPupil> pupils)
    {
        var roster = new ClassRoster();
        foreach (var pupil in pupils)
        {
            roster.entries.Add(pupil.Entry);
            if (!pupil.HasLeft && !roster.byName.TryAdd(PersonName.KeyOf(pupil.Name), pupil.Entry))
                roster.byName[PersonName.KeyOf(pupil.Name)] = null;
        }
        return roster;
    }

    /// <summary>The entry of a name that the list has once; null for any other.</summary>
    public int? Find(string name) => byName.GetValueOrDefault(PersonName.KeyOf(name));

    public SignerDraft Resolve(SignerDraft student, int? seat)
    {
        var isListed = byName.TryGetValue(PersonName.KeyOf(student.Name), out var entry);
        return student with
        {
            RosterEntryId = seat is { } own && Has(own) ? own : entry,
            HasNamesake = isListed && entry is null,
        };
    }
}
