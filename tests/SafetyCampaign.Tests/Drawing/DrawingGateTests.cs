using SafetyCampaign.Drawing;

namespace SafetyCampaign.Tests.Drawing;

public sealed class DrawingGateTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_draws_one_waits_and_the_third_is_to_come_again()
    {
        using var gate = new DrawingGate(atOnce: 1, maxWaiting: 1);
        using var finish = new ManualResetEventSlim();
        var begun = new TaskCompletionSource();
        var first = Task.Run(() => gate.DrawAsync(() =>
        {
            begun.SetResult();
            finish.Wait(Cancellation);
            return [1];
        }, Cancellation), Cancellation);
        await begun.Task;

        var second = gate.DrawAsync(() => [2], Cancellation);
        var third = await gate.DrawAsync(() => [3], Cancellation);
        finish.Set();

        Assert.Null(third);
        Assert.Equal([1], (await first)!);
        Assert.Equal([2], (await second)!);
        Assert.Equal([4], (await gate.DrawAsync(() => [4], Cancellation))!);
    }

    [Fact]
    public async Task Whoever_asks_for_a_picture_that_is_being_drawn_shares_it_and_takes_no_turn()
    {
        using var gate = new DrawingGate(atOnce: 1, maxWaiting: 1);
        using var finish = new ManualResetEventSlim();
        var drawn = 0;
        byte[] Draw()
        {
            finish.Wait(Cancellation);
            return [(byte)Interlocked.Increment(ref drawn)];
        }

        var many = Enumerable.Range(0, 50).Select(_ => gate.DrawOnceAsync(("one receipt", 1), Draw, Cancellation)).ToList();
        var other = gate.DrawOnceAsync(("another", 1), () => [9], Cancellation);
        finish.Set();

        Assert.All(await Task.WhenAll(many), picture => Assert.Equal([1], picture!));
        Assert.Equal([9], (await other)!);
        Assert.Equal([2], (await gate.DrawOnceAsync(("one receipt", 1), Draw, Cancellation))!); // nothing is kept
    }

    [Fact]
    public async Task A_drawing_that_fails_or_is_given_up_leaves_its_place_to_the_next()
    {
        using var gate = new DrawingGate(atOnce: 1, maxWaiting: 0);

        await Assert.ThrowsAsync<FormatException>(() => gate.DrawAsync(() => throw new FormatException(), Cancellation));

        Assert.Equal([1], (await gate.DrawAsync(() => [1], Cancellation))!);
    }
}
