using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Drawing;
using SafetyCampaign.Ledger;
using SafetyCampaign.Schools.Paper.Reading;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Paper;

/// <summary>What became of an uploaded photo. Each has a sentence, <c>Photo.</c> and its name, in PaperText.resx.</summary>
public enum PhotoOutcome
{
    /// <summary>Found and straightened.</summary>
    Read,

    /// <summary>A take-home slip, whose signed part was cut out.</summary>
    SlipRead,

    /// <summary>The sheet is known, but not where its rows lie: it is shown as a whole.</summary>
    Whole,

    /// <summary>No sheet's QR code: somebody says which sheet it is.</summary>
    NoCode,

    /// <summary>It cannot be cut into rows, and shows a row that was erased: it is not kept.</summary>
    ShowsErased,

    /// <summary>
    /// A slip in whose place another was issued, or whose pledge was erased: it is not kept.
    /// </summary>
    SlipEnded,

    /// <summary>It shows a sheet of another class, and is not kept.</summary>
    OtherClass,

    /// <summary>It shows a sheet of another event, and is not kept.</summary>
    OtherEvent,

    /// <summary>No picture that can be read.</summary>
    NotAPicture,

    /// <summary>Larger than <see cref="PaperPhotos.MaxMegabytes"/>.</summary>
    TooLarge,

    /// <summary>
    /// The class has <see cref="PaperPhotos.MaxOfClass"/> photos, or the event as many of no known class: it is not kept.
    /// </summary>
    ClassFull,
}

/// <summary>
/// Takes photos of class sheets and of signed slips in, finds out which they show, and keeps them reduced and in grey.
/// </summary>
/// <param name="dbFactory">Keeps them.</param>
/// <param name="slipPhotos">Keeps those of slips.</param>
/// <param name="ledger">Clears deleted ones out of the database's files.</param>
/// <param name="time">When they came.</param>
public sealed class PaperPhotos(CampaignDbFactory dbFactory, SlipPhotos slipPhotos, PledgeLedger ledger, TimeProvider time)
{
    /// <summary>Largest file.</summary>
    public const int MaxMegabytes = 15;

    /// <summary>Most photos in one form.</summary>
    public const int MaxPhotos = 20;

    /// <summary>
    /// Most photos of a class at an event, and of an event's that show no known class: six pages and a slip for each of the largest class,
    /// three times over. They lie in the database, which pledges need, and a class link asks for no account.
    /// </summary>
    public const int MaxOfClass = 200;

    /// <summary>Longest side that is looked at and kept, in pixels: the strokes of a pen are 2 of them wide.</summary>
    private const int MaxSide = 2000;

    /// <summary>Photos are read one after the other: each takes some 30 MB of memory, and signing goes on beside it.</summary>
    private static readonly SemaphoreSlim OneAtATime = new(1);

    /// <summary>Takes photos in.</summary>
    /// <param name="e">The event.</param>
    /// <param name="classId">The only class whose sheets are taken; null for all that <paramref name="mayTake"/> knows.</param>
    /// <param name="mayTake">The classes whose sheets whoever uploads may see.</param>
    /// <param name="files">At most <see cref="MaxPhotos"/> are looked at.</param>
    /// <param name="actor">Who uploads.</param>
    /// <param name="cancellationToken">Ends it between two photos.</param>
    /// <returns>What each shows; several where several sheets or slips lie in one photo.</returns>
    public async Task<IReadOnlyList<PhotoOutcome>> TakeAsync(PublishedEvent e, int? classId, IReadOnlySet<int> mayTake,
        IEnumerable<IFormFile> files, PaperActor actor, CancellationToken cancellationToken)
    {
        var outcomes = new List<PhotoOutcome>();
        foreach (var file in files.Take(MaxPhotos))
        {
            if (file.Length > MaxMegabytes * 1024L * 1024)
            {
                outcomes.Add(PhotoOutcome.TooLarge);
                continue;
            }
            await OneAtATime.WaitAsync(cancellationToken);
            try
            {
                await using var upload = file.OpenReadStream();
                if (await LowPriorityThread.RunAsync("Paper photo", () => Task.FromResult(Read(upload))) is not { } photo)
                    outcomes.Add(PhotoOutcome.NotAPicture);
                else
                    outcomes.AddRange(await SaveAsync(e, classId, mayTake, photo, actor, cancellationToken));
            }
            finally
            {
                OneAtATime.Release();
            }
        }
        return outcomes;
    }

