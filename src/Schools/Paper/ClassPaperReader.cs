using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Schools.Paper.Reading;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Paper;

/// <summary>Reads the paper of a class: what was printed, photographed and decided.</summary>
/// <param name="gate">Reads for whoever has no account too.</param>
public sealed class ClassPaperReader(StoreGate gate)
{
    /// <summary>A row of which there is a picture.</summary>
    private sealed record ShownRow(int SheetId, int Row);

    private sealed record Pupil(int Id, int? Seat, string Name);

    /// <summary>The class's pages, and the chosen one with its pictures.</summary>
    /// <param name="e">The event.</param>
    /// <param name="classId">The class.</param>
    /// <param name="chosen">The page to decide; 0 for none.</param>
    /// <param name="withUnknown">Photos whose class nobody knows too.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public Task<ClassPaper> ReadAsync(PublishedEvent e, int classId, int chosen, bool withUnknown, CancellationToken cancellationToken) =>
        gate.ReadAsync(async (db, cancelled) =>
        {
            var sheets = await db.PaperSheets.AsNoTracking().Where(s => s.EventId == e.Id && s.ClassId == classId)
                .Include(s => s.Rows.OrderBy(r => r.Row)).OrderByDescending(s => s.PrintedAt).ThenBy(s => s.Page).ToListAsync(cancelled);
            var photos = await db.PaperPhotos.AsNoTracking().Where(p => p.EventId == e.Id && p.SheetId != null && p.ClassId == classId)
                .GroupBy(p => p.SheetId!.Value).Select(of => new { of.Key, Count = of.Count() })
                .ToDictionaryAsync(of => of.Key, of => of.Count, cancelled);
            var counted = await CountedAsync(db, sheets, cancelled);
            var newest = sheets.Where(s => !s.IsOfSlips).GroupBy(s => s.PrintedAt).FirstOrDefault()?.ToList() ?? [];
            var pictures = (await db.PaperRowPictures.AsNoTracking()
                .Join(db.PaperPhotos.Where(p => p.EventId == e.Id && p.ClassId == classId && p.SheetId != null), r => r.PhotoId, p => p.Id,
                    (r, p) => new ShownRow(p.SheetId!.Value, r.Row)).ToListAsync(cancelled))
                .ToLookup(shown => shown.SheetId);
            var unplaced = await db.PaperPhotos.AsNoTracking()
                .Where(p => p.EventId == e.Id && p.SheetId == null && (p.ClassId == classId || (withUnknown && p.ClassId == null)))
                .OrderBy(p => p.Id).Select(p => new UnplacedPhoto(p.Id, p.Whole!, p.UploadedAt)).ToListAsync(cancelled);
            return new ClassPaper(
                [
                    .. sheets.Where(s => newest.Contains(s) || photos.ContainsKey(s.Id)).Select(s => new SheetSummary(
                        s.Id, s.Page, s.PrintedAt, s.IsOfSlips || newest.Contains(s) ? null : ChangeSince(s, sheets, newest), s.IsOfSlips,
                        photos.GetValueOrDefault(s.Id),
                        s.Rows.Count(r => r.RosterEntryId != null && r.Decision is null
                            && (!s.IsOfSlips || pictures[s.Id].Any(shown => shown.Row == r.Row))),
                        s.Rows.Count(r => !IsCounted(r, counted) && r.Decision is PaperDecision.ChildOnly or PaperDecision.WithGuardian),
                        s.Rows.Count(r => IsCounted(r, counted)), s.Rows.Exists(r => r.IsErased))),
                ],
                unplaced,
                sheets.Find(s => s.Id == chosen) is { } sheet ? await ViewAsync(db, e, sheet, counted, cancelled) : null);
        }, cancellationToken);

    /// <summary>Why the pages of a printing are printed no longer: what stands on the newest instead.</summary>
    private static SheetChange ChangeSince(PaperSheet sheet, List<PaperSheet> all, List<PaperSheet> newest)
    {
        if ((sheet.StudentTextId, sheet.GuardianTextId) != (newest[0].StudentTextId, newest[0].GuardianTextId))
            return SheetChange.Text;
        var printing = all.FindAll(s => !s.IsOfSlips && s.PrintedAt == sheet.PrintedAt);
        var (then, now) = (PupilsOn(printing), PupilsOn(newest));
        // An erased row has no pupil any more, which is no change of the list.
        var erased = printing.Sum(s => s.Rows.Count(row => row.IsErased));
        return !now.FindAll(then.Contains).SequenceEqual(then) || now.Count > then.Count + erased ? SheetChange.List
            : newest[0].Consent is { } consent && !consent.IsSame(sheet.Consent) ? SheetChange.Consent
            : SheetChange.Nothing;
    }

