using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Display;

/// <summary>The countdown, the count that is held, the reveal, the wave.</summary>
public sealed partial class StageConductorTests
{
    [Fact]
    public async Task Sign_now_opens_signing_holds_the_count_reveals_it_and_the_wave_carries_those_who_signed_meanwhile()
    {
        var e = await app.SeedEventAsync(EventState.Draft);
        await using var screen = await WatchAsync(e);
        await ShowAsync(e, SceneKind.Oath, 6);

        Assert.True(await Host.SignNowAsync(e.Id));

        var counting = await screen.SceneAsync(s => s.SigningUntil is not null);
        Assert.Equal(("signing", "open", 0), (counting.Kind, counting.State, counting.Held!.People));
        Assert.Equal(clock.GetUtcNow().Add(Countdown).ToUnixTimeMilliseconds(), counting.SigningUntil);
        using (var phone = app.CreateClient())
            await phone.SignAsync(e.Code, Signing.Family(e));
        Assert.Equal(0, (await NowAsync(e)).Held!.People);

        clock.Advance(Countdown + AndABit);

        var revealed = await screen.SceneAsync(s => s.Together is not null);
        Assert.Equal(("signing", true, null, null), (revealed.Kind, revealed.Running, revealed.SigningUntil, revealed.Held));
        Assert.Equal((2, 1), (revealed.Together!.People, revealed.Together.Families));
        using (var late = app.CreateClient())
            await late.SignAsync(e.Code, Signing.Alone("teacher"));
        await ShowAsync(e, SceneKind.Wave);
        var wave = await NowAsync(e);
        Assert.Equal((true, null, 2), (wave.Running, wave.Held, wave.Together!.People));

        // Shown again after another scene, it is of the same.
        await ShowAsync(e, SceneKind.Thanks);
        await ShowAsync(e, SceneKind.Wave);
        Assert.Equal(2, (await NowAsync(e)).Together!.People);
        await Host.SignNowAsync(e.Id);
        Assert.Null((await NowAsync(e)).Together);
    }

    [Fact]
    public async Task Sign_now_pressed_twice_counts_down_once()
    {
        var e = await app.SeedEventAsync();
        await ShowAsync(e, SceneKind.Oath, 6);
        await Host.SignNowAsync(e.Id);
        var until = (await NowAsync(e)).SigningUntil;
        clock.Advance(TimeSpan.FromSeconds(3));

        await Host.SignNowAsync(e.Id);

        Assert.Equal(until, (await NowAsync(e)).SigningUntil);
    }

    [Fact]
    public async Task A_countdown_that_runs_out_while_the_program_is_down_ends_in_the_reveal_when_it_is_back()
    {
        var e = await app.SeedEventAsync();
        await ShowAsync(e, SceneKind.Oath, 6);
        await Host.SignNowAsync(e.Id);

        await app.StopAsync();
        clock.Advance(Countdown * 2);
        await app.StartAsync();

        await using var screen = await Screen.ConnectAsync(app.Address);
        var now = (await screen.WatchAsync(e.Code)).Scene;
        if (now.Together is null)
            await screen.SceneAsync(s => s.Together is not null);
    }

    [Fact]
    public async Task A_host_who_goes_elsewhere_ends_the_countdown_and_lets_the_count_go()
    {
        var e = await app.SeedEventAsync();
        await ShowAsync(e, SceneKind.Oath, 6);
        await Host.SignNowAsync(e.Id);

        await ShowAsync(e, SceneKind.Lecture);
        clock.Advance(Countdown * 2);

        var now = await NowAsync(e);
        Assert.Equal(("lecture", null, null, false), (now.Kind, now.SigningUntil, now.Held, now.Running));
    }

    [Fact]
    public async Task A_host_who_goes_to_the_wave_at_once_takes_those_along_who_have_signed_so_far()
    {
        var e = await app.SeedEventAsync();
        await Host.SignNowAsync(e.Id);
        using (var phone = app.CreateClient())
            await phone.SignAsync(e.Code, Signing.Family(e));

        await ShowAsync(e, SceneKind.Wave);

        var wave = await NowAsync(e);
        Assert.Equal(("wave", null, null, 1), (wave.Kind, wave.SigningUntil, wave.Held, wave.Together!.Families));
    }

    [Fact]
    public async Task A_count_that_is_let_go_during_the_countdown_is_revealed()
    {
        var e = await app.SeedEventAsync();
        await Host.SignNowAsync(e.Id);

        await Host.HoldAsync(e.Id, false);

        var now = await NowAsync(e);
        Assert.Equal((null, null, 0, true), (now.Held, now.SigningUntil, now.Together!.People, now.Running));
    }

    [Fact]
    public async Task The_code_is_large_until_the_host_or_another_scene_makes_it_small()
    {
        var e = await app.SeedEventAsync();
        await Host.ShowLargeCodeAsync(e.Id, true);
        Assert.True((await NowAsync(e)).LargeCode);
        await ShowAsync(e, SceneKind.Lecture);
        Assert.False((await NowAsync(e)).LargeCode);
    }

