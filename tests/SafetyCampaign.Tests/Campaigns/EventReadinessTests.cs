using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Campaigns;

/// <summary>What an event still lacks, by what is known of it.</summary>
public sealed class EventReadinessTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly EventReadiness Prepared = new()
    {
        StartsAt = Now.AddHours(1).AddSeconds(1),
        EndsAt = Now.AddDays(1),
        IsRehearsed = true,
        WasOpened = false,
        IsPublic = true,
        Classes = 1,
        Scenes = 2,
        FilmScenes = [SceneSettings.Usual with { Film = "film.mp4" }, SceneSettings.Usual with { FilmOnLaptop = true }],
        Texts = [SignerRole.Guardian, SignerRole.Student],
        Rules = RulesSettings.Usual("社区", new DateOnly(2026, 9, 30)) with { ContactPerson = "张老师", ContactWay = "000" },
    };

    /// <summary>With nothing at all.</summary>
    private static readonly EventReadiness Bare = new()
    {
        StartsAt = Now.AddHours(-2),
        EndsAt = Now,
        IsRehearsed = true,
        WasOpened = false,
        IsPublic = false,
        Classes = 0,
        Scenes = 0,
        FilmScenes = [SceneSettings.Usual],
        Texts = [SignerRole.Guardian],
        Rules = RulesSettings.Usual("社区", new DateOnly(2026, 9, 30)),
    };

    public static TheoryData<ReadinessGap> Gaps() => [.. Enum.GetValues<ReadinessGap>()];

    [Fact]
    public void A_prepared_event_lacks_nothing() => Assert.Empty(Prepared.GapsAt(Now));

    [Theory, MemberData(nameof(Gaps))]
    public void Each_gap_is_told_alone(ReadinessGap gap) => Assert.Equal([gap], (gap switch
    {
        ReadinessGap.Time => Prepared with { EndsAt = Bare.EndsAt },
        ReadinessGap.Classes => Prepared with { Classes = Bare.Classes },
        ReadinessGap.Scenes => Prepared with { Scenes = Bare.Scenes },
        ReadinessGap.Film => Prepared with { FilmScenes = [.. Prepared.FilmScenes, .. Bare.FilmScenes] },
        ReadinessGap.Texts => Prepared with { Texts = Bare.Texts },
        ReadinessGap.Contact => Prepared with { Rules = Bare.Rules },
        ReadinessGap.Rehearsal => Prepared with { StartsAt = Now.AddHours(1) },
        _ => Prepared with { IsPublic = false },
    }).GapsAt(Now));

    [Fact]
    public void An_event_that_is_not_rehearsed_may_begin() =>
        Assert.Empty((Prepared with { StartsAt = Bare.StartsAt, IsRehearsed = false }).GapsAt(Now));

    [Fact]
    public void All_gaps_are_told_in_the_order_of_the_work_and_once_opened_the_contact_alone()
    {
        Assert.Equal(Enum.GetValues<ReadinessGap>(), Bare.GapsAt(Now));
        Assert.Equal([ReadinessGap.Contact], (Bare with { WasOpened = true }).GapsAt(Now));
    }
}
