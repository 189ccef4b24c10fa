namespace SafetyCampaign.Campaigns;

/// <summary>
/// The programme of the founding case (domain-facts 1): film, speech, lecture, CPR practice, oath, signing, thanks.
/// Titles and notes are Chinese starting points that the organizer edits.
/// </summary>
public static class EventTemplate
{
    public const string Title = "暑期防溺水宣传活动";

    public static IReadOnlyList<Scene> Scenes() =>
    [
        new(SceneKind.Film, "防溺水安全教育专题片", "关灯，调好音量；家长和学生一起看。"),
        new(SceneKind.Speech, "动员讲话", "社区或街道负责人，五分钟以内。"),
        new(SceneKind.Lecture, "防溺水知识讲座", "溺水的危险、盲目施救的危险、抽筋等紧急情况与自救。未成年人只做：叫、伸、抛，不下水、不手拉手。"),
        new(SceneKind.Cpr, "心肺复苏实操", "分组上手。按压每分钟 100–120 次；溺水者按压和人工呼吸都要做；不控水。"),
        new(SceneKind.Oath, "集体宣誓", "全体起立，逐条跟读“六不”。"),
        new(SceneKind.Signing, "签署承诺书", "请家长拿出手机扫码；孩子与家长一起签。自愿签署，不点名、不排名。"),
        new(SceneKind.Thanks, "致谢", "报出总人数；提醒家长今晚和孩子再说一遍“四知”。"),
    ];
}
