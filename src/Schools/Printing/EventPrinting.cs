using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Desk.Prepared;
using SafetyCampaign.Drawing.Pdf;
using SafetyCampaign.Operations;
using SafetyCampaign.Schools.Paper;
using SafetyCampaign.Schools.Slips;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Printing;

/// <summary>
/// The paper of all classes of an event in one file, school by school: class sheets, or take-home slips. Each class begins on a new page.
/// </summary>
/// <remarks>
/// Names and codes are read class by class and kept until they are drawn, some 500 bytes a pupil; a page that is drawn is in the file.
/// </remarks>
public sealed class EventPrinting(
    SheetPrinting sheets, ClassSlips slips, CampaignDbFactory dbFactory, PublicAddress address, IStringLocalizer<PaperText> paperWords,
    IStringLocalizer<SlipsText> slipWords, TimeProvider time)
{
    /// <summary>So many pages are drawn while somebody waits, within a second; more in the background.</summary>
    public const int MaxPagesAtOnce = 60;

    /// <summary>The pages, in the order of the classes; none where there is nothing to print.</summary>
    /// <param name="kind">Class sheets, or slips with or without names.</param>
    /// <param name="e">The event, in the reader's language.</param>
    /// <param name="classes">Those that the reader may see, in their order.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<PdfPage>> PagesAsync(
        PreparedKind kind, PublishedEvent e, IReadOnlyList<PublishedClass> classes, CancellationToken cancellationToken)
    {
        var pages = new List<PdfPage>();
        foreach (var group in classes)
            pages.AddRange(kind == PreparedKind.ClassSheets
                ? SheetPdf.PagesOf(await sheets.PrintAsync(e, group.Id, actor: null, cancellationToken))
                : SlipsPdf.PagesOf(await SlipsOfAsync(e, group, kind == PreparedKind.Slips, cancellationToken), slipWords));
        return pages;
    }

    /// <summary>Draws pages into a file.</summary>
    /// <param name="file">Empty, to be sought and read.</param>
    /// <param name="kind">See <see cref="PagesAsync"/>.</param>
    /// <param name="e">The event, in the reader's language.</param>
    /// <param name="pages">At least one.</param>
    /// <param name="drawn">Told how many pages of how many are drawn; null for nobody.</param>
    /// <param name="cancellationToken">Ends the drawing.</param>
    public void Write(Stream file, PreparedKind kind, PublishedEvent e, IReadOnlyList<PdfPage> pages, Action<int, int>? drawn,
        CancellationToken cancellationToken)
    {
        var title = kind == PreparedKind.ClassSheets ? paperWords["Title", e.Title] : slipWords["Title", e.Title];
        var properties = new PdfProperties(title, CultureInfo.CurrentUICulture.Name, time.GetUtcNow(), e.Organization);
        PdfDocument.Write(file, properties, pages, drawn, cancellationToken);
    }

    /// <summary>
    /// What a prepared file is compared by before it is sent: another one where slips were issued, replaced or ended since, which no change
    /// of the event tells. Null for class sheets.
    /// </summary>
    public async Task<string?> StateAsync(PreparedKind kind, int eventId, CancellationToken cancellationToken)
    {
        if (kind == PreparedKind.ClassSheets)
            return null;
        await using var db = dbFactory.Open();
        var open = await db.Slips.Where(slip => slip.EventId == eventId && slip.RevokedAt == null).GroupBy(_ => 1)
            .Select(all => new { Count = all.Count(), Last = all.Max(slip => slip.Id) }).SingleOrDefaultAsync(cancellationToken);
        return string.Create(CultureInfo.InvariantCulture, $"{open?.Count}.{open?.Last}");
    }

    private async Task<SlipsView> SlipsOfAsync(
        PublishedEvent e, PublishedClass group, bool withNames, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var pupils = await slips.ReadAsync(db, e.Id, group.Id, cancellationToken);
        return new SlipsView(e, group, pupils, withNames, MayChange: false, "", _ => "", address)
        {
            IsDesk = true,
            PdfAddress = "",
        };
    }
}
