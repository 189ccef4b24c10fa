using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using SafetyCampaign.Display;
using SafetyCampaign.Storage;
using PdfFile = UglyToad.PdfPig.PdfDocument;

namespace SafetyCampaign.Tests.Records;

/// <summary>The activity report as a document: it says what the PDF says, in the form that office programs read.</summary>
public sealed partial class ReportDocxTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private const string ContentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zh-CN", "按身份", "经验和不足", "照片")]
    [InlineData("en", "By role", "What we learned", "Photos")]
    public async Task It_is_valid_and_says_what_the_PDF_says(string language, string chart, string lessons, string photos)
    {
        var (e, desk) = await BeginAsync(language);

        var bytes = await DocxAsync(desk, e);

        using var document = WordprocessingDocument.Open(new MemoryStream(bytes), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(document, Cancellation)
            .Select(wrong => $"{wrong.Path?.XPath}: {wrong.Description}"));
        var body = document.MainDocumentPart!.Document!.Body!;
        var headings = body.Descendants<Paragraph>().Where(p => p.ParagraphProperties?.ParagraphStyleId?.Val == "Heading1")
            .Select(p => p.InnerText).ToList();
        Assert.All([chart, lessons, photos], heading => Assert.Contains(heading, headings));
        Assert.Equal(headings.Count, headings.Distinct().Count());
        Assert.True(body.Descendants<Table>().Count() >= 5);
        Assert.Single(document.MainDocumentPart.ImageParts);
        // Every word of the PDF but its page numbers, which the reader of a document counts.
        using var pdf = PdfFile.Open(await (await desk.GetAsync($"{Report(e)}.pdf")).Content.ReadAsByteArrayAsync(Cancellation));
        var said = WithoutSpaces(body.InnerText);
        foreach (var word in pdf.GetPages().SelectMany(p => p.GetWords()).Select(w => w.Text).Where(w => !w.Any(char.IsAsciiDigit)))
            if (!PageWords().IsMatch(word))
                Assert.Contains(WithoutSpaces(word), said, StringComparison.Ordinal);
        Assert.DoesNotContain("陈思雨", said, StringComparison.Ordinal);
    }

    private async Task<(SeededEvent, DeskVisitor)> BeginAsync(string language)
    {
        var e = await app.SeedEventAsync(title: "Water & <safety>");
        var desk = await DeskVisitor.SignInAsync(app, e.Organization, language: language);
        using var phone = app.CreateClient();
        await phone.SignedAsync(e, "陈思雨", "陈强");
        await phone.SignAsync(e.Code, Signing.Alone("teacher", name: "何老师"));
        await app.SeedReportPhotoAsync(e);
        var scene = (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!.Scenes[0];
        await app.Get<StageConductor>().ShowAsync(e.Id, scene.Id, 0, AuditActor.Program);
        await desk.SendAsync($"{Report(e)}/edit", ("Form.Title", "Water & <safety>"), ("Form.Overview", "全校参加。"),
            ("Form.Lessons", "下次早点发通知。"));
        return (e, desk);
    }

    private static async Task<byte[]> DocxAsync(DeskVisitor desk, SeededEvent e)
    {
        var answer = await desk.GetAsync($"{Report(e)}.docx");
        Assert.Equal(ContentType, answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadAsByteArrayAsync(Cancellation);
    }

    private static string Report(SeededEvent e) => $"/organize/events/{e.Code}/records/report";

    private static string WithoutSpaces(string text) => Spaces().Replace(text, "");

    [GeneratedRegex("^(Page|of|第.*页)$")]
    private static partial Regex PageWords();

    [GeneratedRegex("\\s")]
    private static partial Regex Spaces();
}
