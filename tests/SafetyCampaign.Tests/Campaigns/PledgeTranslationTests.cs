using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Campaigns;

/// <summary>A version of a pledge text with what may be read beside it.</summary>
public sealed class PledgeTranslationTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 17, 9, 0, 0, TimeSpan.FromHours(8));
    private static readonly PledgeWording Signed = new("承诺书", ["不私自下水游泳", "会大声呼救"], "我承诺。");
    private static readonly PledgeTranslation English = new("en", TextDirection.LeftToRight,
        new PledgeWording("Pledge", ["I will not swim without permission", "I can shout for help"], "I promise."), Official: true);
    private static readonly PledgeTranslation Uyghur = new("ug", TextDirection.RightToLeft,
        new PledgeWording("ۋەدىنامە", ["ئىجازەتسىز سۇ ئۈزمەيمەن", "ۋارقىراپ ياردەم سورايمەن"], "ۋەدە قىلىمەن."), Official: false);

    private readonly Campaign campaign = NewCampaign();

    [Fact]
    public void A_version_keeps_its_translations_in_one_order()
    {
        var text = campaign.Write(SignerRole.Student, Signed, Now, [Uyghur, English]);
        Assert.Equal(["en", "ug"], text.Translations.Select(t => t.Language));
    }

    [Fact]
    public void The_same_wording_with_the_same_translations_makes_no_version() =>
        Assert.Same(campaign.Write(SignerRole.Student, Signed, Now, [English, Uyghur]),
            campaign.Write(SignerRole.Student, Signed, Now.AddDays(1), [Uyghur, English]));

    public static TheoryData<string, PledgeTranslation[]> Changes() => new()
    {
        { "one less", [] },
        { "one more", [English, Uyghur] },
        { "another word", [English with { Wording = English.Wording with { Closing = "I do promise." } }] },
        { "another clause", [English with { Wording = English.Wording with { Clauses = ["I will not swim alone",
            "I can shout for help"] } }] },
        { "another direction", [English with { Direction = TextDirection.RightToLeft }] },
        { "another language", [English with { Language = "en-GB" }] },
        { "somebody else's", [English with { Official = false }] },
    };

    [Theory, MemberData(nameof(Changes))]
    public void A_change_of_a_translation_makes_the_next_version_with_another_hash(string what, PledgeTranslation[] translations)
    {
        var first = campaign.Write(SignerRole.Student, Signed, Now, [English]);

        var second = campaign.Write(SignerRole.Student, Signed, Now, translations);

        Assert.True((first.Version, second.Version) == (1, 2), what);
        Assert.NotEqual(first.ContentHash(), second.ContentHash());
        Assert.Equal(PledgeTextHash.Of(Signed, [English]), first.ContentHash());
    }

    [Fact]
    public void A_change_of_what_is_signed_changes_the_hash_and_the_order_of_translations_does_not()
    {
        Assert.NotEqual(PledgeTextHash.Of(Signed, [English]), PledgeTextHash.Of(Signed with { Clauses = ["不私自下水游泳会", "大声呼救"] }, [English]));
        Assert.Equal(PledgeTextHash.Of(Signed, [English, Uyghur]), PledgeTextHash.Of(Signed, [Uyghur, English]));
    }

    /// <summary>Whoever has kept a hash must find it again: if this fails, the canonical form was changed, and it must not be.</summary>
    [Fact]
    public void The_canonical_form_is_the_one_that_is_documented()
    {
        using var form = new MemoryStream();
        Number(1);
        Wording(Signed);
        Number(1);
        Text("ug");
        Number(1);
        Number(0);
        Wording(Uyghur.Wording);
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(form.ToArray()), PledgeTextHash.Of(Signed, [Uyghur]));

        void Wording(PledgeWording wording)
        {
            Text(wording.Title);
            Number(wording.Clauses.Count);
            foreach (var clause in wording.Clauses)
                Text(clause);
            Text(wording.Closing);
        }

        void Text(string text)
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(text);
            Number(bytes.Length);
            form.Write(bytes);
        }

        void Number(int number) => form.Write([(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number]);
    }

    [Fact]
    public void A_translation_with_other_clauses_than_the_wording_is_refused() =>
        Assert.Throws<ArgumentException>(() => campaign.Write(SignerRole.Student, Signed, Now,
            [English with { Wording = English.Wording with { Clauses = ["I will not swim without permission"] } }]));

    [Fact]
    public void Two_translations_into_one_language_are_refused() =>
        Assert.Throws<ArgumentException>(() =>
            campaign.Write(SignerRole.Student, Signed, Now, [English, English with { Official = false }]));

    [Fact]
    public void Next_years_campaign_begins_with_the_current_texts_and_their_translations()
    {
        campaign.Write(SignerRole.Student, Signed, Now);
        campaign.Write(SignerRole.Student, Signed, Now, [English, Uyghur]);
        var next = NewCampaign();

        next.TakeTextsFrom(campaign, Now.AddYears(1));

        var text = Assert.Single(next.Texts);
        Assert.Equal(1, text.Version);
        Assert.Equal(campaign.Texts[1].ContentHash(), text.ContentHash());
    }

    [Theory]
    [InlineData("en", "en")]
    [InlineData("en-GB", "en")]
    [InlineData("UG", "ug")]
    [InlineData("bo", null)]
    [InlineData("e", null)]
    public void A_reader_is_given_the_translation_of_the_language_or_of_a_near_one(string asked, string? given) =>
        Assert.Equal(given, PledgeTranslation.For([English, Uyghur], asked)?.Language);

    [Fact]
    public void Of_two_of_one_language_the_very_tag_is_given() =>
        Assert.Equal("en-GB", PledgeTranslation.For([English, English with { Language = "en-GB" }], "en-GB")!.Language);

    private static Campaign NewCampaign() =>
        new(new Organization("大塘冲社区", OrganizationKind.Community), "2026 暑期防溺水", new DateOnly(2026, 9, 30), Now);
}
