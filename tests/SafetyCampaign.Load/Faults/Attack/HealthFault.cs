using System.Net;
using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Faults.Attack;

/// <summary>A supervisor that was set up wrong, or somebody who means it, asks for health without a pause.</summary>
internal static class HealthFault
{
    private const int Askers = 32;

    public static Fault Fault { get; } = new("health-flood",
        "Asks /healthz/ready 3,000 times a second, on 32 connections, while phones sign.",
        RunAsync);

    private static async Task RunAsync(FaultRun run)
    {
        await using var program = new RunningProgram(run.Program);
        var found = await AskAsync(run, program, TimeSpan.FromSeconds(run.Short ? 0.7 : 10));
        run.Report.Absolute("Health asked on 32 connections", "200 each; nothing lost",
            $"{found.Asked:N0} asked{string.Concat(found.Wrong.Select(w => $"; {w}"))}", found.Wrong.Count == 0);
        run.Report.Measured("p50 of signing while health is asked on 32 connections, beside none", "≤ 5 times",
            $"{found.Busy.TotalMilliseconds:N1} ms beside {found.Quiet.TotalMilliseconds:N1} ms: {found.Ratio:N1} times", found.Ratio <= 5);
    }

    public static async Task<HealthOutcome> AskAsync(FaultRun run, RunningProgram program, TimeSpan each)
    {
        var e = await SeededEvent.StartWithAsync(program);
        run.Now("signing in peace");
        var quiet = await PledgeLoad.Of(program, e, phones: 20, rate: 200).RunAsync(each);
        run.Now("signing while health is asked");
        using var enough = new CancellationTokenSource();
        var asking = Task.WhenAll(Enumerable.Range(0, Askers).Select(_ => Task.Run(() => AskOnAsync(program, enough.Token))));
        var busy = await PledgeLoad.Of(program, e, phones: 20, rate: 200).RunAsync(each);
        await enough.CancelAsync();
        var answers = await asking;

        var wrong = (await Recount.OfAsync(program, e, [quiet, busy])).Wrong.ToList();
        if (answers.Sum(a => a.NotReady) is > 0 and var times)
            wrong.Add($"{times:N0} times not ready");
        if (!quiet.IsClean || !busy.IsClean)
            wrong.Add($"{quiet.Trouble} {busy.Trouble}");
        return new HealthOutcome(answers.Sum(a => a.Asked), quiet.Took.Percentile(0.5), busy.Took.Percentile(0.5), wrong);
    }

    private static async Task<(int Asked, int NotReady)> AskOnAsync(RunningProgram program, CancellationToken enough)
    {
        using var http = new HttpClient { BaseAddress = program.Address };
        var (asked, notReady) = (0, 0);
        for (; !enough.IsCancellationRequested; asked++)
        {
            using var answer = await http.GetAsync("/healthz/ready", CancellationToken.None);
            if (answer.StatusCode != HttpStatusCode.OK)
                notReady++;
            await Task.Delay(10, CancellationToken.None); // the askers share the machine with the program
        }
        return (asked, notReady);
    }
}

/// <summary>What asking for health costs those who sign.</summary>
internal sealed record HealthOutcome(int Asked, TimeSpan Quiet, TimeSpan Busy, IReadOnlyList<string> Wrong)
{
    public double Ratio => Busy / Quiet;
}