    private static List<int> PupilsOn(IEnumerable<PaperSheet> pages) =>
        [.. pages.SelectMany(page => page.Rows).Select(row => row.RosterEntryId).OfType<int>()];

    private static bool IsCounted(PaperRow row, Dictionary<long, string?> counted) =>
        row.Sequence is { } sequence && counted.ContainsKey(sequence);

    /// <summary>
    /// Of the requests that rows have become, the names of those that are neither withdrawn nor invalid nor wiped with a rehearsal.
    /// </summary>
    internal static async Task<Dictionary<long, string?>> CountedAsync(
        CampaignDb db, IEnumerable<PaperSheet> sheets, CancellationToken cancellationToken)
    {
        var requests = sheets.SelectMany(s => s.Rows).Select(r => r.Sequence).OfType<long>().ToList();
        return requests.Count == 0 ? [] : await db.Pledges.AsNoTracking().Where(CountingRule.ValidPledge)
            .Where(p => requests.Contains(p.Sequence)).ToDictionaryAsync(p => p.Sequence, p => p.Name, cancellationToken);
    }

    private static async Task<SheetView> ViewAsync(
        CampaignDb db, PublishedEvent e, PaperSheet sheet, Dictionary<long, string?> counted, CancellationToken cancellationToken)
    {
        var entries = sheet.Rows.Select(r => r.RosterEntryId).OfType<int>().ToList();
        var pupils = await db.Roster.AsNoTracking().Where(r => entries.Contains(r.Id)).Select(r => new Pupil(r.Id, r.Seat, r.Name))
            .ToDictionaryAsync(r => r.Id, cancellationToken);
        var signed = await db.Pledges.AsNoTracking().Where(CountingRule.ValidPledge)
            .Where(p => p.EventId == e.Id && !p.Rehearsal && p.ClassId == sheet.ClassId && p.Channel != SigningChannel.Paper
                && p.RosterEntryId != null)
            .Select(p => p.RosterEntryId!.Value).ToHashSetAsync(cancellationToken);
        var photos = await db.PaperPhotos.AsNoTracking().Where(p => p.SheetId == sheet.Id).OrderByDescending(p => p.Id)
            .ToListAsync(cancellationToken);
        var pictures = (await db.PaperRowPictures.AsNoTracking()
            .Where(r => db.PaperPhotos.Any(p => p.Id == r.PhotoId && p.SheetId == sheet.Id)).ToListAsync(cancellationToken))
            .GroupBy(r => r.Row).ToDictionary(of => of.Key, of => of.MaxBy(r => r.PhotoId)!);
        var isCut = photos.Exists(p => p.Whole is null);
        // What was never printed has rows of slips that were handed in, as long as somebody keeps their photo.
        var rows = sheet.Rows.Where(row => !row.IsErased
            && (!sheet.IsOfSlips || row.Decision is not null || pictures.ContainsKey(row.Row))
            && (!isCut || row is not { RosterEntryId: null, Name: null, Decision: null } || pictures.ContainsKey(row.Row))).Select(row =>
        {
            var pupil = row.RosterEntryId is { } entry ? pupils.GetValueOrDefault(entry) : null;
            var isCounted = IsCounted(row, counted);
            var picture = pictures.GetValueOrDefault(row.Row);
            return new RowView(row.Row, pupil?.Seat, pupil?.Name ?? (isCounted ? counted[row.Sequence!.Value] : row.Name) ?? "",
                pupil is null, picture?.Picture, picture?.IsSlip is true, picture is null ? RowGuess.Unknown : RowPicture.GuessOf(picture),
                row.Sequence is not null && !isCounted ? null : row.Decision, isCounted, pupil is not null && signed.Contains(pupil.Id));
        });
        return new SheetView(sheet.Id, sheet.Page, sheet.Pages,
            [
                .. rows.OrderBy(r => r.IsCounted).ThenBy(r => r.IsBlank).ThenBy(r => r.Guessed is not null && isCut).ThenBy(r => r.Row),
            ],
            isCut ? [] : [.. photos.Select(p => p.Whole!)], photos.FirstOrDefault()?.Id);
    }
}
