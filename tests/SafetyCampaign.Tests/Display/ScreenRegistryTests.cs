using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Display;

namespace SafetyCampaign.Tests.Display;

/// <summary>What a host is told of the screens.</summary>
public sealed class ScreenRegistryTests
{
    private const int Event = 7;
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly ScreenRegistry board;
    private readonly Guid left = Guid.NewGuid();
    private readonly Guid right = Guid.NewGuid();

    public ScreenRegistryTests() => board = new ScreenRegistry(clock);

    [Fact]
    public void Screens_are_numbered_as_they_come_and_those_of_other_events_are_not_among_them()
    {
        board.Shows(Event, left, 3, soundBlocked: false);
        board.Shows(Event, right, 3, soundBlocked: true);
        board.Shows(Event + 1, Guid.NewGuid(), 3, soundBlocked: false);

        Assert.Equal([new ScreenStatus(1, false, null, false), new ScreenStatus(2, false, null, true)], board.Of(Event, version: 3));
    }

    [Fact]
    public void A_screen_that_falls_silent_is_lost_since_it_was_last_heard_and_returns_under_its_number()
    {
        board.Shows(Event, left, 3, soundBlocked: false);
        var heard = clock.GetUtcNow();
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(Assert.Single(board.Of(Event, version: 3)).LostSince);
        clock.Advance(TimeSpan.FromSeconds(1));
        board.Shows(Event, right, 3, soundBlocked: false);
        Assert.Equal([heard, null], board.Of(Event, version: 3).Select(screen => screen.LostSince));

        board.Shows(Event, left, 3, soundBlocked: false);

        Assert.Equal([(1, null), (2, (DateTimeOffset?)null)],
            board.Of(Event, version: 3).Select(screen => (screen.Number, screen.LostSince)));
    }

    [Fact]
    public void Only_who_has_had_the_time_to_follow_is_behind()
    {
        board.Shows(Event, left, 3, soundBlocked: false);
        board.Shows(Event, right, 3, soundBlocked: false);
        Assert.DoesNotContain(board.Of(Event, version: 4), screen => screen.IsBehind);
        board.Shows(Event, right, 4, soundBlocked: false);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([true, false], board.Of(Event, version: 4).Select(screen => screen.IsBehind));
    }

    [Fact]
    public void A_page_that_was_closed_is_not_lost_and_one_that_never_returns_is_forgotten()
    {
        board.Shows(Event, left, 3, soundBlocked: false);
        board.Shows(Event, right, 3, soundBlocked: false);
        board.Leaves(Event, left);
        Assert.Equal(2, Assert.Single(board.Of(Event, version: 3)).Number);

        clock.Advance(TimeSpan.FromMinutes(11));

        Assert.Empty(board.Of(Event, version: 3));
    }

    [Fact]
    public void Nobody_fills_the_memory_by_saying_to_be_many_screens()
    {
        board.Shows(Event, left, 3, soundBlocked: false);
        for (var i = 0; i < 1000; i++)
            board.Shows(Event, Guid.NewGuid(), 3, soundBlocked: false);
        board.Shows(Event, left, 4, soundBlocked: false);

        Assert.Equal(200, board.Of(Event, version: 4).Count);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(board.Of(Event, version: 4)[0].IsBehind);
    }

    [Fact]
    public void A_projector_that_is_known_for_longer_takes_the_place_of_a_claim_and_none_takes_its_own()
    {
        var projector = Guid.CreateVersion7(clock.GetUtcNow().AddHours(-2));
        board.Shows(Event, left, 3, soundBlocked: false, projector);
        for (var i = 0; i < 300; i++)
            board.Shows(Event, Guid.NewGuid(), 3, soundBlocked: false, Guid.CreateVersion7(clock.GetUtcNow().AddMinutes(-1)));
        board.Shows(Event, right, 3, soundBlocked: true, Guid.CreateVersion7(clock.GetUtcNow().AddHours(-1)));

        var screens = board.Of(Event, version: 3);

        Assert.Equal((200, 1), (screens.Count, screens[0].Number));
        Assert.Single(screens, screen => screen.SoundBlocked);
    }

    [Fact]
    public void Of_one_device_a_few_screens_have_a_place_by_its_cookie()
    {
        var device = Guid.CreateVersion7(clock.GetUtcNow().AddDays(-1));
        for (var i = 0; i < 300; i++)
            board.Shows(Event, Guid.NewGuid(), 3, soundBlocked: false, device);

        board.Shows(Event, right, 3, soundBlocked: true, Guid.CreateVersion7(clock.GetUtcNow()));

        Assert.Single(board.Of(Event, version: 3), screen => screen.SoundBlocked);
    }
}
