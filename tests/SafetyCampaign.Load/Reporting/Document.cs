using System.Text;

namespace SafetyCampaign.Load.Reporting;

/// <summary>The documents made from the newest run of each part: performance.md, and reliability.md from the faults.</summary>
internal static class Document
{
    public static void Write(string folder, IReadOnlyList<MeasuredRun> runs)
    {
        WriteOne(Path.Combine(folder, "performance.md"), "Performance", [.. runs.Where(run => run.Part != "faults").OrderBy(run => run.Part)]);
        WriteOne(Path.Combine(folder, "reliability.md"), "Reliability", [.. runs.Where(run => run.Part == "faults")]);
    }

    private static void WriteOne(string file, string title, IReadOnlyList<MeasuredRun> runs)
    {
        if (runs.Count == 0)
            return;
        var text = new StringBuilder($"# {title}\n\n");
        foreach (var run in runs)
            Section(text, run);
        File.WriteAllText(file, text.ToString());
    }

    private static void Section(StringBuilder text, MeasuredRun run)
    {
        text.Append($"## {char.ToUpperInvariant(run.Part[0])}{run.Part[1..]}\n\n`{run.Command}`\n\n{run.At}, commit {run.Commit}, on {run.Machine}.\n\n");
        text.Append("| What | Hold | Measured | |\n|---|---|---|---|\n");
        foreach (var figure in run.Figures)
            text.Append($"| {figure.What} | {figure.Hold} | {figure.Measured}{(figure.Note == "" ? "" : $" ({figure.Note})")} | {Say(figure.Verdict)} |\n");
        text.Append('\n');
    }

    private static string Say(Verdict verdict) => verdict switch { Verdict.Holds => "holds", Verdict.Shown => "", Verdict.Skipped => "skipped", _ => "**falls short**" };
}
