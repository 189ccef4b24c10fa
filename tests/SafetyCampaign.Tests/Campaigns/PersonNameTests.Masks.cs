using System.Text;
using FsCheck.Fluent;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Campaigns;

/// <summary>What a name shows on the stage.</summary>
public sealed partial class PersonNameTests
{
    [Theory]
    [InlineData("王芳", "王*")]
    [InlineData("王小明", "王**")]
    [InlineData("欧阳娜娜", "欧**")] // the second half of a rare surname would nearly name the child
    [InlineData("司马", "司*")]
    [InlineData("𠮷田", "𠮷*")]
    [InlineData("葛\U000E0100城", "葛\U000E0100*")]
    [InlineData("买买提·吐尔逊", "买**")]
    [InlineData("ئابدۇراخمان ئابدۇكېرىم", "ئ**")]
    [InlineData("བསྟན་འཛིན", "བ**")]
    [InlineData("རྒྱ་མཚོ", "རྒྱ**")] // a stack is one letter
    [InlineData("Zoë O'Brien", "Z**")]
    [InlineData("Li", "L*")]
    [InlineData("김철수", "김**")]
    [InlineData("王", "*")]
    [InlineData("27", "**")]
    [InlineData("7", "*")]
    [InlineData("3号王小明", "***")]
    [InlineData("李小龙 12", "李**")]
    [InlineData("", "")]
    public void A_mask_leaves_the_first_letter(string name, string masked) => Assert.Equal(masked, PersonName.Mask(name));

    [Fact]
    public void A_mask_shows_one_letter_of_a_name_and_at_most_two_stars_more() =>
        Hold(Names.Real, name =>
        {
            var (letters, masked) = (Letters(name), Letters(PersonName.Mask(name)));
            return masked.Count == Math.Min(letters.Count, 3)
                && masked.Skip(1).All(letter => letter == "*")
                && (masked[0] == "*" || (masked[0] == letters[0] && letters.Count > 1));
        });

    [Fact]
    public void Names_that_begin_alike_and_have_three_letters_or_more_cannot_be_told_apart() =>
        Hold(from name in Names.Real from other in Names.Real select (name, other), pair =>
        {
            var (letters, others) = (Letters(pair.name), Letters(pair.other));
            return letters.Count < 3 || others.Count < 3 || !Rune.IsLetter(pair.name.EnumerateRunes().First())
                || PersonName.Mask(pair.name) == PersonName.Mask(letters[0] + string.Concat(others));
        });

    [Fact]
    public void Whatever_it_is_given_a_mask_shows_a_letter_or_none_and_masking_again_changes_nothing() =>
        Hold(Names.Any, name =>
        {
            var masked = PersonName.Mask(name);
            return masked.TrimEnd('*') is var shown && (shown == "" || (shown == Letters(name)[0] && shown.EnumerateRunes().All(IsSeen)))
                && masked.Length - shown.Length <= 2 + (shown == "" ? 1 : 0)
                && PersonName.Mask(masked) == masked;
        });

    [Fact]
    public void A_mask_is_quickly_done_with_a_million_of_anything()
    {
        foreach (var letter in new[] { "王", "𠮷", "\u0301", "a\u0301", "\u200D", "\u202E", "😀", "\uD842", "\u0D4E", "👩\u200D", "·" })
            Assert.InRange(PersonName.Mask(Repeat(letter, 1_000_000)).Length, 1, 4);
        Assert.Equal("**", PersonName.Mask("王" + Repeat("\u0301", 1_000_000) + "明"));
    }
}