    /// <summary>Keeps what one file shows, and its line of the audit log, together or not at all: an upload may be cut after it.</summary>
    private async Task<IReadOnlyList<PhotoOutcome>> SaveAsync(PublishedEvent e, int? classId, IReadOnlySet<int> mayTake, ReadPhoto photo,
        PaperActor actor, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        // Of slips alone, which may need new pages first: signatures wait for whoever writes, and cutting a sheet into rows takes long.
        await using var transaction = photo.Slips.Count > 0 ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        var outcomes = await KeepAsync(db, e, classId, mayTake, photo, cancellationToken);
        if (await IsFullAsync(db, e.Id, cancellationToken))
            return [PhotoOutcome.ClassFull];
        var kept = db.ChangeTracker.Entries<PaperPhoto>().Count();
        if (kept > 0)
            actor.Note(db, AuditAction.PaperPhotosUploaded, e.Id, classId, kept);
        await db.SaveChangesAsync(cancellationToken);
        if (transaction is not null && kept > 0)
            await transaction.CommitAsync(cancellationToken);
        return outcomes;
    }

    private static async Task<bool> IsFullAsync(CampaignDb db, int eventId, CancellationToken cancellationToken)
    {
        foreach (var added in db.ChangeTracker.Entries<PaperPhoto>().GroupBy(photo => photo.Entity.ClassId))
        {
            var classId = added.Key;
            var kept = await db.PaperPhotos.CountAsync(p => p.EventId == eventId && p.ClassId == classId, cancellationToken);
            if (kept + added.Count() > MaxOfClass)
                return true;
        }
        return false;
    }

    private static ReadPhoto? Read(Stream upload)
    {
        if (UploadedPicture.ReadPhoto(upload, MaxSide) is not { } drawn || GrayImage.Decode(drawn.Bytes) is not { } photo)
            return null;
        var codes = SheetCodeFinder.Find(photo);
        var ofSheets = codes.Where(code => code.Content.StartsWith(PaperSheet.CodePrefix, StringComparison.Ordinal));
        return new ReadPhoto(photo, SheetReader.Read(photo, ofSheets), SlipReader.Read(photo, codes));
    }

    private async Task<IReadOnlyList<PhotoOutcome>> KeepAsync(CampaignDb db, PublishedEvent e, int? classId, IReadOnlySet<int> mayTake,
        ReadPhoto read, CancellationToken cancellationToken)
    {
        var slips = read.Slips.Count == 0 ? [] : await slipPhotos.KeepAsync(db, e, classId, mayTake, read.Slips, cancellationToken);
        if (read is { Slips.Count: > 0, Sheets.Count: 0 })
            return slips;
        return [.. slips, .. await KeepSheetsAsync(db, e, classId, mayTake, read.Photo, read.Sheets, cancellationToken)];
    }

