using System.Diagnostics;
using System.Text.Json;
using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Faults.Repeating;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Faults.Nodes;

/// <summary>Two programs on one PostgreSQL database, with Redis between them.</summary>
internal sealed class TwoNodes : IAsyncDisposable
{
    private const string Database = "pledges";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HashSet<RunningProgram> inService = [];
    private int next;

    private TwoNodes(PostgresServer postgres, RedisServer redis, RunningProgram first, RunningProgram second) =>
        (Postgres, Redis, First, Second) = (postgres, redis, first, second);

    public PostgresServer Postgres { get; }

    public RedisServer Redis { get; }

    public RunningProgram First { get; }

    public RunningProgram Second { get; }

    public SeededEvent Event { get; private set; } = null!;

    /// <summary>Null, and reported, where a server is not to be had.</summary>
    public static async Task<TwoNodes?> OpenAsync(FaultRun run, string what, string hold)
    {
        if (PostgresServer.Programs() is null)
        {
            run.Without("PostgreSQL is not installed", what, hold);
            return null;
        }
        if (!await run.CanAsync(what, hold, "redis-server", "--version"))
            return null;
        run.Now("starting PostgreSQL, Redis and two nodes");
        var postgres = await PostgresServer.CreateAsync();
        await postgres.CreateDatabaseAsync(Database);
        var redis = await RedisServer.CreateAsync();
        var nodes = new TwoNodes(postgres, redis, Node(run, postgres, redis), Node(run, postgres, redis));
        nodes.Event = await SeededEvent.StartWithAsync(nodes.First);
        await nodes.Second.StartAsync();
        nodes.inService.UnionWith([nodes.First, nodes.Second]);
        return nodes;
    }

    /// <summary>As a balancer does: one after the other, and none that is being restarted.</summary>
    public RunningProgram Balanced()
    {
        lock (inService)
            return inService.Count == 0 ? First : inService.ElementAt(Interlocked.Increment(ref next) % inService.Count);
    }

    public async Task RestartAsync(RunningProgram node)
    {
        lock (inService)
            inService.Remove(node);
        await node.RestartAsync();
        lock (inService)
            inService.Add(node);
    }

    /// <summary>The recount on either node, once both have caught up or should have.</summary>
    public async Task<IReadOnlyList<string>> RecountAsync(IReadOnlyCollection<Phones.Acknowledged> acknowledged)
    {
        var people = acknowledged.Sum(a => a.People);
        foreach (var node in (RunningProgram[])[First, Second])
            for (var since = Stopwatch.GetTimestamp(); await PeopleAsync(node) < people
                && Stopwatch.GetElapsedTime(since) < Patience; await Task.Delay(50))
            {
            }
        return
        [
            .. (await Recount.OfAsync(First, Event, acknowledged, [])).Wrong,
            .. (await Recount.OfAsync(Second, Event, acknowledged, [])).Wrong.Select(wrong => $"on the second node {wrong}"),
        ];
    }

    public RetryingPhones Sign(int phones) => new(Balanced, Event, phones);

    public async Task<int> PeopleAsync(RunningProgram node)
    {
        using var tally = JsonDocument.Parse(await node.GetAsync(Event.TallyPath));
        return tally.RootElement.GetProperty("people").GetInt32();
    }

    public async ValueTask DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
        await Redis.DisposeAsync();
        await Postgres.DisposeAsync();
    }

    private static RunningProgram Node(FaultRun run, PostgresServer postgres, RedisServer redis) => new(run.Program)
    {
        Settings = new(postgres.Settings(Database)) { ["Limits:Enabled"] = "false", ["Redis:ConnectionString"] = redis.Address },
    };
}
