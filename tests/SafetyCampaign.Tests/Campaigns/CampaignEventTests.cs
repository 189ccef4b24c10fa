using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Campaigns;

public sealed class CampaignEventTests
{
    private static readonly DateTimeOffset Start = new(2026, 7, 17, 9, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void A_new_event_is_a_draft_with_a_code_of_its_own_and_times_in_utc()
    {
        var gathering = Gathering();

        Assert.Equal(EventState.Draft, gathering.State);
        Assert.True(EventCode.TryParse(gathering.Code, out var read));
        Assert.Equal(gathering.Code, read);
        Assert.Equal(TimeSpan.Zero, gathering.StartsAt.Offset);
        Assert.Equal(Start, gathering.StartsAt);
        Assert.Null(gathering.HomeSigningUntil);
        Assert.Equal("Asia/Shanghai", gathering.TimeZone);
    }

    [Theory]
    [InlineData(EventState.Draft, true)]
    [InlineData(EventState.Rehearsal, false)]
    [InlineData(EventState.Open, false)]
    [InlineData(EventState.Closed, false)]
    public void Only_a_draft_goes_into_rehearsal(EventState from, bool allowed) =>
        Allows(allowed, from, e => e.Rehearse(), EventState.Rehearsal);

    [Theory]
    [InlineData(EventState.Draft, true)]
    [InlineData(EventState.Rehearsal, true)]
    [InlineData(EventState.Open, false)]
    [InlineData(EventState.Closed, true)]
    public void An_event_opens_from_every_state_but_open(EventState from, bool allowed) =>
        Allows(allowed, from, e => e.Open(Start), EventState.Open);

    [Theory]
    [InlineData(EventState.Draft, false)]
    [InlineData(EventState.Rehearsal, false)]
    [InlineData(EventState.Open, true)]
    [InlineData(EventState.Closed, false)]
    public void Only_an_open_event_closes(EventState from, bool allowed) =>
        Allows(allowed, from, e => e.Close(Start), EventState.Closed);

    [Fact]
    public void Opening_again_keeps_the_first_opening_and_forgets_the_closing()
    {
        var gathering = Gathering();
        gathering.Open(Start);
        gathering.Close(Start.AddHours(1));
        Assert.Equal(Start.AddHours(1), gathering.ClosedAt);

        gathering.Open(Start.AddHours(2));

        Assert.Equal(Start, gathering.OpenedAt);
        Assert.Null(gathering.ClosedAt);
    }

    [Theory]
    [InlineData(EventState.Draft, SigningStatus.NotYet)]
    [InlineData(EventState.Rehearsal, SigningStatus.Rehearsal)]
    [InlineData(EventState.Open, SigningStatus.Open)]
    [InlineData(EventState.Closed, SigningStatus.Ended)]
    public void Without_an_until_date_the_state_decides_who_may_sign(EventState state, SigningStatus status) =>
        Assert.Equal(status, CampaignEvent.SigningAt(state, null, Start.AddYears(1)));

    [Fact]
    public void Signing_from_home_ends_at_the_until_date_to_the_tick()
    {
        var until = Start.AddDays(7);
        Assert.Equal(SigningStatus.Open, CampaignEvent.SigningAt(EventState.Open, until, until.AddTicks(-1)));
        Assert.Equal(SigningStatus.Ended, CampaignEvent.SigningAt(EventState.Open, until, until));
        Assert.Equal(SigningStatus.Rehearsal, CampaignEvent.SigningAt(EventState.Rehearsal, until, until.AddDays(1)));
        Assert.Equal(SigningStatus.NotYet, CampaignEvent.SigningAt(EventState.Draft, until, until.AddDays(1)));
    }

    [Fact]
    public void Times_that_run_backwards_are_refused_and_change_nothing()
    {
        var gathering = Gathering();
        Assert.Throws<ArgumentException>(() => gathering.Schedule(Start, Start.AddTicks(-1), null));
        Assert.Throws<ArgumentException>(() => gathering.Schedule(Start, Start.AddHours(1), Start.AddTicks(-1)));
        Assert.Equal(Start.AddHours(2), gathering.EndsAt);
        Assert.Null(gathering.HomeSigningUntil);
    }

    [Fact]
    public void Scenes_keep_the_order_they_are_given_in()
    {
        var gathering = Gathering();
        gathering.Arrange([.. EventTemplate.Scenes().Reverse()]);
        Assert.Equal(Enumerable.Range(0, 9), gathering.Scenes.Select(s => s.Position));
        Assert.Equal(SceneKind.Thanks, gathering.Scenes[0].Kind);
    }

    [Fact]
    public void The_template_is_the_founding_case_in_its_order() =>
        Assert.Equal(
            [SceneKind.Welcome, SceneKind.Film, SceneKind.Speech, SceneKind.Lecture, SceneKind.Cpr, SceneKind.Oath, SceneKind.Signing,
                SceneKind.Wave, SceneKind.Thanks],
            EventTemplate.Scenes().Select(s => s.Kind));

    [Fact]
    public void Inviting_some_of_the_classes_already_invited_keeps_those()
    {
        var gathering = Gathering();
        var school = new Organization("大塘冲小学", OrganizationKind.School);
        gathering.Invite([new ClassGroup(school, 5, 1), new ClassGroup(school, 5, 2)]);

        gathering.Invite(gathering.Classes.Where(c => c.Number == 2));

        Assert.Equal(2, Assert.Single(gathering.Classes).Number);
    }

    [Fact]
    public void A_duplicate_is_a_draft_of_the_same_length_with_its_own_code_and_scenes()
    {
        var last = Gathering();
        last.Describe(last.Title, last.Place, ["大塘冲社区"], ["绿舟应急救援队"]);
        last.Arrange(EventTemplate.Scenes());
        last.Invite([new ClassGroup(new Organization("大塘冲小学", OrganizationKind.School), 5, 1)]);
        last.Schedule(Start, Start.AddHours(2), Start.AddDays(7));
        last.Open(Start);

        var copy = last.Duplicate("2027 暑期防溺水", Start.AddYears(1));

        Assert.Equal(EventState.Draft, copy.State);
        Assert.NotEqual(last.Code, copy.Code);
        Assert.Equal(TimeSpan.FromHours(2), copy.EndsAt - copy.StartsAt);
        Assert.Null(copy.HomeSigningUntil);
        Assert.Null(copy.OpenedAt);
        Assert.Equal(last.Scenes.Select(s => (s.Kind, s.Title, s.Notes, s.Settings)),
            copy.Scenes.Select(s => (s.Kind, s.Title, s.Notes, s.Settings)));
        Assert.Empty(last.Scenes.Intersect(copy.Scenes));
        Assert.Equal(last.Classes, copy.Classes);
        Assert.Equal(last.Hosts, copy.Hosts);
        Assert.Equal(last.Partners, copy.Partners);
    }

    private static void Allows(bool allowed, EventState from, Action<CampaignEvent> act, EventState to)
    {
        var gathering = Gathering();
        if (from == EventState.Rehearsal)
            gathering.Rehearse();
        if (from is EventState.Open or EventState.Closed)
            gathering.Open(Start);
        if (from == EventState.Closed)
            gathering.Close(Start);

        if (!allowed)
            Assert.Throws<InvalidOperationException>(() => act(gathering));
        else
            act(gathering);
        Assert.Equal(allowed ? to : from, gathering.State);
    }

    private static CampaignEvent Gathering()
    {
        var community = new Organization("大塘冲社区", OrganizationKind.Community);
        return new CampaignEvent(new Campaign(community, "2026 暑期防溺水", new DateOnly(2026, 9, 30), Start), community,
            EventTemplate.TitleIn(), "社区广场", Start, Start.AddHours(2));
    }
}
