using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Campaigns;

public sealed class AllowedCharactersTests
{
    [Theory]
    [InlineData("2026 暑期防溺水宣传活动")]
    [InlineData("第①场 → “珍爱生命·预防溺水”（贺家土街道）★№1 ℃ ± ½ © ™ ～ … ——")]
    [InlineData("买买提·吐尔逊, Renée O'Neil, 𠮷田, 𬭊")]
    [InlineData("葛\U000E0100城")] // an ideographic variation selector
    [InlineData("བོད་སྐད་")]
    [InlineData("ᠮᠣᠩᠭᠣᠯ\u180Eᠠ ᠬᠡᠯᠡ\u202Fᠶᠢᠨ")] // Mongolian's vowel separator and narrow space
    [InlineData("نمی\u200Cخواهم")] // Persian needs the non-joiner
    public void What_people_write_is_allowed(string text)
    {
        Assert.True(AllowedCharacters.InLine(text));
        Assert.True(AllowedCharacters.InText($"{text}\n{text}"));
        Assert.False(AllowedCharacters.InLine($"{text}\n{text}"));
    }

    [Theory]
    [InlineData("a\u0007b")]
    [InlineData("a\0b")]
    [InlineData("a\u0085b")]
    [InlineData("a\u2028b")]
    [InlineData("a\u202Eb")] // right-to-left override
    [InlineData("a\u2066b\u2069")]
    [InlineData("a\u200Eb")]
    [InlineData("a\u061Cb")]
    [InlineData("a\u200Bb")] // zero-width space
    [InlineData("王\u200C明")] // joiners are of no use there
    [InlineData("a\u200Db")]
    [InlineData("\u200C")]
    [InlineData("a\uFEFFb")]
    [InlineData("a\u00ADb")] // soft hyphen
    [InlineData("a\u2060b")]
    [InlineData("a\u3164b")] // Hangul filler
    [InlineData("a\u2800b")] // Braille blank
    [InlineData("a\u034Fb")]
    [InlineData("a\uFFFDb")] // what was not read
    [InlineData("a\uE000b")] // private use
    [InlineData("a\U000E0041b")] // tag
    [InlineData("平安🎈")]
    [InlineData("👨‍👩‍👧")]
    [InlineData("❤\uFE0F")]
    [InlineData("1\uFE0F\u20E3")]
    [InlineData("🇨🇳")]
    [InlineData("✅")]
    [InlineData("⭐")]
    [InlineData("a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301")]
    public void What_reads_as_something_else_is_refused(string text)
    {
        Assert.False(AllowedCharacters.InLine(text));
        Assert.False(AllowedCharacters.InText(text));
        // From a name what nobody sees is taken out.
        if (PersonName.TryRead(text, out var name) != NameProblem.None)
            return;
        Assert.True(AllowedCharacters.InLine(name));
        Assert.NotEqual(text, name);
    }

    [Fact]
    public void Half_a_character_is_refused()
    {
        Assert.False(AllowedCharacters.InLine("a\uD800"));
        Assert.False(AllowedCharacters.InText("\uDC00a"));
    }

    [Fact]
    public void All_official_texts_and_their_translations_are_allowed()
    {
        var wordings = Enum.GetValues<SignerRole>().SelectMany(OfficialTexts.For)
            .SelectMany(wording => OfficialTexts.TranslationsOf(wording).Select(t => t.Wording).Append(wording));

        Assert.All(wordings, wording =>
        {
            Assert.All([wording.Title, .. wording.Clauses], line => Assert.True(AllowedCharacters.InLine(line), line));
            Assert.True(AllowedCharacters.InText(wording.Closing), wording.Closing);
        });
    }
}