    private async Task<IReadOnlyList<PhotoOutcome>> KeepSheetsAsync(
        CampaignDb db, PublishedEvent e, int? classId, IReadOnlySet<int> mayTake, GrayImage photo, IReadOnlyList<ReadSheet> read,
        CancellationToken cancellationToken)
    {
        var codes = read.Select(r => r.Code).ToList();
        var known = await db.PaperSheets.AsNoTracking().Where(s => codes.Contains(s.Code)).Include(s => s.Rows.OrderBy(r => r.Row))
            .ToListAsync(cancellationToken);
        if (known.Count == 0)
        {
            // A code of ours that the store does not know is of an event that is gone, or of another program.
            if (read.Count > 0)
                return [PhotoOutcome.OtherEvent];
            db.PaperPhotos.Add(NewPhoto(e, classId, null, photo));
            return [PhotoOutcome.NoCode];
        }
        return [.. known.Select(sheet =>
        {
            if (sheet.EventId != e.Id)
                return PhotoOutcome.OtherEvent;
            if (classId is { } only ? sheet.ClassId != only : !mayTake.Contains(sheet.ClassId))
                return PhotoOutcome.OtherClass;
            var found = read.First(r => r.Code == sheet.Code);
            if (found.Straight is { } straight)
            {
                var kept = NewPhoto(e, sheet.ClassId, sheet.Id, null);
                kept.Rows.AddRange(sheet.Rows.Where(row => !row.IsDone).Select(row => RowPicture.Of(straight, row, found.Rows[row.Row])));
                db.PaperPhotos.Add(kept);
                return PhotoOutcome.Read;
            }
            // Beside another class's sheet a whole photo would show that class's names.
            if (known.Exists(other => other.ClassId != sheet.ClassId) && classId is not null)
                return PhotoOutcome.OtherClass;
            if (sheet.Rows.Exists(row => row.IsErased))
                return PhotoOutcome.ShowsErased;
            db.PaperPhotos.Add(NewPhoto(e, sheet.ClassId, sheet.Id, photo));
            return PhotoOutcome.Whole;
        })];
    }

    /// <summary>A photo and what lies in it.</summary>
    private sealed record ReadPhoto(GrayImage Photo, IReadOnlyList<ReadSheet> Sheets, IReadOnlyList<ReadSlip> Slips);

    private PaperPhoto NewPhoto(PublishedEvent e, int? classId, int? sheetId, GrayImage? whole) =>
        new(e.Id, classId, sheetId, whole?.ToJpeg(), e.State == EventState.Rehearsal, time.GetUtcNow());

    /// <summary>Says which sheet a photo without a code shows. False where either is not there any more.</summary>
    /// <param name="isOurs">Whether whoever says it may see the photo.</param>
    public async Task<bool> AssignAsync(
        int eventId, int photoId, int sheetId, Func<PaperPhoto, PaperSheet, bool> isOurs, PaperActor actor,
        CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var photo = await db.PaperPhotos.SingleOrDefaultAsync(p => p.Id == photoId && p.EventId == eventId, cancellationToken);
        var sheet = await db.PaperSheets.Include(s => s.Rows)
            .SingleOrDefaultAsync(s => s.Id == sheetId && s.EventId == eventId, cancellationToken);
        if (photo is null || sheet is null || !isOurs(photo, sheet) || sheet.Rows.Exists(row => row.IsErased))
            return false;
        photo.Assign(sheet);
        actor.Note(db, AuditAction.PaperPhotoAssigned, eventId, sheet.ClassId, 1);
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>
    /// Deletes a photo, but for the rows that count: they are what was signed. False where it is not there any more.
    /// </summary>
    /// <inheritdoc cref="AssignAsync"/>
    public async Task<bool> RemoveAsync(
        int eventId, int photoId, Func<PaperPhoto, bool> isOurs, PaperActor actor, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        if (await db.PaperPhotos.SingleOrDefaultAsync(p => p.Id == photoId && p.EventId == eventId, cancellationToken) is not { } photo
            || !isOurs(photo))
            return false;
        actor.Note(db, AuditAction.PaperPhotoRemoved, eventId, photo.ClassId, 1);
        var counting = db.PaperRows.Where(row => row.SheetId == photo.SheetId && row.Sequence != null).Select(row => row.Row);
        if (await db.PaperRowPictures.AnyAsync(r => r.PhotoId == photoId && counting.Contains(r.Row), cancellationToken))
            db.PaperRowPictures.RemoveRange(await db.PaperRowPictures.Where(r => r.PhotoId == photoId && !counting.Contains(r.Row))
                .ToListAsync(cancellationToken));
        else
            db.PaperPhotos.Remove(photo);
        await db.SaveChangesAsync(cancellationToken);
        ledger.NoteErasure();
        return true;
    }
}
