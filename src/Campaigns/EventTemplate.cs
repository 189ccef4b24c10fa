namespace SafetyCampaign.Campaigns;

/// <summary>
/// The programme of the founding case (docs/domain.md 1) from arriving to going home: film, speech, lecture, CPR practice,
/// oath, signing, with a welcome before, the wave and thanks after. Chinese starting points that the organizer edits.
/// </summary>
public static class EventTemplate
{
    public const string Title = "暑期防溺水宣传活动";

    public static IReadOnlyList<Scene> Scenes() =>
    [
        new(SceneKind.Welcome, "欢迎",
            "入场时放这一屏。请大家坐好，手机调成静音，不要关机：待会儿签名要用。先到的可以扫码看承诺书。"),
        new(SceneKind.Film, "防溺水安全教育专题片",
            "关灯，试好音量；家长和学生一起看。放完先安静几秒，再开灯。"),
        new(SceneKind.Speech, "动员讲话",
            "社区或街道负责人讲，五分钟以内：为什么是今天，家里能做什么，社区会做什么。",
            new SceneSettings { KeySentence = "每一个孩子，都平安回家" }),
        new(SceneKind.Lecture, "防溺水知识讲座",
            "救援队员讲，四张图，每张两三分钟：浮起来等救援；抽筋怎么办；有人溺水时叫、伸、抛；不手拉手、不下水。\n请孩子上来做一遍：大声呼救，趴低，伸杆。"),
        new(SceneKind.Cpr, "心肺复苏实操",
            "分组上手，急救员在旁边纠正。按压每分钟 100–120 次，成人按下 5–6 厘米，儿童约 5 厘米；按 30 次，吹 2 口气。\n溺水者按压和人工呼吸都要做；不控水。"),
        new(SceneKind.Oath, "集体宣誓",
            "请全体起立。领读一句，大家跟一句，读完再翻下一句。全部读完停一停，再按“现在签”。"),
        new(SceneKind.Signing, "签署承诺书",
            "请家长拿出手机扫码，孩子和家长一起签。自愿签署，不点名、不排名；没带手机的回家再签。"),
        new(SceneKind.Wave, "承诺的浪潮",
            "倒计时一到，刚才签名的人一起出现。先别说话，让大家看完。"),
        new(SceneKind.Thanks, "谢谢每一个人",
            "报出总人数，谢谢每一个人；读一遍社区的承诺。提醒家长今晚和孩子再说一遍“四知”。",
            new SceneSettings { Promises = [.. OfficialTexts.For(SignerRole.Volunteer)[0].Clauses.Take(3)] }),
    ];
}
