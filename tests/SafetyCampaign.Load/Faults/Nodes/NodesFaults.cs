using System.Diagnostics;
using SafetyCampaign.Load.Faults.Repeating;

namespace SafetyCampaign.Load.Faults.Nodes;

/// <summary>What can happen to several nodes and what lies between them.</summary>
internal static class NodesFaults
{
    private const string PostgresWhat = "PostgreSQL stopped in order and at once, restarted, under load on two nodes";
    private const string PostgresHold = "0 acknowledged lost, 0 duplicates";
    private const string RedisWhat = "Redis killed and restarted under load on two nodes";
    private const string RedisHold = "0 failed pledges";
    private const string RollingWhat = "Rolling restart of two nodes under load";
    private const string RollingHold = "0 acknowledged lost, 0 duplicates";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaxLag = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Fault Postgres { get; } = new("postgres-restart",
        "Stops the PostgreSQL server under two nodes that take pledges, in order and as in a crash, leaves it away for a moment and "
            + "starts it again.", PostgresAsync);

    public static Fault Redis { get; } = new("redis-restart",
        "Kills the Redis server between two nodes, one of which takes pledges, and starts it again; watches how far the count of the "
            + "other is behind.", RedisAsync);

    public static Fault Rolling { get; } = new("rolling-restart",
        "Restarts two nodes one after the other while phones sign at whichever is there, as for an upgrade in the middle of an event.",
        RollingAsync);

    private static async Task PostgresAsync(FaultRun run)
    {
        await using var nodes = await TwoNodes.OpenAsync(run, PostgresWhat, PostgresHold);
        if (nodes is null)
            return;
        await using var phones = nodes.Sign(phones: 10);
        var slowest = TimeSpan.Zero;
        for (var cycle = 0; cycle < (run.Short ? 2 : 10); cycle++)
        {
            run.Now($"PostgreSQL stops, cycle {cycle + 1}");
            await Task.Delay(TimeSpan.FromSeconds(1)); // of signing
            await nodes.Postgres.StopAsync(cycle % 2 == 0 ? PostgresServer.Fast : PostgresServer.Immediate);
            await Task.Delay(TimeSpan.FromSeconds(1)); // of refusals
            await nodes.Postgres.StartAsync();
            var again = await phones.SignedSinceAsync(Stopwatch.GetTimestamp(), Patience);
            slowest = again > slowest ? again : slowest;
        }
        await phones.FinishAsync();
        List<string> wrong = [.. phones.Wrong, .. await nodes.RecountAsync(phones.Acknowledged)];
        run.Report.Absolute(PostgresWhat, PostgresHold,
            $"{phones.Acknowledged.Count:N0} stored once, {phones.Refused:N0} × 503{string.Concat(wrong.Select(w => $"; {w}"))}",
            wrong.Count == 0 && phones.Refused > 0);
        run.Report.Measured("Signing again once PostgreSQL is back", "≤ 5 s", $"slowest {slowest.TotalMilliseconds:N0} ms",
            slowest <= Limit);
    }

    private static async Task RedisAsync(FaultRun run)
    {
        await using var nodes = await TwoNodes.OpenAsync(run, RedisWhat, RedisHold);
        if (nodes is null)
            return;
        // At one node alone: the other hears of it by news, or by asking.
        await using var phones = new RetryingPhones(() => nodes.First, nodes.Event, phones: 10);
        var lag = TimeSpan.Zero;
        for (var cycle = 0; cycle < (run.Short ? 2 : 10); cycle++)
        {
            run.Now($"Redis goes, cycle {cycle + 1}");
            await Task.Delay(TimeSpan.FromMilliseconds(500));
            await nodes.Redis.StopAsync(Signals.Kill);
            lag = Longer(lag, await LagAsync(nodes));
            await nodes.Redis.StartAsync();
            lag = Longer(lag, await LagAsync(nodes));
        }
        await phones.FinishAsync();
        List<string> wrong = [.. phones.Wrong, .. await nodes.RecountAsync(phones.Acknowledged)];
        run.Report.Absolute(RedisWhat, RedisHold,
            $"{phones.Acknowledged.Count:N0} stored once, {phones.Refused + phones.Unanswered:N0} "
                + $"failed{string.Concat(wrong.Select(w => $"; {w}"))}",
            wrong.Count == 0 && phones.Refused + phones.Unanswered == 0);
        run.Report.Measured("The other node's count while Redis is away", "≤ 3 s behind",
            $"at most {lag.TotalMilliseconds:N0} ms", lag <= MaxLag);
    }

    private static async Task RollingAsync(FaultRun run)
    {
        await using var nodes = await TwoNodes.OpenAsync(run, RollingWhat, RollingHold);
        if (nodes is null)
            return;
        await using var phones = nodes.Sign(phones: 10);
        for (var cycle = 0; cycle < (run.Short ? 1 : 10); cycle++)
            foreach (var node in new[] { nodes.First, nodes.Second })
            {
                run.Now($"a node restarts, cycle {cycle + 1}");
                await Task.Delay(TimeSpan.FromMilliseconds(500));
                await nodes.RestartAsync(node);
            }
        await phones.FinishAsync();
        List<string> wrong = [.. phones.Wrong, .. await nodes.RecountAsync(phones.Acknowledged)];
        run.Report.Absolute(RollingWhat, RollingHold,
            $"{phones.Acknowledged.Count:N0} stored once, {phones.Unanswered:N0} asked again at the other node, {phones.Refused:N0} × "
                + $"503{string.Concat(wrong.Select(w => $"; {w}"))}",
            wrong.Count == 0);
    }

    /// <summary>How long the second node takes to show what the first shows now.</summary>
    private static async Task<TimeSpan> LagAsync(TwoNodes nodes)
    {
        var people = await nodes.PeopleAsync(nodes.First);
        var since = Stopwatch.GetTimestamp();
        while (await nodes.PeopleAsync(nodes.Second) < people && Stopwatch.GetElapsedTime(since) < Patience)
            await Task.Delay(10);
        return Stopwatch.GetElapsedTime(since);
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
