using System.Net.Http.Headers;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Drawing;
using SafetyCampaign.Load.Paper;
using SafetyCampaign.Schools.Paper;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Schools.Paper;

/// <summary>Sheets that are printed, written on and photographed, as a class does it.</summary>
internal static class PaperOfClass
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The class's pages, as they are printed now.</summary>
    public static async Task<IReadOnlyList<ClassSheet>> PrintAsync(this CampaignApp app, SeededEvent e, int classId)
    {
        var published = (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!;
        var actor = new PaperActor(new Voucher(VoucherKind.Organizer, 1), AuditActor.Program, null);
        return await app.Get<SheetPrinting>().PrintAsync(published, classId, actor, Cancellation);
    }

    /// <summary>A page that is printed, with a photo that is cut into rows.</summary>
    /// <param name="entries">The pupils of the first rows; the others are empty.</param>
    /// <param name="picture">Of a row.</param>
    /// <param name="guess">See <see cref="PaperRowPicture.Guess"/>.</param>
    public static async Task<(int Sheet, byte[][] Pictures)> SeedPaperAsync(this CampaignApp app, SeededEvent e, int classId,
        IReadOnlyList<int> entries, int rows, bool rehearsal, Func<byte[]> picture, string guess = "11")
    {
        await using var db = app.OpenStore();
        var published = (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!;
        var now = app.Get<TimeProvider>().GetUtcNow();
        var sheet = new PaperSheet(e.Id, classId, 1, 1, published.TextFor(SignerRole.Student)!.Id,
            published.TextFor(SignerRole.Guardian)!.Id, now);
        sheet.Rows.AddRange(Enumerable.Range(0, rows).Select(row => new PaperRow(row, row < entries.Count ? entries[row] : null)));
        db.PaperSheets.Add(sheet);
        await db.SaveChangesAsync(Cancellation);
        var photo = new PaperPhoto(e.Id, classId, sheet.Id, null, rehearsal, now);
        photo.Rows.AddRange(sheet.Rows.Select(row => new PaperRowPicture(row.Row, row.RosterEntryId, picture(), guess)));
        db.PaperPhotos.Add(photo);
        await db.SaveChangesAsync(Cancellation);
        return (sheet.Id, [.. photo.Rows.OrderBy(row => row.Row).Select(row => row.Picture)]);
    }

    /// <summary>A photo of some pages side by side, each signed as is said.</summary>
    /// <param name="kind">What is peculiar about it.</param>
    /// <param name="sheets">The pages, and of each row whether the pupil and the guardian signed.</param>
    public static byte[] Photo(PhotoKind kind, params (ClassSheet Sheet, (bool Pupil, bool Guardian)[] Signed)[] sheets)
    {
        var papers = sheets.Select((s, i) => HandwrittenSheet.Of(s.Sheet, s.Signed, seed: 11 + i)).ToList();
        try
        {
            return GeneratedPhoto.Take(papers, kind, new Random(5), longSide: 1600);
        }
        finally
        {
            papers.ForEach(paper => paper.Dispose());
        }
    }

    /// <summary>What a form with photos sends.</summary>
    /// <param name="files">The photos.</param>
    /// <param name="fields">Besides.</param>
    public static MultipartFormDataContent Upload(IEnumerable<byte[]> files, params (string Name, string? Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value ?? ""), name);
        foreach (var file in files)
        {
            var part = new ByteArrayContent(file);
            part.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            form.Add(part, "files", "photo.jpg");
        }
        return form;
    }
}
