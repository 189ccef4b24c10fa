using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Campaigns;

/// <summary>
/// Holds the official wordings to the letters they were published with. If a test here fails, the text is wrong, not the
/// test.
/// </summary>
public sealed class OfficialTextsTests
{
    [Fact]
    public void The_six_donts_stand_as_the_ministry_wrote_them() =>
        Assert.Equal(
            "不私自下水游泳；不擅自与他人结伴游泳；不在无家长或教师带领的情况下游泳；不到无安全设施、无救援人员的水域游泳；不到不熟悉的水域游泳；不熟悉水性的学生不擅自下水施救",
            string.Join('；', OfficialTexts.SixDonts));

    [Fact]
    public void Hunans_seven_donts_and_two_cans_stand_as_hunan_published_them() =>
        Assert.Equal(
            "不私自下水游泳；不擅自与他人结伴游泳；不在无家长或教师带领的情况下游泳；不到无安全设施、无救援人员的水域游泳；不到不熟悉的水域游泳；"
            + "不在上下学的途中下溪、河等游泳；不盲目下水施救；会互相提醒、劝阻并及时呼救和报告；会基本的自护、自救方法",
            string.Join('；', OfficialTexts.HunanSevenDontsTwoCans));

    [Fact]
    public void A_student_is_offered_the_six_donts_first_then_the_variants()
    {
        var offered = OfficialTexts.For(SignerRole.Student);
        Assert.Equal(OfficialTexts.SixDonts, offered[0].Clauses);
        Assert.Equal([.. OfficialTexts.SixDonts, "学会基本的自救与互救技能"], offered[1].Clauses);
        Assert.Equal(OfficialTexts.HunanSevenDontsTwoCans, offered[2].Clauses);
    }

    [Fact]
    public void A_guardian_knows_the_four_things_and_the_ministrys_addition()
    {
        var clauses = OfficialTexts.For(SignerRole.Guardian)[0].Clauses;
        Assert.Contains(clauses, c => c.Contains("知去向、知同伴、知内容、知归时", StringComparison.Ordinal));
        Assert.Contains("尤其要教育孩子遇到同伴溺水时避免手拉手盲目施救，要智慧救援，立即寻求成人帮助", clauses);
    }

    [Fact]
    public void Every_text_frees_nobody_of_a_duty_and_calls_itself_a_promise()
    {
        foreach (var wording in Enum.GetValues<SignerRole>().SelectMany(OfficialTexts.For))
        {
            Assert.EndsWith("本承诺为安全教育承诺，不免除任何一方的法定责任。", wording.Closing, StringComparison.Ordinal);
            Assert.Contains("承诺书", wording.Title, StringComparison.Ordinal);
            var all = string.Concat([wording.Title, .. wording.Clauses, wording.Closing]);
            Assert.DoesNotContain("责任书", all, StringComparison.Ordinal);
            Assert.DoesNotContain("责任自负", all, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_text_fits_what_an_organizer_may_write() =>
        Assert.All(Enum.GetValues<SignerRole>().SelectMany(OfficialTexts.For), wording =>
        {
            Assert.InRange(wording.Title.Length, 1, PledgeWording.TitleMaxLength);
            Assert.InRange(wording.Clauses.Count, 1, PledgeWording.MaxClauses);
            Assert.All(wording.Clauses, clause => Assert.InRange(clause.Length, 1, PledgeWording.ClauseMaxLength));
            Assert.InRange(wording.Closing.Length, 1, PledgeWording.ClosingMaxLength);
        });

    public static TheoryData<SignerRole, int> Offered() =>
        new(Enum.GetValues<SignerRole>().SelectMany(role => OfficialTexts.For(role).Select((_, i) => (role, i))));

    [Theory, MemberData(nameof(Offered))]
    public void Every_text_comes_with_an_official_translation_clause_by_clause(SignerRole role, int place)
    {
        var wording = OfficialTexts.For(role)[place];

        var english = Assert.Single(OfficialTexts.TranslationsOf(wording));

        Assert.Equal(("en", TextDirection.LeftToRight, true), (english.Language, english.Direction, english.Official));
        Assert.Equal(wording.Clauses.Count, english.Wording.Clauses.Count);
        Assert.InRange(english.Wording.Title.Length, 1, PledgeTranslation.TitleMaxLength);
        Assert.All(english.Wording.Clauses, clause => Assert.InRange(clause.Length, 1, PledgeTranslation.ClauseMaxLength));
        Assert.Distinct(english.Wording.Clauses);
        Assert.EndsWith("it does not release any party from its legal responsibilities.", english.Wording.Closing,
            StringComparison.Ordinal);
        Assert.InRange(english.Wording.Closing.Length, 1, PledgeTranslation.ClosingMaxLength);
        Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}",
            string.Concat([english.Wording.Title, .. english.Wording.Clauses, english.Wording.Closing]));
    }

    [Fact]
    public void The_translated_variants_share_the_clauses_that_the_chinese_share()
    {
        var offered = OfficialTexts.For(SignerRole.Student);
        var english = offered.Select(wording => OfficialTexts.TranslationsOf(wording)[0].Wording.Clauses).ToList();
        for (var one = 0; one < offered.Count; one++)
            for (var other = 0; other < offered.Count; other++)
                foreach (var (place, clause) in offered[one].Clauses.Index())
                    if (offered[other].Clauses.ToList().IndexOf(clause) is var same and >= 0)
                        Assert.Equal(english[one][place], english[other][same]);
    }

    [Fact]
    public void A_wording_that_was_changed_has_no_official_translation() =>
        Assert.Empty(OfficialTexts.TranslationsOf(OfficialTexts.For(SignerRole.Student)[0] with { Closing = "。" }));
}
