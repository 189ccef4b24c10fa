using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Display.Scenes;

/// <summary>The oath: first all rise, then it is read together, a line at a time.</summary>
public sealed class OathScene : StageSceneDescriptor
{
    public override SceneKind Kind => SceneKind.Oath;

    public override Type ResourceType => typeof(OathText);

    public override IReadOnlyList<SceneSetting> Settings { get; } =
    [
        new NumberSetting(nameof(SceneSettings.CountdownSeconds), SceneSettings.MinCountdownSeconds, SceneSettings.MaxCountdownSeconds,
            settings => settings.CountdownSeconds, (settings, seconds) => settings with { CountdownSeconds = seconds }),
        new LinesSetting(nameof(SceneSettings.Lines), SceneSettings.LineMaxLength, SceneSettings.MaxLines,
            settings => settings.Lines, (settings, lines) => settings with { Lines = lines }),
    ];

    public override string LeadIn => "HostRise";

    public override bool AsksToSign => true;

    /// <summary>What is read: the scene's own lines, or else the clauses of the student's text.</summary>
    public static IReadOnlyList<string> LinesOf(PublishedEvent e, PublishedScene oath) =>
        oath.Settings.Lines.Count > 0 ? oath.Settings.Lines : e.TextFor(SignerRole.Student)?.Wording.Clauses ?? [];

    /// <summary>Where a line stands while another is read: <c>now</c>, <c>was</c> (read before it), <c>gone</c> or <c>next</c>.</summary>
    /// <param name="line">From 0, like <paramref name="read"/>.</param>
    /// <param name="read">The line that is read.</param>
    public static string PlaceOf(int line, int read) =>
        line == read ? "now" : line == read - 1 ? "was" : line < read ? "gone" : "next";

    public override int Steps(PublishedEvent e, PublishedScene scene) => LinesOf(e, scene).Count + 1;

    public override string? LineAt(PublishedEvent e, PublishedScene scene, int step) => step > 0 ? LinesOf(e, scene)[step - 1] : null;

    /// <summary>The oath has been spoken: now they are to sign it.</summary>
    public override bool SignsNext(int step, int steps, EventState state) => step == steps - 1 && state != EventState.Closed;

    /// <summary>A line takes longer to say than any double press; the one after it is not to be skipped.</summary>
    public override int SettleTime => 650;
}
