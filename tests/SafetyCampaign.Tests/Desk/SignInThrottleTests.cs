using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Desk;

namespace SafetyCampaign.Tests.Desk;

/// <summary>Who waits how long for the next password; the clock is turned by hand.</summary>
public sealed class SignInThrottleTests
{
    private const int Owner = 7;
    private static readonly UInt128 School = 1;

    private readonly FakeTimeProvider clock = new();
    private readonly SignInThrottle throttle;

    public SignInThrottleTests() => throttle = new SignInThrottle(clock);

    [Fact]
    public void After_three_slips_each_wrong_try_doubles_the_wait_up_to_an_hour()
    {
        var waits = new List<double>();
        for (var tries = 0; tries < 16; tries++)
        {
            Assert.Null(throttle.Take(By(Browser(1))));
            var wait = throttle.Wait(By(Browser(1)));
            if (wait > TimeSpan.Zero)
                Assert.Equal(wait, throttle.Take(By(Browser(1))));
            waits.Add(Math.Round(wait.TotalSeconds));
            clock.Advance(wait);
        }

        Assert.Equal([0, 0, 4, 8, 16], waits.Take(5));
        Assert.Equal(waits.Order(), waits);
        Assert.InRange(waits[^1], 600, 3600);
    }

    [Fact]
    public void Tries_sent_at_once_do_not_pass_together()
    {
        var passed = Enumerable.Range(0, 100).AsParallel().Count(_ => throttle.Take(By(Browser(1))) is null);

        Assert.Equal(3, passed);
    }

    [Fact]
    public void Codes_are_counted_apart_by_account_and_address_and_by_account()
    {
        var code = By(Browser(1)) with { Proof = SignInProof.Code };
        for (var i = 0; i < 5; i++)
        {
            Assert.Null(throttle.Take(code with { Visitor = Browser(i) }));
            // The right password between them.
            Assert.Null(throttle.Take(By(Browser(1))));
            throttle.TakeBack(By(Browser(1)), right: true);
        }
        Assert.Equal(TimeSpan.FromSeconds(4), throttle.Take(code with { Visitor = Browser(77) }));
        Assert.Null(throttle.Take(code with { Address = 2 }));
        Assert.Null(throttle.Take(code with { KnownDevice = Browser(9) }));

        // From everywhere together: in a day a few more than a hundred.
        var taken = 0;
        for (var minute = 0; minute < 24 * 60; minute++, clock.Advance(TimeSpan.FromMinutes(1)))
            for (var i = 0; i < 20; i++)
                taken += throttle.Take(code with { Address = (UInt128)(1_000 + (minute * 20) + i) }) is null ? 1 : 0;
        Assert.InRange(taken, 50, 130);
        Assert.Null(throttle.Take(code with { KnownDevice = Browser(9) }));
    }

    [Fact]
    public void Twenty_tries_a_second_at_the_owners_account_from_the_owners_address_leave_the_owner_alone()
    {
        var known = By(Browser(9)) with { KnownDevice = Guid.NewGuid() };
        for (var second = 0; second < 600; second++)
        {
            for (var i = 0; i < 20; i++)
                throttle.Take(By(Browser(1)));
            clock.Advance(TimeSpan.FromSeconds(1));
            if (second % 60 == 5)
            {
                Assert.Null(throttle.Take(known));
                throttle.TakeBack(known, right: true);
                // A browser that the account has never seen, at the same address.
                var fresh = By(Browser(1000 + second));
                Assert.Null(throttle.Take(fresh));
                throttle.TakeBack(fresh, right: true);
            }
        }
    }

    [Fact]
    public void Twenty_browsers_that_guess_beside_the_owners_new_one_do_not_keep_it_out_for_a_minute()
    {
        for (var second = 0; second < 60; second++)
        {
            for (var i = 0; i < 20; i++)
                throttle.Take(By(Browser(i)));
            clock.Advance(TimeSpan.FromSeconds(1));
            var owner = By(Browser(1000 + second));
            Assert.Null(throttle.Take(owner));
            throttle.TakeBack(owner, right: true);
        }
    }

