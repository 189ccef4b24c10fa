using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Schools.Paper.Reading;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Paper;

/// <summary>Reads the paper of a class: what was printed, photographed and decided.</summary>
/// <param name="gate">Reads for whoever has no account too.</param>
public sealed class ClassPaperReader(StoreGate gate)
{
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
            var newest = sheets.Count == 0 ? default : sheets[0].PrintedAt;
            var unplaced = await db.PaperPhotos.AsNoTracking()
                .Where(p => p.EventId == e.Id && p.SheetId == null && (p.ClassId == classId || (withUnknown && p.ClassId == null)))
                .OrderBy(p => p.Id).Select(p => new UnplacedPhoto(p.Id, p.Whole!, p.UploadedAt)).ToListAsync(cancelled);
            return new ClassPaper(
                [
                    .. sheets.Where(s => s.PrintedAt == newest || photos.ContainsKey(s.Id)).Select(s => new SheetSummary(
                        s.Id, s.Page, s.PrintedAt, s.PrintedAt == newest, photos.GetValueOrDefault(s.Id),
                        s.Rows.Count(r => r.RosterEntryId != null && r.Decision is null),
                        s.Rows.Count(r => !IsCounted(r, counted) && r.Decision is PaperDecision.ChildOnly or PaperDecision.WithGuardian),
                        s.Rows.Count(r => IsCounted(r, counted)), s.Rows.Exists(r => r.IsErased))),
                ],
                unplaced,
                sheets.Find(s => s.Id == chosen) is { } sheet ? await ViewAsync(db, e, sheet, counted, cancelled) : null);
        }, cancellationToken);

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
        // Of slips alone there are no pictures of the rows without a name: nobody wrote there.
        var rows = sheet.Rows.Where(row => !row.IsErased
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
