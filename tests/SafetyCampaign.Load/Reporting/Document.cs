using System.Text;
using SafetyCampaign.Load.Faults;

namespace SafetyCampaign.Load.Reporting;

/// <summary>The pages made from the newest run of each part: performance.md, and reliability.md from the faults.</summary>
internal static class Document
{
    public static void Write(string folder, IReadOnlyList<MeasuredRun> runs)
    {
        string[] order = [.. PerformancePageText.Parts.Keys];
        WriteOne(Path.Combine(folder, "performance.md"), PerformancePageText.Performance,
            [.. runs.Where(run => order.Contains(run.Part)).OrderBy(run => Array.IndexOf(order, run.Part))]);
        WriteOne(Path.Combine(folder, "reliability.md"), ReliabilityPage.Opening,
            [.. runs.Where(run => run.Part.StartsWith("faults", StringComparison.Ordinal))
                .OrderBy(run => run.Part, StringComparer.Ordinal)]);
    }

    private static void WriteOne(string file, string opening, IReadOnlyList<MeasuredRun> runs)
    {
        if (runs.Count == 0)
            return;
        var page = new StringBuilder(opening);
        foreach (var run in runs)
            Section(page, run);
        File.WriteAllText(file, page.ToString().TrimEnd() + "\n");
    }

    private static void Section(StringBuilder page, MeasuredRun run)
    {
        page.Append($"## {char.ToUpperInvariant(run.Part[0])}{run.Part[1..]}\n\n");
        if (PerformancePageText.Parts.TryGetValue(run.Part, out var does))
            page.Append($"{does}\n\n");
        page.Append($"`{run.Command}`\n\n{run.At}, commit {run.Commit}{(run.Short ? ", a short run" : "")}; {run.Machine}.\n\n");
        page.Append("| What | Hold | Measured | |\n|---|---|---|---|\n");
        foreach (var figure in run.Figures)
            page.Append(
                $"| {figure.What} | {figure.Hold} | {figure.Measured}{(figure.Note == "" ? "" : $" ({figure.Note})")} "
                    + $"| {Say(figure.Verdict)} |\n");
        page.Append('\n');
        WhatFallsShort(page, [.. run.Figures.Where(figure => figure.Verdict == Verdict.FallsShort)]);
    }

    private static void WhatFallsShort(StringBuilder page, IReadOnlyList<Figure> figures)
    {
        if (figures.Count == 0)
            return;
        page.Append("What falls short, by how much, and what stands in the way:\n\n");
        foreach (var figure in figures)
        {
            var shortBy = figure.Short == "" ? "" : $", {figure.Short}";
            page.Append($"- {figure.What}: {figure.Measured}{shortBy}. {PerformancePageText.ReasonFor(figure.What)}".TrimEnd() + "\n");
        }
        page.Append('\n');
    }

    private static string Say(Verdict verdict) => verdict switch
    {
        Verdict.Holds => "holds",
        Verdict.Shown => "",
        Verdict.Skipped =>
        "not measured",
        _ => "**falls short**"
    };
}
