using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;
using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Faults.Network;

/// <summary>The stage's network is gone while people go on signing, and comes back.</summary>
internal static class CutOffFault
{
    private const string What = "Display cut off";
    private const string Hold = "right again < 1 s after the network returns; never above the truth, never backwards";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly (int Seconds, CutKind How)[] Short = [(1, CutKind.Silent), (4, CutKind.Silent), (4, CutKind.Reset)];

    private static readonly (int Seconds, CutKind How)[] Full =
    [
        (1, CutKind.Silent), (3, CutKind.Silent), (10, CutKind.Silent), (30, CutKind.Silent), (120, CutKind.Silent), (600, CutKind.Silent),
        (1, CutKind.Reset), (10, CutKind.Reset), (60, CutKind.Reset),
    ];

    public static Fault Fault { get; } = new("display-cut-off",
        "Opens the real stage page in a real browser behind a TCP line of our own, several at once, and cuts each for another time while "
        + "people sign: "
        + "silently, as a router that is switched off, or by reset; connections of that time never come back.",
        RunAsync);

    private static async Task RunAsync(FaultRun run)
    {
        if (SystemBrowser.Find() is not { } path)
        {
            run.Without("there is no Chromium or Chrome; CHROME_PATH may name one", What, Hold);
            return;
        }
        await using var program = new RunningProgram(run.Program);
        var e = await SeededEvent.StartWithAsync(program);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await SystemBrowser.LaunchAsync(playwright, path);
        using var enough = new CancellationTokenSource();
        var load = PledgeLoad.Of(program, e, phones: 10, rate: 20).RunAsync(TimeSpan.FromHours(1), enough.Token);

        var cuts = run.Short ? Short : [.. Full.Where(cut => cut.Seconds <= run.Options.Number("longest", 600))];
        run.Now($"{cuts.Length} stages cut off for up to {cuts.Max(cut => cut.Seconds)} s");
        var stages = await Task.WhenAll(cuts.Select(cut => CutAsync(browser, program, e, cut.How, TimeSpan.FromSeconds(cut.Seconds))));
        await enough.CancelAsync();
        var signed = await load;

        var slowest = stages.Max(stage => stage.RightAfter);
        var wrong = stages.SelectMany(stage => stage.Wrong).Concat((await Recount.OfAsync(program, e, [signed])).Wrong).ToList();
        run.Report.Absolute(What, "never above the truth, never backwards",
            wrong.Count == 0
                ? $"{stages.Length} cuts of {cuts.Min(cut => cut.Seconds)} to {cuts.Max(cut => cut.Seconds)} s: only grew, only the truth"
                : string.Join("; ", wrong.Distinct()),
            wrong.Count == 0);
        run.Report.Measured("Display right again after its network returns", "< 1 s",
            $"slowest {slowest.TotalMilliseconds:N0} ms", slowest < Limit);
    }

    private static async Task<(TimeSpan RightAfter, IReadOnlyList<string> Wrong)> CutAsync(
        IBrowser browser, RunningProgram program, SeededEvent e, CutKind how, TimeSpan length)
    {
        var wrong = new List<string>();
        await using var line = new ImpairedProxy(program.EndPoint);
        var stage = await StageTab.OpenAsync(browser, new Uri(line.Address, $"/display/{e.Code}"));
        line.Break(how);
        await Task.Delay(length);
        var truth = await PeopleAsync(program, e);
        line.Mend();
        var mended = Stopwatch.GetTimestamp();
        while (await stage.PeopleAsync() < truth && Stopwatch.GetElapsedTime(mended) < Patience)
            await Task.Delay(10);
        var rightAfter = Stopwatch.GetElapsedTime(mended);
        var shown = await stage.ShownAsync();
        if (shown[^1] < truth)
            wrong.Add($"cut off for {length.TotalSeconds:0} s ({how}), a stage was not right {Patience.TotalSeconds:0} s later");
        if (shown[^1] > await PeopleAsync(program, e))
            wrong.Add("a stage showed more than had signed");
        if (shown.Zip(shown.Skip(1)).Any(pair => pair.Second < pair.First))
            wrong.Add("a stage counted backwards");
        return (rightAfter, wrong);
    }

    private static async Task<int> PeopleAsync(RunningProgram program, SeededEvent e)
    {
        using var tally = JsonDocument.Parse(await program.GetAsync(e.TallyPath));
        return tally.RootElement.GetProperty("people").GetInt32();
    }
}
