using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace SafetyCampaign.Records.Report;

/// <summary>The styles of a document, which its reader can change all at once.</summary>
internal static class DocxStyles
{
    public const string Title = "Title";
    public const string Heading = "Heading1";
    public const string Kind = "Subtitle";
    public const string Small = "Small";

    private const string Deep = "0B3C5D";
    private const string Soft = "46606D";

    /// <param name="language">Its tag, for the spelling of the document.</param>
    public static Styles In(string language) => new(
        new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle(
                // As every office has them; where they are not, another face of the same script is taken.
                new RunFonts { Ascii = "Calibri", HighAnsi = "Calibri", EastAsia = "Microsoft YaHei" },
                new FontSize { Val = "22" }, // half points
                new Languages { Val = language, EastAsia = language })),
            new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(
                new SpacingBetweenLines { After = "60", Line = "312", LineRule = LineSpacingRuleValues.Auto }))), // twentieths; 1.3 lines
        Style("Normal", "Normal", [], [], isDefault: true),
        Style(Title, "Title", [new SpacingBetweenLines { After = "160" }],
            [new Bold(), new Color { Val = Deep }, new FontSize { Val = "44" }]),
        Style(Kind, "Subtitle", [new SpacingBetweenLines { After = "0" }], [new Color { Val = Soft }, new FontSize { Val = "24" }]),
        Style(Heading, "heading 1",
            [new KeepNext(), new SpacingBetweenLines { Before = "240", After = "80" }, new OutlineLevel { Val = 0 }],
            [new Bold(), new Color { Val = Deep }, new FontSize { Val = "28" }]),
        Style(Small, "Small", [], [new Color { Val = Soft }, new FontSize { Val = "19" }]));

    private static Style Style(string id, string name, OpenXmlElement[] paragraph, OpenXmlElement[] run, bool isDefault = false)
    {
        var style = new Style { Type = StyleValues.Paragraph, StyleId = id, StyleName = new StyleName { Val = name } };
        if (isDefault)
            style.Default = true;
        else
            style.Append(new BasedOn { Val = "Normal" }, new NextParagraphStyle { Val = "Normal" });
        style.Append(new PrimaryStyle());
        if (paragraph.Length > 0)
            style.Append(new StyleParagraphProperties(paragraph));
        if (run.Length > 0)
            style.Append(new StyleRunProperties(run));
        return style;
    }
}
