using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display.Scenes;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Display;

/// <summary>
/// The only class that changes an event's stage. Each act sets an absolute state, is on disk before any screen is told, and
/// answers false where there is nothing such: no event, no scene, no signing to open. An act that somebody does, and not the
/// program by itself, has its line in the audit log.
/// </summary>
public sealed class StageConductor(
    CampaignDbFactory dbFactory, PublishedEvents events, PublishedStages stages,
    SceneRegistry<StageSceneDescriptor> kinds, TallyBoard board,
    ClockCheck clock, TimeProvider time)
{
    /// <summary>Two hosts at once need two tries; more failures than this are errors of the store.</summary>
    private const int MaxTries = 5;

    /// <summary>Brings a scene on, or another of its steps; beyond the last step it stays at the last.</summary>
    public Task<bool> ShowAsync(int eventId, int sceneId, int step, AuditActor? by = null) => ActAsync(eventId, (stage, e) =>
    {
        var rundown = new Rundown(e, kinds);
        if (rundown.Find(sceneId) is not { } scene)
            return false;
        if (scene.Kind == SceneKind.Wave && stage.SceneId != sceneId)
        {
            stage.StartWave(sceneId, stage.Together ?? TogetherOf(stage, e), time.GetUtcNow());
            return true;
        }
        // The thanks read the total out; a count that was held before would leave its place empty.
        if (scene.Kind == SceneKind.Thanks && stage.SceneId != sceneId)
            stage.Release();
        // Back from the countdown to its oath, and on again by 现在签, goes on with those who have signed.
        var isBack = scene.Kind == SceneKind.Oath && rundown.Find(stage.SceneId) is { } here
            && rundown.Before(new Cue(here, 0))?.Scene.Id == sceneId;
        stage.Show(sceneId, Math.Min(step, rundown.StepsOf(scene) - 1), time.GetUtcNow(), keepsCount: isBack);
        return true;
    }, by, AuditAction.SceneShown);

    /// <summary>Lets the film or the metronome run, or stand.</summary>
    public Task<bool> RunAsync(int eventId, bool running, AuditActor? by = null) =>
        ActAsync(eventId, stage => stage.Run(running, time.GetUtcNow()), by, AuditAction.PlaybackChanged);

    /// <summary>To a place in the film in milliseconds; the metronome begins anew.</summary>
    public Task<bool> SeekAsync(int eventId, long milliseconds, AuditActor? by = null) =>
        ActAsync(eventId, stage => stage.Seek(milliseconds, time.GetUtcNow()), by, AuditAction.PlaybackChanged);

    /// <param name="volume">0 to 100.</param>
    public Task<bool> SoundAsync(int eventId, bool sound, int volume, AuditActor? by = null) =>
        ActAsync(eventId, stage => stage.SetSound(sound, volume), by, AuditAction.SoundChanged);

    public Task<bool> BlankAsync(int eventId, bool blank, AuditActor? by = null) =>
        ActAsync(eventId, stage => stage.SetBlank(blank), by, AuditAction.StageBlanked);

    /// <summary>The code as large as the screens can show it, or no longer.</summary>
    public Task<bool> ShowLargeCodeAsync(int eventId, bool large, AuditActor? by = null) =>
        ActAsync(eventId, stage => stage.ShowLargeCode(large), by, AuditAction.LargeCodeShown);

    /// <summary>
    /// Keeps every screen at the present count, or lets them follow again; during the countdown that reveals it. After the end of
    /// signing no count is held.
    /// </summary>
    public Task<bool> HoldAsync(int eventId, bool hold, AuditActor? by = null) => ActAsync(eventId, (stage, e) =>
    {
        if (hold && e.StateAt(clock.Now) == EventState.Closed)
            return false;
        if (hold)
            stage.Hold(StageScene.Keep(board.Snapshot(e)));
        else if (stage.SigningUntil is not null && TogetherOf(stage, e) is { } together)
            stage.Reveal(together, time.GetUtcNow());
        else
            stage.Release();
        return true;
    }, by, AuditAction.CountHeld);

    /// <summary>
    /// 现在签: opens signing, shows the signing scene with its countdown, and holds the count until it is over. In the
    /// rehearsal, where everybody may sign for practice, nothing is opened. What was closed is not opened by it: the host is asked
    /// before that, and calls <see cref="OpenAsync(int, AuditActor?)"/>.
    /// </summary>
    public async Task<bool> SignNowAsync(int eventId, AuditActor? by = null) =>
        await OpenAsync(eventId, fromClosed: false, by) && await ActAsync(eventId, (stage, e) =>
        {
            var rundown = new Rundown(e, kinds);
            var from = rundown.Find(stage.SceneId);
            var signing = rundown.SigningFrom(from);
            // Pressed twice, it counts down once.
            if (stage.SceneId == signing.Id && stage.SigningUntil is not null)
                return true;
            var oath = from is { Kind: SceneKind.Oath } ? from : rundown.OathBefore(signing);
            var seconds = (oath?.Settings ?? SceneSettings.Usual).CountdownSeconds;
            var now = time.GetUtcNow();
            stage.SignUntil(signing.Id, StageScene.Keep(board.Snapshot(e)), now.AddSeconds(seconds), now);
            return true;
        }, by, AuditAction.SignNowStarted);

    /// <summary>
    /// Opens signing; true where people can sign now. The rehearsal is not ended here: opening wipes what was practised,
    /// and that is asked for at the desk. Nor is anything opened without a named contact (儿童个人信息网络保护规定 8), nor an event
    /// that an organizer has archived: opening would put it back into the lists.
    /// </summary>
    public Task<bool> OpenAsync(int eventId, AuditActor? by = null) => OpenAsync(eventId, fromClosed: true, by);

    /// <summary>Closes signing; a countdown is over with it, and the count is shown.</summary>
    public async Task<bool> CloseAsync(int eventId, AuditActor? by = null)
    {
        var isClosed = await ChangeAsync(eventId, by, AuditAction.SigningClosed, e =>
        {
            if (e.State == EventState.Open)
                e.Close(clock.Now);
            return e.State == EventState.Closed;
        });
        if (isClosed)
            await EndSigningAsync(eventId);
        return isClosed;
    }

    /// <summary>A name was let onto the stage, or left it; <see cref="Names.NameGate"/> says which are there.</summary>
    public Task<bool> NamesChangedAsync(int eventId) => ActAsync(eventId, stage => stage.Touch());

    /// <summary>The countdown is over: the count is revealed. The wave waits for the host.</summary>
    internal Task<bool> EndCountdownAsync(int eventId) => ActAsync(eventId, (stage, e) =>
    {
        if (!(stage.SigningUntil <= time.GetUtcNow()) || TogetherOf(stage, e) is not { } together)
            return false; // the host or another node has ended it already
        stage.Reveal(together, time.GetUtcNow());
        return true;
    });

    /// <summary>Signing has been closed, here or at the desk: nothing counts down or is held any more.</summary>
    internal Task<bool> EndSigningAsync(int eventId) => ActAsync(eventId, (stage, e) =>
    {
        if (e.State != EventState.Closed || stage is { Held: null, LargeCode: false })
            return false;
        stage.EndSigning(TogetherOf(stage, e), time.GetUtcNow());
        return true;
    });

    /// <summary>A rehearsal has begun or is over: the stage begins anew, unless a host has acted since.</summary>
    internal Task<bool> BeginAnewAsync(int eventId) => ActAsync(eventId, stage => stage.Touch());

    private Task<bool> OpenAsync(int eventId, bool fromClosed, AuditActor? by) => ChangeAsync(eventId, by, AuditAction.SigningOpened, e =>
    {
        if ((e.State == EventState.Draft || (fromClosed && e.State == EventState.Closed)) && e.ArchivedAt is null
            && e.Campaign.ErasedAt is null && e.Campaign.RulesInForce.Settings.HasContact && !(e.HomeSigningUntil <= clock.Now))
            e.Open(clock.Now);
        return CampaignEvent.SigningAt(e.State, e.HomeSigningUntil, clock.Now) is SigningStatus.Open or SigningStatus.Rehearsal;
    });

    /// <summary>Who has signed since the count was held, as it is kept; null where it is not held.</summary>
    private string? TogetherOf(StageState stage, PublishedEvent e) =>
        StageScene.Read(stage.Held) is { } held ? StageScene.Keep(board.Snapshot(e).Since(held)) : null;

    private Task<bool> ActAsync(int eventId, Action<StageState> act, AuditActor? by = null, AuditAction action = default) =>
        ActAsync(eventId, (stage, _) =>
        {
            act(stage);
            return true;
        }, by, action);

    private async Task<bool> ActAsync(
        int eventId, Func<StageState, PublishedEvent, bool> act, AuditActor? by = null, AuditAction action = default)
    {
        for (var tries = 1; await events.FindAsync(eventId) is { } e; tries++)
        {
            await using var db = dbFactory.Open();
            var stage = await db.Stages.SingleOrDefaultAsync(s => s.EventId == eventId) ?? db.Stages.Add(new StageState(eventId)).Entity;
            stage.Enter(e.State, new Rundown(e, kinds).Scenes[0].Id);
            if (!act(stage, e))
                return false;
            if (by is not null)
                db.AuditEvent(action, eventId, by).Detail = e.Scenes.FirstOrDefault(s => s.Id == stage.SceneId) is { } shown
                    ? new AuditedScene(kinds[shown.Kind].Name, shown.Id).ToString()
                    : null;
            try
            {
                await db.SaveChangesAsync();
            }
            catch (DbUpdateException) when (tries < MaxTries)
            {
                continue; // another act was saved meanwhile: repeat this one on the new state
            }
            stages.Tell(stage);
            return true;
        }
        return false;
    }

    private async Task<bool> ChangeAsync(int eventId, AuditActor? by, AuditAction action, Func<CampaignEvent, bool> change)
    {
        for (var tries = 1; ; tries++)
        {
            await using var db = dbFactory.Open();
            if (await db.Events.Include(e => e.Campaign.Rules).SingleOrDefaultAsync(e => e.Id == eventId) is not { } gathering)
                return false;
            var done = change(gathering);
            if (by is not null && db.Entry(gathering).State == EntityState.Modified)
                db.Audit(action, gathering, by: by);
            try
            {
                if (await db.SaveChangesAsync() > 0)
                    await events.ChangedAsync(eventId);
                return done;
            }
            catch (DbUpdateConcurrencyException) when (tries < MaxTries)
            {
                // The organizer has saved meanwhile; look again.
            }
        }
    }
}
