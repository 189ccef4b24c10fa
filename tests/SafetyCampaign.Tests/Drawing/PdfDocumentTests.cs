using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SafetyCampaign.Drawing;
using SafetyCampaign.Drawing.Pdf;
using SkiaSharp;
using UglyToad.PdfPig.Tokens;
using Document = UglyToad.PdfPig.PdfDocument;

namespace SafetyCampaign.Tests.Drawing;

/// <summary>PDFs read back by a library that did not write them.</summary>
public sealed class PdfDocumentTests
{
    private static readonly string[] Names =
        ["王小明", "𠮷田𬭊", "Müller-Łukasz Ngọc", "买买提·艾合买提", "offiziell", "〇喆㛃䶮", "核验码：E0A1-00Z9"];

    [Fact]
    public void Its_text_is_what_was_drawn_in_a_file_with_nothing_but_the_glyphs_in_use()
    {
        var file = Write(Names);

        using var pdf = Document.Open(file);
        Assert.Equal(2, pdf.NumberOfPages);
        Assert.Equal(Names, LinesOf(pdf, 1));
        Assert.Equal(["第二页"], LinesOf(pdf, 2));
        Assert.InRange(file.Length, 1, 100_000); // each of the two faces alone has millions
    }

    [Fact]
    public void What_no_face_has_is_drawn_as_its_code_and_does_not_stop_the_rest()
    {
        using var pdf = Document.Open(Write("甲\uE123乙"));

        Assert.Equal("甲乙123E".Order(), pdf.GetPage(1).Text.Order());
    }

    /// <summary>ISO 19005-2, what 2b asks of a file like ours; the numbers are its clauses.</summary>
    [Fact]
    public void It_has_the_parts_of_a_PDF_A_2b()
    {
        var file = Write(Names);
        var text = Encoding.Latin1.GetString(file);

        using var pdf = Document.Open(file);
        Assert.StartsWith("%PDF-1.", text, StringComparison.Ordinal); // 6.1.2: and a comment of bytes over 127
        Assert.All(text[(text.IndexOf("\n%", StringComparison.Ordinal) + 2)..][..4], c => Assert.True(c > 127));
        Assert.Matches(@"/ID\s*\[\s*[<(]", text[text.LastIndexOf("trailer", StringComparison.Ordinal)..]); // 6.1.3
        Assert.DoesNotContain("/Encrypt", text, StringComparison.Ordinal);
        Assert.DoesNotContain("/JavaScript", text, StringComparison.Ordinal); // 6.6.1
        Assert.DoesNotContain("/LZWDecode", text, StringComparison.Ordinal); // 6.1.7.2

        Assert.True(pdf.TryGetXmpMetadata(out var xmp)); // 6.6.4
        var metadata = xmp.GetXDocument();
        XNamespace pdfaid = "http://www.aiim.org/pdfa/ns/id/";
        Assert.Equal("2", metadata.Descendants(pdfaid + "part").Single().Value);
        Assert.Equal("B", metadata.Descendants(pdfaid + "conformance").Single().Value);
        Assert.Contains("大塘冲的书</rdf:li>", Encoding.UTF8.GetString(file), StringComparison.Ordinal); // 6.6.3: as in the other place
        Assert.Equal("大塘冲的书", pdf.Information.Title);

        var catalog = pdf.Structure.Catalog.CatalogDictionary;
        Assert.Equal("zh-CN", ((StringToken)catalog.Data["Lang"]).Data);
        var intents = (ArrayToken)Resolved(pdf, catalog.Data["OutputIntents"]); // 6.2.3
        var intent = (DictionaryToken)Resolved(pdf, intents.Data[0]);
        Assert.Equal("GTS_PDFA1", ((NameToken)intent.Data["S"]).Data);
        var profile = ((StreamToken)Resolved(pdf, intent.Data["DestOutputProfile"])).Data.Span;
        Assert.True(profile.Length > 128);

        var descriptors = Regex.Matches(text, @"/Type /FontDescriptor.*?>>", RegexOptions.Singleline);
        Assert.NotEmpty(descriptors);
        Assert.All(descriptors, d => Assert.Contains("/FontFile2", d.Value, StringComparison.Ordinal)); // 6.2.11.4
        Assert.DoesNotContain(pdf.GetPages().SelectMany(page => page.Letters), letter => letter.Value is null or "\0"); // 6.2.11.8
    }

    private static IToken Resolved(Document pdf, IToken token) =>
        token is IndirectReferenceToken reference ? pdf.Structure.GetObject(reference.Data).Data : token;

    /// <summary>From the top, the letters of each line from the left.</summary>
    private static List<string> LinesOf(Document pdf, int page) => [.. pdf.GetPage(page).Letters
        .GroupBy(letter => Math.Round(letter.StartBaseLine.Y)).OrderByDescending(line => line.Key)
        .Select(line => string.Concat(line.OrderBy(letter => letter.StartBaseLine.X).Select(letter => letter.Value)))];

    private static byte[] Write(params string[] lines)
    {
        using var file = new MemoryStream();
        PdfDocument.Write(file, new PdfProperties("大塘冲的书", "zh-CN", DateTimeOffset.UnixEpoch),
        [
            PdfPage.A4(canvas =>
            {
                using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
                for (var i = 0; i < lines.Length; i++)
                    TextBlock.Fit(lines[i], i % 2 == 0 ? Fonts.Regular : Fonts.SemiBold, 500, 40, 20, whole: true)
                        .DrawFrom(canvas, 40, 40 + 50 * i, ink);
            }),
            PdfPage.A4(canvas =>
            {
                using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
                TextBlock.Fit("第二页", Fonts.Regular, 500, 40, 20).DrawFrom(canvas, 40, 40, ink);
            }),
        ]);
        return file.ToArray();
    }
}
