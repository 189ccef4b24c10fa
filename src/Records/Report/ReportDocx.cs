using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Drawing.Report;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Report;

/// <summary>The activity report of an event as a document to go on writing in; it says what the PDF says.</summary>
public sealed class ReportDocx(
    ReportWriter writer, IStringLocalizer<ReportText> words, InterfaceLanguages languages, TimeProvider time)
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    /// <param name="to">Sought while it is written.</param>
    /// <param name="e">The event.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task WriteAsync(MemoryStream to, PublishedEvent e, CancellationToken cancellationToken)
    {
        var report = await writer.WriteAsync(e, cancellationToken);
        using var document = WordprocessingDocument.Create(to, WordprocessingDocumentType.Document);
        var properties = document.PackageProperties;
        (properties.Title, properties.Creator) = ($"{report.Kind} · {e.Title}", e.Organization);
        (properties.Language, properties.Created) = (languages.Current.Tag, time.GetUtcNow().UtcDateTime);
        var main = document.AddMainDocumentPart();
        main.AddNewPart<StyleDefinitionsPart>().Styles = DocxStyles.In(languages.Current.Tag);
        var foot = main.AddNewPart<FooterPart>();
        foot.Footer = new Footer(DocxParts.PageLine(words["Page", DocxParts.PageNumber, DocxParts.PageCount]));
        main.Document = new Document(new Body([.. ContentOf(report, main), DocxParts.Page(main.GetIdOfPart(foot))]));
    }

    private static IEnumerable<OpenXmlElement> ContentOf(ReportContent report, MainDocumentPart main)
    {
        yield return DocxParts.Text(report.Kind, DocxStyles.Kind);
        yield return DocxParts.Text(report.Title, DocxStyles.Title);
        yield return DocxParts.Pairs(report.Facts);
        yield return DocxParts.Text("", DocxStyles.Small); // else the two tables would be one
        yield return DocxParts.Figures(report.Figures);
        foreach (var paragraph in report.Overview)
            yield return DocxParts.Text(paragraph);
        yield return DocxParts.Heading(report.PartsHeading);
        if (report.Parts.Count > 0)
            yield return DocxParts.Pairs(report.Parts);
        if (report.PartsNote is { } note)
            yield return DocxParts.Text(note, DocxStyles.Small);
        foreach (var chart in report.Charts)
        {
            yield return DocxParts.Heading(chart.Heading);
            yield return DocxParts.Numbers(null, [.. chart.Bars.Select(bar => (IReadOnlyList<string>)[bar.Label, $"{bar.Value}"])]);
        }
        if (report.Rows.Count > 0)
        {
            yield return DocxParts.Heading(report.TableHeading);
            yield return DocxParts.Numbers(report.Columns, report.Rows);
        }
        foreach (var part in PhotosOf(report, main).Concat(WordsOf(report)))
            yield return part;
    }

    private static IEnumerable<OpenXmlElement> PhotosOf(ReportContent report, MainDocumentPart main)
    {
        if (report.Photos.Count > 0)
            yield return DocxParts.Heading(report.PhotosHeading);
        foreach (var (at, photo) in report.Photos.Index())
        {
            var part = main.AddImagePart(ImagePartType.Jpeg);
            using (var jpeg = new MemoryStream(photo.Jpeg))
                part.FeedData(jpeg);
            yield return DocxPhoto.Of(photo, main.GetIdOfPart(part), at + 1);
            yield return DocxParts.Text(photo.Caption, DocxStyles.Small);
        }
    }

    private static IEnumerable<OpenXmlElement> WordsOf(ReportContent report)
    {
        if (report.Lessons.Count > 0)
            yield return DocxParts.Heading(report.LessonsHeading);
        foreach (var paragraph in report.Lessons)
            yield return DocxParts.Text(paragraph);
        yield return DocxParts.Heading(report.SummaryHeading);
        foreach (var sentence in report.Summary)
            yield return DocxParts.Text(sentence);
        foreach (var sentence in report.Notes)
            yield return DocxParts.Text(sentence, DocxStyles.Small);
    }
}
