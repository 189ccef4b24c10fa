using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Drawing;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Paper;

/// <summary>Which versions of the texts stand on a sheet, by <see cref="PledgeText.Id"/>.</summary>
public sealed record SheetTexts(int Student, int? Guardian)
{
    /// <summary>Those in force; null where the campaign has no text for pupils.</summary>
    public static SheetTexts? Of(PublishedEvent e) =>
        e.TextFor(SignerRole.Student) is { } student ? new SheetTexts(student.Id, e.TextFor(SignerRole.Guardian)?.Id) : null;
}

/// <summary>
/// The printed pages of class sheets: new ones where the class's list, a text or the consent has changed since the last. Beside them the
/// pages of slips.
/// </summary>
public sealed class PaperSheets(CampaignDbFactory dbFactory, TimeProvider time)
{
    /// <summary>Rows without a name after those of the list, for pupils who are not on it.</summary>
    private const int MinSpareRows = 2;

    /// <summary>Rows of a class of which there is no list.</summary>
    private const int RowsWithoutList = 3 * ClassSheetLayout.MaxRows;

    /// <summary>The pages of a class as they are to be printed now; the same ones as long as nothing on them has changed.</summary>
    /// <param name="e">The event.</param>
    /// <param name="classId">The class.</param>
    /// <param name="consents">The guardians' consent as it is printed, then in all languages; none where none is printed.</param>
    /// <param name="actor">Who prints; null where the caller tells the audit log, of several classes in one line.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>None where the campaign has no text for pupils.</returns>
    public async Task<IReadOnlyList<PaperSheet>> PrintAsync(
        PublishedEvent e, int classId, IReadOnlyList<ShownConsent> consents, PaperActor? actor, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var pupils = await OnListAsync(db, classId, cancellationToken);
        var sheets = await CurrentAsync(db, e, classId, pupils, consents, cancellationToken);
        if (sheets.Count > 0)
            actor?.Note(db, AuditAction.PaperSheetsPrinted, e.Id, classId, pupils.Count);
        await db.SaveChangesAsync(cancellationToken);
        return sheets;
    }

    /// <summary>How many pages a class takes with so many pupils on its list.</summary>
    public static int PagesOf(int pupils) =>
        ((pupils == 0 ? RowsWithoutList : pupils + MinSpareRows) + ClassSheetLayout.MaxRows - 1) / ClassSheetLayout.MaxRows;

    /// <summary>
    /// The pages of slips of a class that have a row for each of some pupils; rows and pages that are missing are added, and the caller
    /// saves. None where the campaign has no text for pupils.
    /// </summary>
    /// <param name="texts">The versions that stand on the slips; null for those in force.</param>
    /// <param name="consent">The guardian's consent that is printed on them; null where none is.</param>
    internal async Task<IReadOnlyList<PaperSheet>> WithRowsForAsync(CampaignDb db, PublishedEvent e, int classId, SheetTexts? texts,
        ShownConsent? consent, IReadOnlyCollection<int> pupils, CancellationToken cancellationToken)
    {
        if ((texts ?? SheetTexts.Of(e)) is not var (student, guardian))
            return [];
        var pages = await db.PaperSheets.Where(s => s.EventId == e.Id && s.ClassId == classId && s.Pages == 0
            && s.StudentTextId == student && s.GuardianTextId == guardian).Include(s => s.Rows.OrderBy(r => r.Row)).OrderBy(s => s.Page)
            .ToListAsync(cancellationToken);
        pages.RemoveAll(page => consent is null ? page.Consent is not null : !consent.IsSame(page.Consent));
        foreach (var pupil in pupils.Where(pupil => !pages.Exists(page => page.Rows.Exists(row => row.RosterEntryId == pupil))))
        {
            if (pages.Count == 0 || pages[^1].Rows.Count == ClassSheetLayout.MaxRows)
            {
                pages.Add(new PaperSheet(e.Id, classId, pages.Count + 1, 0, student, guardian, time.GetUtcNow(), consent));
                db.PaperSheets.Add(pages[^1]);
            }
            pages[^1].Rows.Add(new PaperRow(pages[^1].Rows.Count, pupil));
        }
        return pages;
    }

    private async Task<List<PaperSheet>> CurrentAsync(CampaignDb db, PublishedEvent e, int classId, List<int> pupils,
        IReadOnlyList<ShownConsent> consents, CancellationToken cancellationToken)
    {
        if (SheetTexts.Of(e) is not { } texts)
            return [];
        var rows = RowsOf(pupils);
        var sheets = await NewestAsync(db, e.Id, classId, texts, cancellationToken);
        if (sheets.Count == 0
            || (consents.Count > 0 && !sheets.TrueForAll(sheet => consents.Any(consent => consent.IsSame(sheet.Consent))))
            || !sheets.SelectMany(sheet => sheet.Rows).Select(row => row.RosterEntryId).SequenceEqual(rows))
        {
            var now = time.GetUtcNow(); // one printing has one moment
            var pages = rows.Chunk(ClassSheetLayout.MaxRows).ToList();
            sheets = [.. pages.Select((page, i) =>
            {
                var sheet = new PaperSheet(
                    e.Id, classId, i + 1, pages.Count, texts.Student, texts.Guardian, now, consents.Count > 0 ? consents[0] : null);
                sheet.Rows.AddRange(page.Select((entry, row) => new PaperRow(row, entry)));
                return sheet;
            })];
            db.PaperSheets.AddRange(sheets);
        }
        return sheets;
    }

    /// <summary>Those of the last printing with some versions of the texts; in order.</summary>
    private static async Task<List<PaperSheet>> NewestAsync(
        CampaignDb db, int eventId, int classId, SheetTexts texts, CancellationToken cancellationToken)
    {
        var (student, guardian) = texts;
        var all = db.PaperSheets.Where(s => s.EventId == eventId && s.ClassId == classId && s.Pages > 0
            && s.StudentTextId == student && s.GuardianTextId == guardian);
        var last = await all.MaxAsync(s => (DateTimeOffset?)s.PrintedAt, cancellationToken);
        return last is null ? [] : await all.Where(s => s.PrintedAt == last).Include(s => s.Rows.OrderBy(r => r.Row)).OrderBy(s => s.Page)
            .ToListAsync(cancellationToken);
    }

    private static async Task<List<int>> OnListAsync(CampaignDb db, int classId, CancellationToken cancellationToken)
    {
        var listed = await db.Roster.AsNoTracking().Where(r => r.ClassId == classId).Where(RosterRule.IsOnList)
            .Select(r => new { r.Id, r.Seat, r.Name }).ToListAsync(cancellationToken);
        return [.. listed.OrderBy(r => r.Seat ?? int.MaxValue).ThenBy(r => r.Name, StringComparer.Ordinal).ThenBy(r => r.Id)
            .Select(r => r.Id)];
    }

    /// <summary>The pupils, then empty rows to the end of the last page.</summary>
    private static List<int?> RowsOf(List<int> pupils) =>
        [.. Enumerable.Range(0, PagesOf(pupils.Count) * ClassSheetLayout.MaxRows).Select(i => i < pupils.Count ? pupils[i] : (int?)null)];
}
