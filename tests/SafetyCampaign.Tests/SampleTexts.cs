using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests;

/// <summary>Wordings and translations for tests.</summary>
public static class SampleTexts
{
    /// <summary>A guardian's wording that is not the official one.</summary>
    public static PledgeWording ForGuardians => Rewritten(SignerRole.Guardian);

    /// <summary>An organizer's Uyghur for <see cref="ForGuardians"/>.</summary>
    public static PledgeTranslation Uyghur { get; } = new("ug", TextDirection.RightToLeft,
        new PledgeWording("ئاتا-ئانىلارنىڭ سۇغا غەرق بولۇشنىڭ ئالدىنى ئېلىش ۋەدىنامىسى",
        [
            "«تۆتنى بىلىش»: بالامنىڭ نەگە، كىم بىلەن، نېمىگە بارغانلىقىنى ۋە قاچان قايتىدىغانلىقىنى بىلىمەن",
            "بالام سۇ ئۈزگەندە ياكى سۇ بويىدا بولغاندا باشتىن-ئاخىر يېنىدا بولىمەن",
            "بالامغا غەرق بولۇشنىڭ ئالدىنى ئېلىشتىكى «ئالتە قىلماسلىق»نى ئۆگىتىمەن",
            "بالامغا ھەمراھى سۇغا غەرق بولغاندا دەرھال چوڭلاردىن ياردەم سوراشنى ئۆگىتىمەن",
            "ياردەم سوراش ۋە يۈرەك-ئۆپكە جانلاندۇرۇش ساۋاتلىرىنى ئۆگىنىمەن",
            "ئۆزۈم قارىيالمىغاندا ئىشەنچلىك چوڭ ئادەمگە ھاۋالە قىلىمەن",
        ], "ئوقۇپ چىقتىم. بۇ ۋەدە بىخەتەرلىك تەربىيەسى ۋەدىسىدۇر."), Official: false);

    public static PledgeWording Rewritten(SignerRole role) =>
        OfficialTexts.For(role)[0] with { Closing = "我已读过。" + OfficialTexts.LiabilityLine };
}
