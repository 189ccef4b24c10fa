using FsCheck;
using FsCheck.Fluent;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Campaigns;

/// <summary>Names as people have them (docs/domain.md 8), and what others type where a name is asked for.</summary>
public static class Names
{
    private static readonly (int From, int To)[] Ideographs =
    [
        (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B739), (0x2B740, 0x2B81D), (0x2B820, 0x2CEA1),
        (0x2CEB0, 0x2EBE0), (0x30000, 0x3134A), (0x31350, 0x323AF), // extensions A to H
    ];

    private static Gen<string> Ideograph => from range in Gen.Elements(Ideographs)
                                            from c in Gen.Choose(range.From, range.To)
                                            select char.ConvertFromUtf32(c);

    private static Gen<string> Han =>
        from surname in Gen.Elements("王", "李", "张", "欧阳", "司马", "尉迟", "𠮷", "𬭊")
        from given in Many(Ideograph, 1, 3)
        select surname + given;

    private static Gen<string> Dotted =>
        from parts in Many(Many(Gen.Elements("买", "提", "吐", "尔", "逊", "阿", "卜", "杜", "热", "合", "曼", "麦"), 2, 6)
            .Select(part => part + "\0"), 2, 4)
        from dot in Gen.Elements("·", "\u30FB", "\uFF65", "\u2022")
        select parts.TrimEnd('\0').Replace("\0", dot);

    private static Gen<string> Uyghur => Many(Many(Gen.Elements("ئا", "ب", "د", "ۇ", "ر", "ا", "خ", "م", "ې", "ك", "ى", "ن"), 3, 9)
        .Select(w => w + " "), 1, 3).Select(n => n.Trim());

    private static Gen<string> Tibetan => Many(Gen.Elements("བསྟན", "འཛིན", "རྒྱ", "མཚོ", "ཚེ", "རིང", "སྒྲོལ", "དཀར")
        .Select(s => s + "\u0F0B"), 1, 5).Select(n => n.TrimEnd('\u0F0B'));

    private static Gen<string> OtherScripts =>
        Gen.Elements("ᠪᠠᠲᠤ", "ꆈꌠꁱꂷ", "김철수", "박\u1112\u1161\u11AB", "Нұрсұлтан Әбішұлы", "সুমন", "สมชาย", "ᥖᥭᥰ");

    private static Gen<string> Latin =>
        from words in Many(Gen.Elements("Zoë ", "Zoe\u0308 ", "O'Brien-Nguyễn ", "Nguye\u0302\u0303n ", "Jr. ", "Wolfeschlegelsteinhausen ",
            "Ｗａｎｇ ", "Þór\u3000", "de la ", "D\u2019Angelo "), 1, 4)
        select words.Trim();

    private static Gen<string> Seat => Gen.Choose(1, 60).Select(n => $"{n}");

    /// <summary>Every one of these is somebody's name.</summary>
    public static Gen<string> Real => Gen.OneOf(Han, Dotted, Uyghur, Tibetan, OtherScripts, Latin, Seat)
        .Where(name => name.Length <= PersonName.MaxLength);

    private static Gen<string> Nuisance => Gen.OneOf(
        Gen.Elements("\u200B", "\u200D", "\u2060", "\uFEFF", "\u034F", "\u00AD", "\u3164", "\u115F"), // seen as nothing
        Gen.Elements("\u202E", "\u2067", "\u200F", "\u061C", "\u2069"), // turned around
        Gen.Elements("😀", "👩‍👩‍👧", "🇨🇳", "1️⃣", "\u2764\uFE0F"),
        Gen.Elements("\0", "\u0007", "\n", "\t", "\u0085", "\u2028", "\u001B[31m"),
        Gen.Elements("\uD842", "\uDFB7", "\uD83D", "\uFFFE", "\uFFFF", "\uE000", "\U0010FFFF", "\U000E0041"),
        // letters and signs that join what follows, and a stack without a base
        Gen.Elements("\u0D4E", "\U000111C2", "\u0600", "\u1100", "\u0F90"),
        Gen.Elements("<b>", "=1+1", "*", "**", "；", "/", "　", " "),
        Gen.Choose(1, 40).Select(n => new string('\u0301', n)));

    /// <summary>Anything at all: names with nuisances in them, nuisances alone, strings of chance.</summary>
    public static Gen<string> Hostile => Gen.OneOf(
        Many(Gen.OneOf(Nuisance, Real), 1, 5),
        Many(Nuisance, 1, 6),
        ArbMap.Default.GeneratorFor<string>().Select(s => s ?? ""));

    public static Gen<string> Any => Gen.OneOf(Real, Hostile);

    private static Gen<string> Many(Gen<string> piece, int least, int most) =>
        from n in Gen.Choose(least, most)
        from pieces in piece.ListOf(n)
        select string.Concat(pieces);
}
