namespace SafetyCampaign.Campaigns;

/// <summary>
/// The official wordings offered as templates. The clauses of 六不 and 七不两会 stand word for word as the Ministry of
/// Education (2013-05-15, again in the letters of 2014, 2020, 2022) and Hunan (红网, 2022-07-13) published them;
/// docs/domain.md 3. Do not paraphrase them.
/// </summary>
public static class OfficialTexts
{
    /// <summary>Stands on every pledge we offer (docs/domain.md 3).</summary>
    public const string LiabilityLine = "本承诺为安全教育承诺，不免除任何一方的法定责任。";

    /// <summary>六不, word for word (docs/domain.md 3).</summary>
    public static IReadOnlyList<string> SixDonts { get; } =
    [
        "不私自下水游泳",
        "不擅自与他人结伴游泳",
        "不在无家长或教师带领的情况下游泳",
        "不到无安全设施、无救援人员的水域游泳",
        "不到不熟悉的水域游泳",
        "不熟悉水性的学生不擅自下水施救",
    ];

    /// <summary>七不两会: seven don'ts, then two cans, word for word (docs/domain.md 3).</summary>
    public static IReadOnlyList<string> HunanSevenDontsTwoCans { get; } =
    [
        "不私自下水游泳",
        "不擅自与他人结伴游泳",
        "不在无家长或教师带领的情况下游泳",
        "不到无安全设施、无救援人员的水域游泳",
        "不到不熟悉的水域游泳",
        "不在上下学的途中下溪、河等游泳",
        "不盲目下水施救",
        "会互相提醒、劝阻并及时呼救和报告",
        "会基本的自护、自救方法",
    ];

    private static readonly PledgeWording Student = new("学生防溺水承诺书", SixDonts,
        "遇到同伴溺水，我不手拉手盲目施救，立即大声呼救并向成人报告。" + LiabilityLine);

    private static readonly PledgeWording StudentOneCan = new("学生防溺水承诺书（六不一会）",
        [.. SixDonts, "学会基本的自救与互救技能"],
        "遇到同伴溺水，我不手拉手盲目施救，立即大声呼救并向成人报告。" + LiabilityLine);

    private static readonly PledgeWording StudentHunan = new("学生防溺水承诺书（七不两会）", HunanSevenDontsTwoCans,
        "遇到同伴溺水，我不手拉手盲目施救，立即大声呼救并向成人报告。" + LiabilityLine);

    private static readonly PledgeWording Guardian = new("家长防溺水承诺书",
        [
            "做到“四知”：知去向、知同伴、知内容、知归时",
            "孩子游泳、亲近水域时全程陪护，幼小的孩子不离一臂之内",
            "教育孩子牢记防溺水“六不”",
            "尤其要教育孩子遇到同伴溺水时避免手拉手盲目施救，要智慧救援，立即寻求成人帮助",
            "学习呼救和心肺复苏等救护常识",
            "不能亲自照看时，委托可靠的成年人照护，并说明防溺水要求",
        ],
        LiabilityLine);

    private static readonly PledgeWording Teacher = new("教师防溺水承诺书",
        [
            "开好防溺水主题班会",
            "把防溺水要求告知每一位家长",
            "放学前、周末前、假期前及时提醒",
            "关注重点学生，做好家访",
        ],
        LiabilityLine);

    private static readonly PledgeWording Volunteer = new("志愿者（社区）防溺水承诺书",
        [
            "按时巡查重点水域，劝离私自下水的人员",
            "查看救生设备“一杆一圈一绳一牌”，缺损及时报修",
            "向居民和学生宣传防溺水知识",
            "发现险情立即呼救、上报，不盲目下水施救",
        ],
        LiabilityLine);

    private static readonly (PledgeWording Official, IReadOnlyList<PledgeTranslation> Translations)[] Translated =
    [
        (Student, [OfficialTranslations.Student]),
        (StudentOneCan, [OfficialTranslations.StudentOneCan]),
        (StudentHunan, [OfficialTranslations.StudentHunan]),
        (Guardian, [OfficialTranslations.Guardian]),
        (Teacher, [OfficialTranslations.Teacher]),
        (Volunteer, [OfficialTranslations.Volunteer]),
    ];

    /// <summary>The wordings offered for a role, the first being the default.</summary>
    public static IReadOnlyList<PledgeWording> For(SignerRole role) => role switch
    {
        SignerRole.Student => [Student, StudentOneCan, StudentHunan],
        SignerRole.Guardian => [Guardian],
        SignerRole.Teacher => [Teacher],
        SignerRole.Volunteer => [Volunteer],
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };

    /// <summary>The translations that come with the product for an official wording; none for any other.</summary>
    public static IReadOnlyList<PledgeTranslation> TranslationsOf(PledgeWording wording)
    {
        foreach (var (official, translations) in Translated)
            if (official.SameAs(wording))
                return translations;
        return [];
    }

    /// <summary>Whether these are the words of a translation that comes with the product, for whatever wording.</summary>
    public static bool IsTranslation(PledgeWording words) =>
        Translated.Any(text => text.Translations.Any(translation => translation.Wording.SameAs(words)));

    /// <summary>Writes the default wording of every role into a campaign that has none, with its translations.</summary>
    public static void WriteInto(Campaign campaign, DateTimeOffset now)
    {
        foreach (var role in Enum.GetValues<SignerRole>())
            campaign.Write(role, For(role)[0], now, TranslationsOf(For(role)[0]));
    }
}
