using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display;
using SafetyCampaign.Display.Scenes;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Display;

/// <summary>What the host does to a stage, and what its screens are told. The clock is turned by hand.</summary>
public sealed partial class StageConductorTests : IAsyncLifetime
{
    private static readonly TimeSpan Countdown = TimeSpan.FromSeconds(SceneSettings.Usual.CountdownSeconds);
    private static readonly TimeSpan AndABit = TimeSpan.FromSeconds(1); // timers wake just after their moment
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
    private CampaignApp app = null!;

    private StageConductor Host => app.Get<StageConductor>();

    public async ValueTask InitializeAsync()
    {
        app = new CampaignApp { Kestrel = true, Clock = clock };
        await app.InitializeAsync();
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_scene_that_the_host_brings_on_reaches_every_screen()
    {
        var e = await app.SeedEventAsync();
        await using var one = await WatchAsync(e);
        await using var other = await WatchAsync(e);

        Assert.True(await ShowAsync(e, SceneKind.Lecture, 2));

        foreach (var screen in new[] { one, other })
            Assert.Equal(2, (await screen.SceneAsync(s => s.Kind == "lecture")).Step);
    }

    [Fact]
    public async Task Each_act_is_told_with_a_higher_version()
    {
        var e = await app.SeedEventAsync();
        var before = await NowAsync(e);

        await ShowAsync(e, SceneKind.Speech);
        var speech = await NowAsync(e);
        await Host.BlankAsync(e.Id, true);
        var blank = await NowAsync(e);

        Assert.True(before.Version < speech.Version && speech.Version < blank.Version);
        Assert.True(blank.Blank);
        Assert.Equal(before.Revision, blank.Revision);
    }

    [Fact]
    public async Task Beyond_its_last_step_a_scene_stays_at_the_last()
    {
        var e = await app.SeedEventAsync();

        await ShowAsync(e, SceneKind.Oath, 99);

        Assert.Equal(6, (await NowAsync(e)).Step); // all rise, and the six clauses
    }

    [Fact]
    public async Task A_scene_of_another_event_is_not_shown()
    {
        var e = await app.SeedEventAsync();
        var other = await app.SeedEventAsync();
        var foreign = (await PublishedAsync(other)).Scenes[0];

        Assert.False(await Host.ShowAsync(e.Id, foreign.Id, 0));
        Assert.Equal("signing", (await NowAsync(e)).Kind);
    }

    [Fact]
    public async Task Before_any_host_those_who_arrive_are_welcomed_and_an_open_event_is_signed()
    {
        var draft = await app.SeedEventAsync(EventState.Draft);
        var open = await app.SeedEventAsync();

        Assert.Equal("welcome", (await NowAsync(draft)).Kind);
        Assert.Equal("signing", (await NowAsync(open)).Kind);
    }

    [Fact]
    public async Task A_scene_that_the_organizer_removes_leaves_the_stage_to_the_signing()
    {
        var e = await app.SeedEventAsync();
        await ShowAsync(e, SceneKind.Speech);

        await using (var db = app.OpenStore())
        {
            db.Remove(db.Set<Scene>().Single(s => s.EventId == e.Id && s.Kind == SceneKind.Speech));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        await app.ChangeEventAsync(e.Id, gathering => gathering.ShowNames(true));

        Assert.Equal("signing", (await NowAsync(e)).Kind);
    }

    [Fact]
    public async Task The_film_runs_on_through_a_restart_of_the_program()
    {
        var e = await app.SeedEventAsync();
        await ShowAsync(e, SceneKind.Film);
        await Host.SeekAsync(e.Id, 60_000);
        await Host.RunAsync(e.Id, true);

        await app.StopAsync();
        clock.Advance(TimeSpan.FromSeconds(5));
        await app.StartAsync();

        var now = await NowAsync(e);
        Assert.Equal(("film", true, 65_000L), (now.Kind, now.Running, now.Position));
        await Host.RunAsync(e.Id, false);
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(65_000, (await NowAsync(e)).Position);
    }

    [Fact]
    public async Task Another_scene_stops_what_ran_and_lights_a_dark_screen()
    {
        var e = await app.SeedEventAsync();
        await ShowAsync(e, SceneKind.Cpr);
        await Host.RunAsync(e.Id, true);
        await Host.BlankAsync(e.Id, true);

        await ShowAsync(e, SceneKind.Oath);

        var now = await NowAsync(e);
        Assert.Equal((false, 0L, false), (now.Running, now.Position, now.Blank));
    }

    [Fact]
    public async Task Sound_stays_off_until_the_host_turns_it_on()
    {
        var e = await app.SeedEventAsync();
        Assert.False((await NowAsync(e)).Sound);

        await Host.SoundAsync(e.Id, true, 250);

        Assert.Equal((true, 100), ((await NowAsync(e)).Sound, (await NowAsync(e)).Volume));
    }

    [Fact]
    public async Task In_the_rehearsal_sign_now_practises_and_leaves_nothing_behind()
    {
        var e = await app.SeedEventAsync(EventState.Rehearsal);
        await ShowAsync(e, SceneKind.Oath, 6);

        Assert.True(await Host.SignNowAsync(e.Id));
        Assert.Equal(("rehearsal", "signing"), ((await NowAsync(e)).State, (await NowAsync(e)).Kind));
        await Host.BlankAsync(e.Id, true);
        var practised = await NowAsync(e);

        await app.ChangeEventAsync(e.Id, gathering => gathering.Open(clock.GetUtcNow()));

        var opened = await NowAsync(e);
        Assert.Equal(("signing", null, null, false), (opened.Kind, opened.SigningUntil, opened.Held, opened.Blank));
        Assert.True(opened.Version > practised.Version);
        clock.Advance(Countdown * 2);
        await ShowAsync(e, SceneKind.Welcome);
        Assert.Null((await NowAsync(e)).Held);
    }

    [Fact]
    public async Task The_host_opens_and_closes_signing_but_never_ends_the_rehearsal()
    {
        var draft = await app.SeedEventAsync(EventState.Draft);
        Assert.True(await Host.OpenAsync(draft.Id));
        Assert.True(await Host.OpenAsync(draft.Id));
        Assert.Equal("open", (await NowAsync(draft)).State);
        Assert.True(await Host.CloseAsync(draft.Id));
        Assert.Equal("closed", (await NowAsync(draft)).State);

        var rehearsal = await app.SeedEventAsync(EventState.Rehearsal);
        await Host.OpenAsync(rehearsal.Id);
        Assert.False(await Host.CloseAsync(rehearsal.Id));
        Assert.Equal("rehearsal", (await NowAsync(rehearsal)).State);
    }

    [Fact]
    public async Task Signing_is_not_opened_where_home_signing_has_run_out()
    {
        var e = await app.SeedEventAsync(EventState.Closed, startsAt: clock.GetUtcNow().AddDays(-2),
            homeSigningUntil: clock.GetUtcNow().AddDays(-1));

        Assert.False(await Host.OpenAsync(e.Id));
        Assert.Equal("closed", (await NowAsync(e)).State);
    }

    [Fact]
    public async Task Signing_that_was_closed_is_opened_again_by_its_own_act_alone_and_an_archived_event_by_none()
    {
        var e = await app.SeedEventAsync(EventState.Closed);
        Assert.False(await Host.SignNowAsync(e.Id));
        Assert.Equal(("closed", null), ((await NowAsync(e)).State, (await NowAsync(e)).SigningUntil));
        Assert.True(await Host.OpenAsync(e.Id));
        Assert.True(await Host.SignNowAsync(e.Id));

        foreach (var state in new[] { EventState.Draft, EventState.Closed })
        {
            var archived = await app.SeedEventAsync(state);
            await app.ChangeEventAsync(archived.Id, gathering => gathering.Archive(clock.GetUtcNow()));
            Assert.False(await Host.OpenAsync(archived.Id));
            Assert.False(await Host.SignNowAsync(archived.Id));
            await using var db = app.OpenStore();
            var kept = db.Events.Single(x => x.Id == archived.Id);
            Assert.Equal((state, true), (kept.State, kept.ArchivedAt is not null));
        }
    }

    [Fact]
    public async Task Signing_is_not_opened_before_a_contact_is_named_and_the_rehearsal_needs_none()
    {
        var e = await app.SeedEventAsync(EventState.Draft, namesContact: false);

        Assert.False(await Host.OpenAsync(e.Id));
        Assert.False(await Host.SignNowAsync(e.Id));
        Assert.Equal("draft", (await NowAsync(e)).State);

        var rehearsal = await app.SeedEventAsync(EventState.Rehearsal, namesContact: false);
        Assert.True(await Host.SignNowAsync(rehearsal.Id));
    }

    [Fact]
    public async Task Hosts_who_act_at_the_same_time_are_all_heard()
    {
        var e = await app.SeedEventAsync();
        var scenes = (await PublishedAsync(e)).Scenes;

        var done = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Host.ShowAsync(e.Id, scenes[i].Id, 0)));

        Assert.All(done, Assert.True);
        await using var db = app.OpenStore();
        Assert.Equal(4, db.Stages.Single(s => s.EventId == e.Id).Version);
    }

    private async Task<PublishedEvent> PublishedAsync(SeededEvent e) =>
        (await app.Get<PublishedEvents>().FindAsync(e.Id, TestContext.Current.CancellationToken))!;

    private async Task<StageScene> NowAsync(SeededEvent e) =>
        await app.Get<StageReader>().SceneAsync(await PublishedAsync(e), TestContext.Current.CancellationToken);

    private async Task<bool> ShowAsync(SeededEvent e, SceneKind kind, int step = 0) =>
        await Host.ShowAsync(e.Id, (await PublishedAsync(e)).Scenes.First(s => s.Kind == kind).Id, step);

    private async Task<Screen> WatchAsync(SeededEvent e)
    {
        var screen = await Screen.ConnectAsync(app.Address);
        await screen.WatchAsync(e.Code);
        return screen;
    }
}