    [Fact]
    public void A_known_device_never_waits_for_strangers_however_many_and_from_wherever()
    {
        for (var i = 0; i < 5000; i++)
            throttle.Take(By(Browser(i)) with { Address = (UInt128)(i + 1) });
        Assert.NotNull(throttle.Take(By(Browser(99_999)) with { Address = 99_999 }));

        Assert.Null(throttle.Take(By(Browser(1)) with { KnownDevice = Guid.NewGuid() }));
    }

    [Fact]
    public void What_all_strangers_together_guess_at_an_account_in_a_day_is_bounded()
    {
        var guesses = 0;
        var browser = 0;
        for (var second = 0; second < 24 * 60 * 60; second += 5)
        {
            // Each from a browser and an address of its own, which costs an attacker the most.
            for (var i = 0; i < 2; i++)
                if (throttle.Take(By(Browser(++browser)) with { Address = (UInt128)browser }) is null)
                    guesses++;
            clock.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.InRange(guesses, 300, 300 + (24 * 60) + 1);
    }

    [Fact]
    public void One_address_without_cookies_gets_a_hundred_and_fifty_and_then_one_a_minute()
    {
        var guesses = 0;
        for (var second = 0; second < 60 * 60; second++)
        {
            if (throttle.Take(By(Browser(second))) is null)
                guesses++;
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(guesses, 150, 150 + 60 + 15);
    }

    [Fact]
    public void A_known_device_is_slowed_by_its_own_wrong_tries_and_starts_afresh_with_the_right_password()
    {
        var own = By(Browser(1)) with { KnownDevice = Guid.NewGuid() };
        for (var i = 0; i < 5; i++)
            Assert.Null(throttle.Take(own));
        Assert.NotNull(throttle.Take(own));

        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Null(throttle.Take(own));
        throttle.TakeBack(own, right: true);

        for (var i = 0; i < 5; i++)
            Assert.Null(throttle.Take(own));
        Assert.NotNull(throttle.Take(own));
    }

    [Fact]
    public void The_right_password_of_an_own_account_does_not_clear_a_guessing_browser()
    {
        var own = new SignInAttempt(8, "GUESSER", School, Browser(1), null);
        for (var i = 0; i < 3; i++)
        {
            Assert.Null(throttle.Take(own));
            throttle.TakeBack(own, right: true);
            Assert.Null(throttle.Take(By(Browser(1))));
        }

        Assert.NotNull(throttle.Take(By(Browser(1))));
    }

    [Fact]
    public void A_name_that_nobody_has_is_slowed_down_like_one_that_somebody_has()
    {
        var (real, made) = (new List<TimeSpan?>(), new List<TimeSpan?>());
        for (var i = 0; i < 400; i++)
        {
            real.Add(throttle.Take(By(Browser(i))));
            made.Add(throttle.Take(new SignInAttempt(null, "NOBODY", School, Browser(10_000 + i), null)));
            clock.Advance(TimeSpan.FromMilliseconds(700));
        }

        Assert.Equal(real, made);
        Assert.Contains(real, wait => wait is not null);
    }

    [Fact]
    public void Made_up_names_and_browsers_do_not_fill_the_memory_and_do_not_push_out_what_an_account_has_counted()
    {
        for (var i = 0; i < 400; i++)
            throttle.Take(By(Browser(i)) with { Address = (UInt128)(i + 1) });

        for (var i = 0; i < 3 * SignInThrottle.MaxLanes; i++)
            throttle.Take(new SignInAttempt(null, $"NOBODY{i}", (UInt128)i, Browser(1000 + i), null));

        Assert.InRange(throttle.Lanes, 1, (4 * SignInThrottle.MaxLanes) + 1);
        Assert.NotNull(throttle.Take(By(Browser(999_999)) with { Address = 999_999 }));
    }

    private static SignInAttempt By(Guid browser) => new(Owner, "OWNER", School, browser, null);

    private static Guid Browser(int number) => new(number, 0, 0, new byte[8]);
}
