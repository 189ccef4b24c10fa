using SafetyCampaign.Drawing;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Drawing;

public sealed class DrawingQueueTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_draws_one_waits_and_the_third_is_to_come_again()
    {
        using var queue = new DrawingQueue(Start, threads: 1, maxWaiting: 1);
        using var finish = new ManualResetEventSlim();

        var first = queue.Enqueue(1, _ => WaitFor(finish, 1))!;
        var second = queue.Enqueue(2, _ => [2])!;
        var third = queue.Enqueue(3, _ => [3]);
        var wait = queue.Wait;
        finish.Set();

        Assert.Null(third);
        Assert.True(wait >= TimeSpan.FromSeconds(1));
        Assert.Equal([1], await first);
        Assert.Equal([2], await second);
        Assert.Equal([4], await queue.Enqueue(4, _ => [4])!);
    }

    [Fact]
    public async Task Whoever_asks_for_a_picture_that_is_being_drawn_shares_it_and_takes_no_place()
    {
        using var queue = new DrawingQueue(Start, threads: 1, maxWaiting: 1);
        using var finish = new ManualResetEventSlim();
        var drawn = 0;
        byte[] Draw(CertificatePainter painter) => WaitFor(finish, (byte)Interlocked.Increment(ref drawn));

        var many = Enumerable.Range(0, 50).Select(_ => queue.Enqueue("one receipt", Draw)!).ToList();
        var other = queue.Enqueue("another", _ => [9])!;
        finish.Set();

        Assert.All(await Task.WhenAll(many), picture => Assert.Equal([1], picture));
        Assert.Equal([9], await other);
        Assert.Equal([2], await queue.Enqueue("one receipt", Draw)!); // nothing is kept
    }

    [Fact]
    public async Task A_drawing_that_fails_leaves_its_place_to_the_next()
    {
        using var queue = new DrawingQueue(Start, threads: 1, maxWaiting: 0);

        await Assert.ThrowsAsync<FormatException>(() => queue.Enqueue(1, _ => throw new FormatException())!);

        Assert.Equal([2], await queue.Enqueue(2, _ => [2])!);
    }

    [Fact]
    public async Task Two_thousand_at_once_are_drawn_by_threads_of_their_own_and_nobody_is_sent_away()
    {
        using var queue = new DrawingQueue(Start);
        var others = 0;

        var families = Enumerable.Range(0, 2000).Select(family => queue.Enqueue(family, _ =>
        {
            var isOwn = Thread.CurrentThread is { IsThreadPoolThread: false, Priority: ThreadPriority.BelowNormal };
            Interlocked.Add(ref others, isOwn ? 1 : 0);
            return [(byte)family];
        })).ToList();

        Assert.DoesNotContain(null, families);
        var drawn = await Task.WhenAll(families!).WaitAsync(Cancellation);
        Assert.Equal(Enumerable.Range(0, 2000).Select(family => (byte)family), drawn.Select(picture => picture[0]));
        Assert.Equal(2000, others);
    }

    [Fact]
    public async Task Whoever_waits_when_the_program_stops_is_let_go()
    {
        var queue = new DrawingQueue(Start, threads: 1, maxWaiting: 1);
        using var finish = new ManualResetEventSlim();
        var begun = new TaskCompletionSource();
        var first = queue.Enqueue(1, _ =>
        {
            begun.SetResult();
            return WaitFor(finish, 1);
        })!;
        var second = queue.Enqueue(2, _ => [2])!;
        await begun.Task;

        queue.Dispose();
        finish.Set();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal([1], await first);
    }

    private static byte[] WaitFor(ManualResetEventSlim finish, byte picture)
    {
        finish.Wait(Cancellation);
        return [picture];
    }

    private static void Start(ThreadStart work) => LowPriorityThread.Start("Test", work);
}
