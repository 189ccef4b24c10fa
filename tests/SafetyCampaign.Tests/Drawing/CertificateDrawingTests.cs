using SafetyCampaign.Campaigns;
using SafetyCampaign.Drawing;
using SkiaSharp;

namespace SafetyCampaign.Tests.Drawing;

/// <summary>Whatever people are called, their page is drawn whole.</summary>
public sealed class CertificateDrawingTests
{
    private const string Nobodys = "\U0010FFFD"; // a private character: no font has a picture of it

    public static TheoryData<string> Names =>
    [
        "王芳", "王小明", "欧阳娜娜", "𠮷田", "𬭊", "葛\U000E0100城", "买买提·吐尔逊", "阿卜杜热合曼·阿卜杜克热木·麦麦提依明江", "ئابدۇراخمان ئابدۇكېرىم",
        "བསྟན་འཛིན་རྒྱ་མཚོ", "ᠪᠠᠲᠤ", "ꆈꌠ", "김철수", "Zoë O'Brien-Nguyễn", "Айгүл Қасымова", "王小明 12",
    ];

    /// <summary>Hostile to a page, but they could come.</summary>
    public static TheoryData<string> LongNames =>
    [
        Repeat("王", PersonName.MaxLength), Repeat("W", PersonName.MaxLength), Repeat("𠮷", PersonName.MaxLength),
        Repeat("Wolfgang ", 6) + "W",
        Repeat("ئابدۇر", 10), Repeat("རྒྱ", 20), Repeat("e\u0323\u0301\u0302\u0303", 20), Repeat("·王", 30),
        Repeat("한", PersonName.MaxLength),
    ];

    [Theory, MemberData(nameof(Names))]
    public void Every_letter_of_a_real_name_is_in_a_face_that_we_bring(string name)
    {
        foreach (var fonts in new[] { Fonts.Regular, Fonts.SemiBold })
            Assert.All(Graphemes.Of(name), letter => Assert.True(letter == " " || fonts.OwnFaceFor(letter) is not null, letter));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_name_is_drawn(string name) => Assert.InRange(InkOfTheName(Draw(name)), 500, 100_000);

    [Theory, MemberData(nameof(LongNames))]
    public void A_long_name_is_drawn_smaller_and_never_over_the_margin(string name)
    {
        using var page = Draw(name);

        Assert.InRange(InkOfTheName(page), 500, 150_000);
        Assert.Equal(0, Ink(page, new SKRectI(50, 320, 100, 520)));
        Assert.Equal(0, Ink(page, new SKRectI(CertificateDrawing.Width - 100, 320, CertificateDrawing.Width - 50, 520)));
    }

    [Fact]
    public void What_no_face_has_is_marked_as_printers_mark_a_missing_type() =>
        Assert.Equal(Draw("王〓").Bytes, Draw("王" + Nobodys).Bytes);

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(20)]
    public void Clauses_fit_or_are_left_out(int clauses)
    {
        using var page = Draw("王芳", Enumerable.Repeat(Repeat("一", PledgeWording.ClauseMaxLength), clauses).ToList());

        Assert.Equal(0, Ink(page, new SKRectI(50, 560, 100, 1000)));
    }

    [Fact]
    public void A_translation_stands_below_each_clause_where_both_can_be_read_and_else_is_left_out()
    {
        var english = OfficialTexts.TranslationsOf(OfficialTexts.For(SignerRole.Student)[0])[0].Wording;
        var clauses = new SKRectI(100, 590, 980, 940);
        using var alone = Draw("王芳");
        using var both = Decode(Page("王芳") with { TitleTranslation = english.Title, ClauseTranslations = english.Clauses });
        using var tooLong = Decode(Page("王芳") with { ClauseTranslations = [.. english.Clauses.Select(clause => Repeat(clause, 5))] });

        Assert.InRange(Soft(alone, clauses), 0, 20); // a few edges of other letters have that colour
        Assert.InRange(Soft(both, clauses), 1000, 50_000);
        Assert.Equal(0, Ink(both, new SKRectI(50, 60, 100, 1000)));
        Assert.InRange(Soft(tooLong, clauses), 0, 20);
        Assert.InRange(Ink(tooLong, clauses), 0.95 * Ink(alone, clauses), 1.05 * Ink(alone, clauses));
    }

    [Fact]
    public void A_signature_that_is_a_flat_line_stays_a_line()
    {
        using var page = Decode(
            Page("王芳") with { Signatures = [new("学生 王芳", "王芳", Strokes.Decode(SafetyCampaign.Tests.Ink.Draw([(0, 0), (900, 0)])))] });

        Assert.InRange(Ink(page, new SKRectI(110, 950, 970, 1060)), 200, 5000);
    }

    /// <summary>The dots that are drawn in the colour of a translation.</summary>
    private static int Soft(SKBitmap page, SKRectI area) => Enumerable.Range(area.Top, area.Height)
        .Sum(y => Enumerable.Range(area.Left, area.Width).Count(x => page.GetPixel(x, y) == new SKColor(0x46, 0x60, 0x6d)));

    private static int InkOfTheName(SKBitmap page) => Ink(page, new SKRectI(100, 320, CertificateDrawing.Width - 100, 520));

    private static int Ink(SKBitmap page, SKRectI area)
    {
        var dots = 0;
        for (var y = area.Top; y < area.Bottom; y++)
            for (var x = area.Left; x < area.Right; x++)
                dots += page.GetPixel(x, y).Red < 128 ? 1 : 0;
        return dots;
    }

    private static SKBitmap Draw(string name, IReadOnlyList<string>? clauses = null) => Decode(Page(name, clauses));

    private static SKBitmap Decode(Certificate certificate) => SKBitmap.Decode(CertificateDrawing.Png(certificate));

    private static Certificate Page(string name, IReadOnlyList<string>? clauses = null) => new()
    {
        Title = "学生防溺水承诺书",
        Names = [name],
        Belonging = "大塘冲小学 五（1）班",
        Promise = "在“暑期防溺水宣传活动”中郑重承诺",
        Clauses = clauses ?? OfficialTexts.SixDonts,
        Signatures = [new CertificateSignature("家长 王芳", "王芳", null)],
        Facts = ["2026 年 7 月 17 日", "大塘冲社区"],
        NumberCaption = "编号",
        Numbers = "428",
        Kind = "电子承诺记录",
        VerificationCaption = "核验码",
        Verification = "0000-01AB-CDEF",
        VerificationAddress = "https://PLEDGE.EXAMPLE.ORG/VERIFY/0000-01AB-CDEF",
    };

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
