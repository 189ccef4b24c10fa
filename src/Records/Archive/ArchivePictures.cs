using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Layout;
using SafetyCampaign.Records.Report;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Archive;

/// <summary>A row of a class sheet, or a slip, as a picture.</summary>
/// <param name="Path">In the package.</param>
/// <param name="Number">Of whoever signed first, among the people of the event.</param>
/// <param name="Name">Likewise.</param>
/// <param name="IsSlip">It shows a slip, not a row.</param>
public sealed record ArchivedPaper(string Path, int Number, string Name, bool IsSlip);

/// <summary>A page of a class sheet with what was signed on it.</summary>
/// <param name="Class">With its school; empty where the class has left the event.</param>
/// <param name="Page">Which of the class's pages.</param>
/// <param name="Pages">How many were printed together.</param>
/// <param name="Code">Of its QR code.</param>
/// <param name="Papers">In the order of the rows.</param>
public sealed record ArchivedSheet(string Class, int Page, int Pages, string Code, IReadOnlyList<ArchivedPaper> Papers);

/// <summary>
/// Puts pictures into a package: the photos of the report, and what was written on paper by those whose pledges still count. One sheet
/// of pictures is in memory at a time.
/// </summary>
public sealed class ArchivePictures(CampaignDbFactory dbFactory, ReportContributions report)
{
    private const string Jpeg = ".jpg";

    /// <summary>The photos of the report.</summary>
    /// <returns>Path and caption of each.</returns>
    internal async Task<IReadOnlyList<(string Path, string Caption)>> AddPhotosAsync(
        ArchiveZip zip, PublishedEvent e, CancellationToken cancellationToken)
    {
        var added = new List<(string, string)>();
        foreach (var (at, photo) in (await report.PhotosAsync(e.Id, cancellationToken)).Index())
        {
            var path = $"photos/{at + 1:00}{Jpeg}";
            await zip.AddAsync(path, to => to.WriteAsync(photo.Jpeg, cancellationToken).AsTask(), isPacked: true);
            added.Add((path, photo.Caption));
        }
        return added;
    }

    /// <summary>What was written on paper; a sheet on which nothing counts is left out.</summary>
    internal async Task<IReadOnlyList<ArchivedSheet>> AddPaperAsync(ArchiveZip zip, PublishedEvent e, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var sheets = await db.PaperSheets.AsNoTracking()
            .Where(s => s.EventId == e.Id && db.PaperRows.Any(r => r.SheetId == s.Id && r.Sequence != null))
            .OrderBy(s => s.ClassId).ThenBy(s => s.PrintedAt).ThenBy(s => s.Page)
            .Select(s => new { s.Id, s.ClassId, s.Page, s.Pages, s.Code }).ToListAsync(cancellationToken);
        var added = new List<ArchivedSheet>();
        foreach (var sheet in sheets)
            if (await AddSheetAsync(zip, sheet.Id, cancellationToken) is { Count: > 0 } papers)
                added.Add(new ArchivedSheet(
                    e.ClassOf(sheet.ClassId)?.LocalizedFullName() ?? "", sheet.Page, sheet.Pages, sheet.Code, papers));
        return added;
    }

    private async Task<IReadOnlyList<ArchivedPaper>> AddSheetAsync(ArchiveZip zip, int sheetId, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var pictures = (await (
            from row in db.PaperRows.AsNoTracking()
            where row.SheetId == sheetId && row.Sequence != null && !row.IsErased
            from photo in db.PaperPhotos.Where(p => p.SheetId == sheetId && !p.Rehearsal)
            from picture in db.PaperRowPictures.Where(p => p.PhotoId == photo.Id && p.Row == row.Row)
            select new { row.Row, Request = row.Sequence!.Value, picture.PhotoId, picture.Picture, picture.Guess })
            .ToListAsync(cancellationToken)).GroupBy(p => p.Request).Select(of => of.MaxBy(p => p.PhotoId)!).OrderBy(p => p.Row).ToList();
        var counted = await CountedAsync(db, [.. pictures.Select(p => p.Request)], cancellationToken);
        var added = new List<ArchivedPaper>();
        foreach (var picture in pictures)
        {
            if (!counted.TryGetValue(picture.Request, out var first))
                continue;
            var path = $"paper/{picture.Request:000000}{Jpeg}";
            await zip.AddAsync(path, to => to.WriteAsync(picture.Picture, cancellationToken).AsTask(), isPacked: true);
            added.Add(new ArchivedPaper(path, first.Number, first.Name, picture.Guess == PaperRowPicture.OfSlip));
        }
        return added;
    }

    /// <summary>Of those requests in which somebody counts and has a name, who signed first.</summary>
    private static async Task<Dictionary<long, (int Number, string Name)>> CountedAsync(
        CampaignDb db, IReadOnlyList<long> requests, CancellationToken cancellationToken)
    {
        var sequences = requests.SelectMany(request => Enumerable.Range(0, Pledge.MaxSigners).Select(position => request + position))
            .ToList();
        var pledges = await db.Pledges.AsNoTracking().Where(p => sequences.Contains(p.Sequence) && !p.Rehearsal && p.Name != null)
            .Where(CountingRule.CountedPledge).OrderBy(p => p.Sequence)
            .Select(p => new { Request = p.Sequence - p.Position, p.Number, p.Name }).ToListAsync(cancellationToken);
        return pledges.Where(p => requests.Contains(p.Request)).GroupBy(p => p.Request)
            .ToDictionary(of => of.Key, of => (of.First().Number, of.First().Name!));
    }
}
