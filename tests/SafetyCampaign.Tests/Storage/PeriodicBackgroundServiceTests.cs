using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Storage;

/// <summary>What works at intervals outlives a store that is away for many of them.</summary>
public sealed class PeriodicBackgroundServiceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_failure_is_logged_when_it_begins_and_when_it_changes_and_work_goes_on_afterwards()
    {
        var clock = new FakeTimeProvider();
        // A timeout inside is no order to stop.
        Exception? away = new InvalidOperationException("away"), timeout = new TaskCanceledException("no answer");
        using var service = new Work(clock, [away, away, away, timeout, timeout, null, away, away, null]);

        await service.StartAsync(Cancellation);
        for (var round = 0; round < 9; round++)
            do
                clock.Advance(Work.Interval); // the first perhaps before the service looks at the clock
            while (!await service.Done.WaitAsync(TimeSpan.FromMilliseconds(20), Cancellation));
        await service.StopAsync(Cancellation);

        Assert.Equal(["away", "no answer", "away"], service.Logged);
    }

    private sealed class Work(TimeProvider clock, IEnumerable<Exception?> rounds) : PeriodicBackgroundService(Interval, clock)
    {
        public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
        private readonly Queue<Exception?> rounds = new(rounds);

        public SemaphoreSlim Done { get; } = new(0);

        public List<string> Logged { get; } = [];

        protected override Task ExecuteIterationAsync(CancellationToken stoppingToken)
        {
            Done.Release();
            return rounds.TryDequeue(out var failure) && failure is not null ? Task.FromException(failure) : Task.CompletedTask;
        }

        protected override void LogFailure(Exception failure) => Logged.Add(failure.Message);

        public override void Dispose()
        {
            Done.Dispose();
            base.Dispose();
        }
    }
}