    [Fact]
    public async Task Without_a_wave_in_the_programme_the_count_is_let_go_where_it_stands()
    {
        var e = await app.SeedEventAsync();
        await using (var db = app.OpenStore())
        {
            db.Remove(db.Set<Scene>().Single(s => s.EventId == e.Id && s.Kind == SceneKind.Wave));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        await app.ChangeEventAsync(e.Id, gathering => gathering.ShowNames(true));
        await using var screen = await WatchAsync(e);
        await Host.SignNowAsync(e.Id);

        clock.Advance(Countdown + AndABit);

        var after = await screen.SceneAsync(s => s.Version > 0 && s.Held is null && s.SigningUntil is null);
        Assert.Equal("signing", after.Kind);
    }

    [Fact]
    public async Task A_count_that_is_held_stays_until_it_is_let_go()
    {
        var e = await app.SeedEventAsync();
        using var phone = app.CreateClient();
        await phone.SignAsync(e.Code, Signing.Alone("teacher"));
        await Host.HoldAsync(e.Id, true);
        await phone.SignAsync(e.Code, Signing.Family(e));
        await Host.HoldAsync(e.Id, true); // held already: at the count of then
        await ShowAsync(e, SceneKind.Lecture);

        Assert.Equal(1, (await NowAsync(e)).Held!.People);
        await Host.HoldAsync(e.Id, false);
        Assert.Null((await NowAsync(e)).Held);
    }

    [Fact]
    public async Task A_count_that_was_held_is_there_when_the_thanks_read_it_out()
    {
        var e = await app.SeedEventAsync();
        await Host.HoldAsync(e.Id, true);

        await ShowAsync(e, SceneKind.Thanks);

        Assert.Null((await NowAsync(e)).Held);
        await Host.HoldAsync(e.Id, true); // who holds it there means it
        await ShowAsync(e, SceneKind.Thanks, 1);
        Assert.NotNull((await NowAsync(e)).Held);
    }

    [Fact]
    public async Task Who_signed_before_the_host_went_back_by_mistake_is_in_the_wave_with_the_others()
    {
        var e = await app.SeedEventAsync();
        using var phone = app.CreateClient();
        await phone.SignAsync(e.Code, Signing.Alone("teacher"));
        await ShowAsync(e, SceneKind.Oath, 6);
        await Host.SignNowAsync(e.Id);
        await phone.SignAsync(e.Code, Signing.Family(e, "王小明甲", "王芳甲"));

        await ShowAsync(e, SceneKind.Oath, 6);
        clock.Advance(Countdown * 2);
        Assert.Equal((null, null), ((await NowAsync(e)).SigningUntil, (await NowAsync(e)).Together));
        await phone.SignAsync(e.Code, Signing.Family(e, "王小明乙", "王芳乙"));
        await Host.SignNowAsync(e.Id);
        await phone.SignAsync(e.Code, Signing.Family(e, "王小明丙", "王芳丙"));
        await Host.HoldAsync(e.Id, false);
        await ShowAsync(e, SceneKind.Wave);

        Assert.Equal(3, (await NowAsync(e)).Together!.Families);
        Assert.Equal(6, (await NowAsync(e)).Together!.People); // not who signed before
    }

    [Fact]
    public async Task Sign_now_lasts_as_long_as_the_oath_says_also_from_the_signing_scene()
    {
        var e = await app.SeedEventAsync(EventState.Draft);
        await app.SettleSceneAsync(e, SceneKind.Oath, settings => settings with { CountdownSeconds = 30 });
        await ShowAsync(e, SceneKind.Signing);

        await Host.SignNowAsync(e.Id);

        Assert.Equal(clock.GetUtcNow().AddSeconds(30).ToUnixTimeMilliseconds(), (await NowAsync(e)).SigningUntil);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Signing_that_is_closed_during_the_countdown_ends_it_and_shows_the_count(bool byHost)
    {
        var e = await app.SeedEventAsync();
        await using var screen = await WatchAsync(e);
        await Host.SignNowAsync(e.Id);
        using (var phone = app.CreateClient())
            await phone.SignAsync(e.Code, Signing.Family(e));

        if (byHost)
            Assert.True(await Host.CloseAsync(e.Id));
        else
            await app.ChangeEventAsync(e.Id, gathering => gathering.Close(clock.GetUtcNow()));

        var closed = await screen.SceneAsync(s => s.Together is not null);
        Assert.Equal(("closed", "signing", null, null, 2),
            (closed.State, closed.Kind, closed.SigningUntil, closed.Held, closed.Together!.People));
        Assert.False(await Host.HoldAsync(e.Id, true));
    }

    [Fact]
    public async Task After_the_end_of_signing_no_count_is_held_and_no_code_is_large()
    {
        var e = await app.SeedEventAsync();
        await Host.HoldAsync(e.Id, true);
        await Host.ShowLargeCodeAsync(e.Id, true);

        await Host.CloseAsync(e.Id);

        var now = await NowAsync(e);
        Assert.Equal((null, null, false, false), (now.Held, now.Together, now.LargeCode, now.Running));
    }
}
