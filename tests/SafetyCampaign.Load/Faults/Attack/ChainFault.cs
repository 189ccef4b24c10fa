using System.Diagnostics;
using System.Net;
using Microsoft.Data.Sqlite;
using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Faults.Repeating;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Faults.Attack;

/// <summary>Somebody signs for one child thousands of times, then withdraws, one after the other and at once.</summary>
internal static class ChainFault
{
    private const int ActsASecond = 100;
    private const int AtOnce = 50;

    public static Fault Fault { get; } = new("chain",
        "Signs for one child 3,000 times, each time with another guardian, so that all count with one; then withdraws 100 a "
            + "second and 50 of them at once, while others sign.",
        RunAsync);

    private static async Task RunAsync(FaultRun run)
    {
        await using var program = new RunningProgram(run.Program);
        var chain = run.Short ? 300 : 3000;
        var found = await ActAsync(run, program, chain, TimeSpan.FromSeconds(run.Short ? 0.7 : 10));
        run.Report.Absolute($"Acts on a chain of {chain:N0}", "each done once; tally = rows",
            $"{found.Acts:N0} withdrawn{string.Concat(found.Wrong.Select(w => $"; {w}"))}", found.Wrong.Count == 0);
        run.Report.Measured("p99 of signing while 100 acts a second run, beside none", "≤ 2 times",
            $"{found.Busy.TotalMilliseconds:N1} ms beside {found.Quiet.TotalMilliseconds:N1} ms: {found.Ratio:N2} times", found.Ratio <= 2);
        run.Report.Show("The same with the first acts after a start, which are still compiled", $"{found.First.TotalMilliseconds:N1} ms");
        run.Report.Measured($"A withdrawal from a chain of {chain:N0}, beside one of 3", "the same",
            $"{found.OfMany.TotalMilliseconds:N1} ms beside {found.OfThree.TotalMilliseconds:N1} ms", found.OfMany <= 2 * found.OfThree);
        run.Report.Measured("The longest that anybody waited while 50 withdrew at once", "≤ 100 ms",
            $"{found.Longest.TotalMilliseconds:N0} ms", found.Longest <= TimeSpan.FromMilliseconds(100));
    }

    /// <summary>Makes the chain, signs in peace, then signs while acts run.</summary>
    public static async Task<ChainOutcome> ActAsync(FaultRun run, RunningProgram program, int chain, TimeSpan each)
    {
        var e = await SeededEvent.StartWithAsync(program);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = program.Address };
        run.Now($"{chain:N0} sign for one child");
        var three = await ChainAsync(program, e, e.Classes[1], 6);
        var many = await ChainAsync(program, e, e.Classes[0], chain);
        var ofThree = await MedianAsync(http, three.Take(3));
        var ofMany = await MedianAsync(http, many.Take(3));

        var receipts = new Queue<string>(many.Skip(3));
        run.Now("signing while the first acts run");
        var (first, acts) = await BesideActsAsync(program, e, http, receipts, each);
        run.Now("signing in peace");
        var quiet = await PledgeLoad.Of(program, e, phones: 50, rate: 500).RunAsync(each);
        run.Now("signing while acts run");
        var (busy, more) = await BesideActsAsync(program, e, http, receipts, each);
        run.Now($"signing while {AtOnce} withdraw at once");
        var load = PledgeLoad.Of(program, e, phones: 50, rate: 500).RunAsync(each / 2);
        await Task.Delay(each / 4);
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => receipts.Dequeue()).Select(receipt => WithdrawAsync(http, receipt)));
        var burst = await load;

        var recount = await Recount.OfAsync(program, e, [first, quiet, busy, burst], planted: three.Count + many.Count);
        var withdrawn = await WithdrawnAsync(program);
        var wrong = recount.Wrong.ToList();
        acts += more + AtOnce + 6;
        if (withdrawn != acts)
            wrong.Add($"{acts:N0} acts were answered, {withdrawn:N0} are stored");
        if (!first.IsClean || !quiet.IsClean || !busy.IsClean || !burst.IsClean)
            wrong.Add($"{first.Trouble} {quiet.Trouble} {busy.Trouble} {burst.Trouble}");
        return new ChainOutcome(acts, ofThree, ofMany, first.Took.Percentile(0.99), quiet.Took.Percentile(0.99), busy.Took.Percentile(0.99),
            burst.Took.Percentile(1), wrong);
    }

    private static async Task<(LoadResult Load, int Acts)> BesideActsAsync(
        RunningProgram program, SeededEvent e, HttpClient http, Queue<string> receipts, TimeSpan each)
    {
        var acting = WithdrawAllAsync(http, receipts, each);
        var load = await PledgeLoad.Of(program, e, phones: 50, rate: 500).RunAsync(each);
        return (load, await acting);
    }

    private static async Task<List<string>> ChainAsync(RunningProgram program, SeededEvent e, int classId, int length)
    {
        var receipts = new string[length];
        await Parallel.ForAsync(0, length, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (number, _) =>
        {
            var message = SignMessage.SameChild(e.PledgesPath, classId, number);
            message.Carry(Guid.CreateVersion7());
            receipts[number] = (await Exchange.AskAsync(program.EndPoint, message.Bytes)).Receipt;
        });
        return [.. receipts];
    }

    private static async Task<TimeSpan> MedianAsync(HttpClient http, IEnumerable<string> receipts)
    {
        var took = new List<TimeSpan>();
        foreach (var receipt in receipts)
        {
            var started = Stopwatch.GetTimestamp();
            await WithdrawAsync(http, receipt);
            took.Add(Stopwatch.GetElapsedTime(started));
        }
        return took.Order().ElementAt(took.Count / 2);
    }

    private static async Task<int> WithdrawAllAsync(HttpClient http, Queue<string> receipts, TimeSpan during)
    {
        var started = Stopwatch.GetTimestamp();
        var acts = new List<Task>();
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / ActsASecond));
        while (receipts.Count > AtOnce && Stopwatch.GetElapsedTime(started) <= during)
        {
            acts.Add(WithdrawAsync(http, receipts.Dequeue()));
            await pace.WaitForNextTickAsync();
        }
        await Task.WhenAll(acts);
        return acts.Count;
    }

    private static async Task WithdrawAsync(HttpClient http, string receipt)
    {
        using var answer = await http.PostAsync($"/r/{receipt}?handler=Withdraw", new FormUrlEncodedContent([]));
        if (answer.StatusCode is not (HttpStatusCode.Redirect or HttpStatusCode.SeeOther))
            throw new InvalidOperationException($"A withdrawal was answered {(int)answer.StatusCode}.");
    }

    private static async Task<long> WithdrawnAsync(RunningProgram program)
    {
        await using var connection = new SqliteConnection($"Data Source={program.Database};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM ledger_acts WHERE Kind = 1";
        return (long)(await command.ExecuteScalarAsync())!;
    }
}

/// <summary>What acts on a chain cost.</summary>
internal sealed record ChainOutcome(
    int Acts, TimeSpan OfThree, TimeSpan OfMany, TimeSpan First, TimeSpan Quiet, TimeSpan Busy, TimeSpan Longest,
    IReadOnlyList<string> Wrong)
{
    public double Ratio => Busy / Quiet;
}
