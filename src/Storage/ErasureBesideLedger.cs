using Microsoft.EntityFrameworkCore;

namespace SafetyCampaign.Storage;

/// <summary>
/// What is kept of people beside the ledger and goes with the names of their event, on the promised day: deleted by the round of retention,
/// and by a restore in a backup that has outlived that day.
/// </summary>
/// <param name="PaperPhotos">Photos of class sheets and of slips: they show names and handwriting.</param>
/// <param name="PaperSheets">Pages of class sheets: their rows tell who stood on them.</param>
/// <param name="ReportPhotos">Photos of the activity report.</param>
/// <param name="Slips">Take-home slips: each is one pupil's.</param>
public sealed record ErasureBesideLedger(int PaperPhotos, int PaperSheets, int ReportPhotos, int Slips)
{
    public int Total => PaperPhotos + PaperSheets + ReportPhotos + Slips;

    /// <summary>Deletes all of an event; how many there were.</summary>
    public static async Task<ErasureBesideLedger> DeleteAsync(CampaignDb db, int eventId, CancellationToken cancellationToken) => new(
        await db.PaperPhotos.Where(photo => photo.EventId == eventId).ExecuteDeleteAsync(cancellationToken),
        await db.PaperSheets.Where(sheet => sheet.EventId == eventId).ExecuteDeleteAsync(cancellationToken),
        await db.ReportPhotos.Where(photo => photo.EventId == eventId).ExecuteDeleteAsync(cancellationToken),
        await db.Slips.Where(slip => slip.EventId == eventId).ExecuteDeleteAsync(cancellationToken));

    /// <summary>Adds what was deleted of another event.</summary>
    public ErasureBesideLedger Plus(ErasureBesideLedger other) => new(PaperPhotos + other.PaperPhotos, PaperSheets + other.PaperSheets,
        ReportPhotos + other.ReportPhotos, Slips + other.Slips);
}
