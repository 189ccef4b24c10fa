using Microsoft.AspNetCore.Http;
using SafetyCampaign.Operations;
using SafetyCampaign.Schools.Relay;

namespace SafetyCampaign.Tests.Schools;

/// <summary>The classes of a district come online at the same moment.</summary>
public sealed class ClassSignQueueTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ClassSignQueue queue = new();
    private readonly TaskCompletionSource<object?> open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int under;
    private int most;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => queue.Dispose();

    [Fact]
    public async Task A_few_of_their_pledges_are_taken_at_once_and_each_of_them_in_the_end()
    {
        var all = Enumerable.Range(0, 100).Select(_ => AskAsync(Cancellation)).ToList();
        Assert.Equal(ClassSignQueue.MaxAtOnce, under);

        open.SetResult("signed");

        var answers = await Task.WhenAll(all).WaitAsync(Patience, Cancellation);
        Assert.All(answers, answer => Assert.Equal("signed", answer));
        Assert.Equal(ClassSignQueue.MaxAtOnce, most);
    }

    [Fact]
    public async Task Beyond_what_may_wait_a_device_is_told_to_come_again()
    {
        for (var i = 0; i < ClassSignQueue.MaxAtOnce + ClassSignQueue.MaxWaiting; i++)
            _ = AskAsync(Cancellation);

        Assert.Same(Problem.Unavailable, await AskAsync(Cancellation));
        open.SetResult("signed");
    }

    [Fact]
    public async Task A_device_that_goes_away_while_it_waits_takes_no_turn()
    {
        for (var i = 0; i < ClassSignQueue.MaxAtOnce; i++)
            _ = AskAsync(Cancellation);
        using var gone = new CancellationTokenSource();
        var waiting = AskAsync(gone.Token);

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(ClassSignQueue.MaxAtOnce, most);
        open.SetResult("signed");
    }

    private Task<object?> AskAsync(CancellationToken aborted)
    {
        var context = EndpointFilterInvocationContext.Create(new DefaultHttpContext { RequestAborted = aborted });
        return queue.InvokeAsync(context, async _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref under));
            var answer = await open.Task;
            Interlocked.Decrement(ref under);
            return answer;
        }).AsTask();
    }
}
