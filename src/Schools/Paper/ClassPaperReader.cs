using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Drawing;
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
                .OrderBy(p => p.Id).Select(p => new UnplacedPhoto(p.Id, p.Bytes, p.UploadedAt)).ToListAsync(cancelled);
            return new ClassPaper(
                [
                    .. sheets.Where(s => s.PrintedAt == newest || photos.ContainsKey(s.Id)).Select(s => new SheetSummary(
                        s.Id, s.Page, s.PrintedAt, s.PrintedAt == newest, photos.GetValueOrDefault(s.Id),
                        s.Rows.Count(r => r.RosterEntryId != null && r.Decision is null),
                        s.Rows.Count(r => !IsCounted(r, counted) && r.Decision is PaperDecision.ChildOnly or PaperDecision.WithGuardian),
                        s.Rows.Count(r => IsCounted(r, counted)))),
                ],
                unplaced,
                sheets.Find(s => s.Id == chosen) is { } sheet ? await ViewAsync(db, e, sheet, counted, cancelled) : null);
        }, cancellationToken);

    private static bool IsCounted(PaperRow row, HashSet<long> counted) => row.Sequence is { } sequence && counted.Contains(sequence);

    /// <summary>Of the requests that rows have become, those that are neither withdrawn nor invalid nor wiped with a rehearsal.</summary>
    private static async Task<HashSet<long>> CountedAsync(CampaignDb db, List<PaperSheet> sheets, CancellationToken cancellationToken)
    {
        var requests = sheets.SelectMany(s => s.Rows).Select(r => r.Sequence).OfType<long>().ToList();
        return requests.Count == 0 ? [] : await db.Pledges.AsNoTracking().Where(CountingRule.ValidPledge)
            .Where(p => requests.Contains(p.Sequence)).Select(p => p.Sequence).ToHashSetAsync(cancellationToken);
    }

    private static async Task<SheetView> ViewAsync(
        CampaignDb db, PublishedEvent e, PaperSheet sheet, HashSet<long> counted, CancellationToken cancellationToken)
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
        var straight = photos.Find(p => p.IsStraight);
        var picture = straight is null ? null : GrayImage.Decode(straight.Bytes);
        var rows = sheet.Rows.Select(row =>
        {
            var pupil = row.RosterEntryId is { } entry ? pupils.GetValueOrDefault(entry) : null;
            // A pledge that was taken back or erased shows nothing of what was written.
            var isGone = row.Sequence is { } sequence && !counted.Contains(sequence);
            return new RowView(row.Row, pupil?.Seat, pupil?.Name ?? row.Name ?? "", pupil is null,
                picture is null || isGone ? null : Cut(picture, row.Row),
                straight is null ? RowGuess.Unknown : GuessOf(straight.Guesses, row.Row),
                isGone ? null : row.Decision, IsCounted(row, counted), pupil is not null && signed.Contains(pupil.Id));
        });
        return new SheetView(sheet.Id, sheet.Page, sheet.Pages,
            [
                .. rows.OrderBy(r => r.IsCounted).ThenBy(r => r.IsBlank).ThenBy(r => r.Guessed is not null && straight is not null)
                    .ThenBy(r => r.Row),
            ],
            straight is null ? [.. photos.Select(p => p.Bytes)] : [], photos.FirstOrDefault()?.Id);
    }

    private static RowGuess GuessOf(string guesses, int row) =>
        new((InkGuess)(guesses[2 * row] - '0'), (InkGuess)(guesses[2 * row + 1] - '0'));

    /// <summary>The row with a little of what is above and below it, from the name to the end.</summary>
    private static byte[] Cut(GrayImage page, int row)
    {
        const int scale = SheetReader.Scale, around = 5;
        var box = ClassSheetLayout.Row(row);
        return page.Crop((int)box.Left * scale, (int)box.Top * scale - around, (int)box.Width * scale, (int)box.Height * scale + 2 * around)
            .ToJpeg();
    }
}
