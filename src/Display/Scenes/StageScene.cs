using System.Text.Json;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Display.Scenes;

/// <summary>What a stage shows besides the counts: whole, so that a screen that has missed everything else is right.</summary>
/// <param name="Version">Grows with every change of the event and every act of the host.</param>
/// <param name="Revision">The event's own: when it grows, what is written on the page has changed as well.</param>
/// <param name="State"><c>draft</c>, <c>rehearsal</c>, <c>open</c> or <c>closed</c>.</param>
/// <param name="StartsAt">In the event's own zone, like <paramref name="HomeSigningUntil"/>.</param>
/// <param name="SceneId">0 is the signing scene of an event whose organizer has planned none.</param>
/// <param name="Kind">The scene's kind in lower case, e.g. <c>signing</c>.</param>
/// <param name="Step">The lecture's card, the oath's line (0: all rise), the group at CPR practice.</param>
/// <param name="Running">Film or metronome run, from <paramref name="Position"/> (milliseconds) at <paramref name="Now"/>;
/// the countdown and the wave since then; after the countdown, the count was revealed then.</param>
/// <param name="SigningUntil">When the countdown ends, in milliseconds since 1970; null without one.</param>
/// <param name="Held">The counts at which screens stand: they show no number. Null while they follow.</param>
/// <param name="Together">Those alone who signed while the count was held last, maybe nobody; null where nobody was counted apart.</param>
/// <param name="LargeCode">The code fills the screen.</param>
/// <param name="Volume">0 to 100; only where there is <paramref name="Sound"/>.</param>
/// <param name="Names">Masked, agreed to by the family and approved by the host; newest first, at most <see cref="MaxNames"/>.</param>
/// <param name="Now">The server's clock, in milliseconds since 1970: to which all other times of the message relate.</param>
public sealed record StageScene(
    string Code, long Version, long Revision, string State, string Title, string Place,
    DateTimeOffset StartsAt, DateTimeOffset? HomeSigningUntil,
    int SceneId, string Kind, int Step, bool Running, long Position, long? SigningUntil, Tally? Held,
    Tally? Together, bool LargeCode, bool Blank, bool Sound, int Volume, IReadOnlyList<string> Names, long Now)
{
    public const int MaxNames = 12;

    private static readonly JsonSerializerOptions Snapshot = new(JsonSerializerDefaults.Web);

    public static StageScene Of(Rundown rundown, StageState known, IReadOnlyList<string> names, DateTimeOffset now)
    {
        var e = rundown.Event;
        var holds = known.HoldsIn(e.State);
        var stage = holds ? known : new StageState(e.Id);
        // At the beginning of a rehearsal the first one stays the first when it is removed.
        var isAtFirst = e.State == EventState.Rehearsal && (!holds || stage is { SceneId: not null, SceneSince: null });
        var scene = rundown.Find(stage.SceneId) ?? (isAtFirst ? rundown.Scenes[0] : rundown.SceneWithoutHost);
        return new StageScene(
            e.Code, e.Revision + known.Version, e.Revision, e.StateAt(now).WireName(), e.Title, e.Place,
            e.Local(e.StartsAt), e.HomeSigningUntil is { } until ? e.Local(until) : null,
            scene.Id, rundown.DescriptorOf(scene).WireName, Math.Min(stage.Step, rundown.StepsOf(scene) - 1),
            stage.IsRunning, stage.PositionAt(now), stage.SigningUntil?.ToUnixTimeMilliseconds(),
            Read(stage.Held)?.WithoutSmallClasses(e), Read(stage.Together)?.WithoutSmallClasses(e), stage.LargeCode,
            stage.Blank, stage.Sound, stage.Volume, names, now.ToUnixTimeMilliseconds());
    }

    /// <summary>The counts as <see cref="StageState.Held"/> and <see cref="StageState.Together"/> keep them.</summary>
    public static string Keep(Tally tally) => JsonSerializer.Serialize(tally, Snapshot);

    /// <summary>What <see cref="Keep"/> has written; null for nothing.</summary>
    public static Tally? Read(string? kept) => kept is null ? null : JsonSerializer.Deserialize<Tally>(kept, Snapshot);
}
