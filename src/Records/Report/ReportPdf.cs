using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Drawing.Pdf;
using SafetyCampaign.Drawing.Report;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Report;

/// <summary>The activity report of an event as a PDF, in the language of whoever takes it out.</summary>
public sealed class ReportPdf(
    ReportWriter writer, IStringLocalizer<ReportText> words, InterfaceLanguages languages, TimeProvider time)
{
    public async Task WriteAsync(Stream to, PublishedEvent e, CancellationToken cancellationToken)
    {
        var report = await writer.WriteAsync(e, cancellationToken);
        using var file = new MemoryStream(); // sought while it is drawn
        PdfDocument.Write(file, new PdfProperties($"{report.Kind} · {e.Title}", languages.Current.Tag, time.GetUtcNow(), e.Organization),
            ReportDrawing.PagesOf(report, (page, pages) => words["Page", page, pages]));
        file.Position = 0;
        await file.CopyToAsync(to, cancellationToken);
    }
}
