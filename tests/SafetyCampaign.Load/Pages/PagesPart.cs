using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Load.Running;
using SafetyCampaign.Load.Speed;

namespace SafetyCampaign.Load.Pages;

/// <summary>
/// What a public page costs: processor time of the server's process for each answer, in rounds that take the pages in turns, beside
/// a static file. Time of the processor, not of the clock: other programs on the machine count little.
/// </summary>
internal static class PagesPart
{
    private const int Phones = 4;

    public static async Task RunAsync(RunOptions options, Report report)
    {
        report.Progress.Now("publishing and starting the program");
        await using var program = new RunningProgram(await PublishedProgram.MakeAsync(options))
        {
            Settings = new() { ["Proxies:Known"] = "127.0.0.1" },
        };
        var e = await SeededEvent.StartWithAsync(program);
        using var phones = new PagePhones(program);
        var receipts = await phones.SignAsync(e, families: 50);
        var file = await phones.FileOfPageAsync($"/e/{e.Code}");
        var page = $"/e/{e.Code}";
        PageLoad[] loads =
        [
            new("A static file (the page's script), gzip", "gzip", [file], null),
            new("Phone page, gzip", "gzip", [page], 0.5),
            new("Phone page, Brotli", "br", [page], 0.5),
            new("Phone page by the link of a class, gzip", "gzip", [.. e.Classes.Select(c => $"{page}?c={c}")], 0.5),
            new("Phone page in English, gzip", "gzip", [page], 0.5) { Language = "en" },
            new("Receipt, gzip", "gzip", [.. receipts.Select(receipt => $"/r/{receipt.Address}")], 0.5),
            new("Verification, gzip", "gzip", [.. receipts.Select(receipt => $"/verify/{receipt.Verification}")], 0.5),
        ];
        var (rounds, length) = options.Short ? (1, TimeSpan.FromSeconds(1)) : (5, TimeSpan.FromSeconds(1.5));
        foreach (var load in loads)
        {
            report.Progress.Now($"warming up: {load.Name}");
            await phones.AskAsync(load, Phones, 2 * length);
        }
        var taken = loads.ToDictionary(load => load, _ => new List<PageCost>());
        for (var round = 1; round <= rounds; round++)
            foreach (var load in loads)
            {
                report.Progress.Now($"round {round} of {rounds}: {load.Name}");
                taken[load].Add(await phones.AskAsync(load, Phones, length));
            }
        foreach (var (load, costs) in taken)
        {
            var milliseconds = InterleavedRuns.Median(costs.Select(cost => cost.Milliseconds));
            var note = $"{costs[0].Bytes:N0} bytes, {costs.Sum(cost => cost.Answers):N0} answers";
            if (load.MaxMilliseconds is { } most)
                report.Measured(load.Name, Threshold.AtMost(most, "ms", "0.000"), milliseconds, note);
            else
                report.Show(load.Name, $"{milliseconds:0.000} ms", note);
        }
    }
}

/// <summary>Pages of one kind that are asked for in turn.</summary>
internal sealed record PageLoad(string Name, string Encoding, IReadOnlyList<string> Paths, double? MaxMilliseconds)
{
    public string Language { get; init; } = "zh-CN";
}

/// <summary>What one round of them cost.</summary>
/// <param name="Milliseconds">Of the processor, for each answer.</param>
/// <param name="Bytes">Of one answer, as it was sent.</param>
internal sealed record PageCost(double Milliseconds, int Bytes, int Answers);
