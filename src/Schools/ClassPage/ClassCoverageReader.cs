using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.ClassPage;

/// <summary>Reads who of a class has signed at an event.</summary>
/// <param name="gate">Reads for the teacher, who has no account.</param>
/// <param name="sequences">Where the event's pledges lie.</param>
public sealed class ClassCoverageReader(StoreGate gate, EventSequences sequences)
{
    private sealed record Signed(long Sequence, long Request, int? Entry, string? Name, long? CountedWith);

    private sealed record Listed(int Entry, int? Seat, string Name, bool HasLeft, RosterAnswerKind? Answer);

    public Task<ClassCoverage> ReadAsync(PublishedEvent e, int classId, CancellationToken cancellationToken) => gate.ReadAsync(
        async (db, cancelled) =>
        {
            var listed = await (
                from entry in db.Roster.AsNoTracking()
                where entry.ClassId == classId
                join answer in db.RosterAnswers.Where(a => a.EventId == e.Id) on entry.Id equals answer.RosterEntryId into answers
                from answer in answers.DefaultIfEmpty()
                select new Listed(entry.Id, entry.Seat, entry.Name, entry.LeftAt != null, answer == null ? null : answer.Kind))
                .ToListAsync(cancelled);
            var entries = listed.Select(pupil => (int?)pupil.Entry).ToList();
            var pledges = sequences.PledgesOf(db.Pledges.AsNoTracking(), e.Id).Where(CountingRule.ValidPledge)
                .Where(p => !p.Rehearsal);
            var signed = await pledges
                .Where(p => p.Role == SignerRole.Student && (p.ClassId == classId || entries.Contains(p.RosterEntryId)))
                .OrderBy(p => p.Sequence)
                .Select(p => new Signed(p.Sequence, p.Sequence - p.Position, p.RosterEntryId, p.Name, p.CountedWith))
                .ToListAsync(cancelled);
            var requests = signed.Select(p => p.Request).ToHashSet();
            var withGuardian = requests.Count == 0 ? [] : await pledges
                .Where(p => p.Role == SignerRole.Guardian && requests.Contains(p.Sequence - p.Position))
                .Select(p => p.Sequence - p.Position).ToListAsync(cancelled);
            // By the slip of a child that had signed.
            var alone = await pledges
                .Where(p => p.Role == SignerRole.Guardian && p.RosterEntryId != null && entries.Contains(p.RosterEntryId))
                .Select(p => p.RosterEntryId!.Value).ToListAsync(cancelled);
            return Of(listed, signed, [.. withGuardian], [.. alone], e.ClassOf(classId)!.NeedsGuardian);
        }, cancellationToken);

    private static ClassCoverage Of(List<Listed> listed, List<Signed> signed, HashSet<long> withGuardian, HashSet<int> alone,
        bool needsGuardian)
    {
        var children = signed.GroupBy(p => p.CountedWith ?? p.Sequence).Select(of => new
        {
            Entries = of.Select(p => p.Entry).OfType<int>().ToHashSet(),
            Name = of.Select(p => p.Name).FirstOrDefault(name => name is not null),
            State = !needsGuardian || of.Any(p => withGuardian.Contains(p.Request) || (p.Entry is { } own && alone.Contains(own)))
                ? PupilState.Complete
                : PupilState.ChildOnly,
        }).ToList();
        var names = listed.Where(pupil => !pupil.HasLeft).ToLookup(pupil => PersonName.KeyOf(pupil.Name));
        var rows = new List<ClassPupil>();
        foreach (var pupil in listed)
        {
            // Signed before there was a list: by the name, where only one pupil has it.
            var child = children.Find(c => c.Entries.Contains(pupil.Entry))
                ?? children.Find(c => c.Entries.Count == 0 && c.Name is { } name && names[PersonName.KeyOf(name)].Count() == 1
                    && PersonName.KeyOf(name) == PersonName.KeyOf(pupil.Name));
            if (child is not null)
                children.Remove(child);
            if (child is not null || !pupil.HasLeft)
                rows.Add(new ClassPupil(pupil.Entry, pupil.Seat, pupil.Name, child?.State ?? StateOf(pupil.Answer)));
        }
        return new ClassCoverage([
            .. rows.OrderBy(row => row.Seat ?? int.MaxValue).ThenBy(row => row.Name, NameOrder.Instance).ThenBy(row => row.Entry),
            .. children.Where(child => child.Name is not null).Select(child => new ClassPupil(null, null, child.Name!, child.State)),
        ], children.Count(child => child.Name is null));
    }

    private static PupilState StateOf(RosterAnswerKind? answer) => answer switch
    {
        RosterAnswerKind.Declined => PupilState.Declined,
        RosterAnswerKind.Absent => PupilState.Absent,
        _ => PupilState.NotYet,
    };
}
