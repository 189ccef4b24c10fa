using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Load.Running;
using SafetyCampaign.Load.Speed;

namespace SafetyCampaign.Load.Visit;

/// <summary>
/// <c>speed visit</c>: what a family asks of one laptop and one line, all of it together, beside a server that sends the same bytes from
/// files; and crowds. <c>--families</c> and <c>--phones</c> say how many visit, and how many of them at once; <c>--crowd</c> how many
/// open the page within 10 s, and then visit within 60 s; <c>--evening</c> how many visit within 20 s.
/// </summary>
internal static class WholeVisit
{
    public static async Task RunAsync(RunOptions options, Report report, PublishedProgram published)
    {
        var families = options.Number("families", options.Short ? 40 : 600);
        var phones = options.Number("phones", 32);
        await using var program = new RunningProgram(published);
        await using var files = await Baselines.StartAsync();
        var e = await SeededEvent.StartWithAsync(program);
        var signed = new List<Acknowledged>();
        var visited = 0;

        var asked = new List<(string Name, VisitPlan Plan, VisitPlan Stored)>();
        foreach (var (name, encoding) in new[] { ("gzip", "gzip"), ("brotli", "gzip, br") })
        {
            report.Progress.Now($"a program that was just started, over {name}");
            var (plan, first) = await VisitPlan.OfAsync(program, e, encoding);
            var stored = await VisitPlan.OfFilesAsync(plan, files.Server, files.Folder);
            signed.AddRange([first, .. stored.FilesFor is { } known ? [known] : Array.Empty<Acknowledged>()]);
            asked.Add((name, plan, stored));
        }
        // What is compiled while the first thousand come belongs to the start, not to a family nor to the encoding that is asked for first.
        var fresh = await VisitAllAsync(asked[0].Plan, families / 4);
        report.Show($"The first {fresh.Families:N0} families after a start: processor of a family", $"{fresh.Milliseconds:0.0} ms");
        foreach (var (_, plan, stored) in asked)
        {
            await VisitAllAsync(plan, families);
            await Visits.WholeAsync(stored, files.Id, families / 4, phones);
        }
        foreach (var (name, plan, stored) in asked)
        {
            report.Progress.Now($"whole visits over {name}");
            var parts = await Visits.PartByPartAsync(plan, program.Id, families, phones);
            var whole = await VisitAllAsync(plan, families);
            var beside = await Visits.WholeAsync(stored, files.Id, families, phones);
            signed.AddRange(parts.Signed);
            visited += families;
            Tell(report, name, parts, whole, beside);
        }
        var resident = program.Resident >> 20;
        report.Measured($"Resident memory after {visited:N0} visits", Threshold.AtMost(250, "MB"), resident);
        var load = await CrowdsAsync(options, report, program, e, signed);
        report.Recounted("the visits", await Recount.OfAsync(program, e, signed.Concat(load.Acknowledged), load.Unanswered));

        async Task<Visits> VisitAllAsync(VisitPlan plan, int count)
        {
            var visits = await Visits.WholeAsync(plan, program.Id, count, phones);
            signed.AddRange(visits.Signed);
            visited += count;
            return visits;
        }
    }

    private static void Tell(Report report, string name, Visits parts, Visits whole, Visits beside)
    {
        foreach (var part in Enum.GetValues<VisitPart>())
            report.Show($"Visit over {name}, {Words(part)}: processor, bytes, 99 of 100 within",
                $"{parts.MillisecondsOf(part):0.00} ms, {parts.Tally.BytesOf(part, parts.Families) / 1024:0.0} KB, "
                    + $"{whole.Tally.P99(part):0.0} ms");
        report.Measured($"Visit over {name}: processor of a family", Threshold.AtMost(11, "ms"), parts.Milliseconds,
            $"{whole.Milliseconds:0.0} ms where whole visits overlap; {beside.Milliseconds:0.0} ms from files");
        report.Measured($"Visit over {name}: bytes of a family", Threshold.AtMost(90, "KB", "0.#"), parts.Kilobytes);
        report.Measured($"Visit over {name}: families a second", Threshold.AtLeast(180, format: "0"), whole.PerSecond,
            $"{beside.PerSecond:0} from files; phones and server share the cores");
        Clean(report, $"Answers of visits over {name}", parts, whole);
    }

    private static async Task<LoadResult> CrowdsAsync(
        RunOptions options, Report report, RunningProgram program, SeededEvent e, List<Acknowledged> signed)
    {
        var families = options.Number("crowd", options.Short ? 40 : 1000);
        var (opening, evening) = options.Short ? (1, 2) : (10, 60);
        var (plan, first) = await VisitPlan.OfAsync(program, e, "gzip");
        signed.Add(first);

        report.Progress.Now($"{families:N0} families open the page within {opening} s while others sign");
        var signing = PledgeLoad.Of(program, e, 50, rate: 100).RunAsync(TimeSpan.FromSeconds(opening + 1));
        var openers = await Visits.CrowdAsync(plan, program.Id, families, TimeSpan.FromSeconds(opening), think: null);
        var load = await signing;
        var crowd = $"{families:N0} families open the page within {opening} s";
        report.Measured($"{crowd}: the page, 99 of 100", Threshold.AtMost(1500, "ms", "0.#"), openers.Tally.P99(VisitPart.Page));
        report.Measured($"{crowd}: signing at 100/s, 99 of 100", Threshold.AtMost(50, "ms", "0.#"),
            load.Took.Percentile(0.99).TotalMilliseconds);
        report.Intake(crowd, [load]);

        var (min, max) = options.Short ? (0.2, 0.4) : (10.0, 15.0);
        var think = (TimeSpan.FromSeconds(min), TimeSpan.FromSeconds(max));
        var school = await VisitAsync(families, evening);
        report.Measured($"{families:N0} families visit within {evening} s: the page, 99 of 100", Threshold.AtMost(50, "ms", "0.#"),
            school.Tally.P99(VisitPart.Page), Parts(school, after: VisitPart.Page));

        // Of a whole district: all of them have come before the first has written its name.
        var many = options.Number("evening", options.Short ? 80 : 2000);
        var rush = options.Short ? 1 : 20;
        var district = await VisitAsync(many, rush);
        var (slowest, p99) = Enum.GetValues<VisitPart>().Select(part => (part, district.Tally.P99(part))).MaxBy(part => part.Item2);
        report.Measured($"{many:N0} families visit within {rush} s: the slowest part, 99 of 100", Threshold.AtMost(1000, "ms", "0.#"), p99,
            $"{Words(slowest)}; {Parts(district)}");
        Clean(report, "Answers of the crowds", openers, school, district);
        return load;

        async Task<Visits> VisitAsync(int crowd, int seconds)
        {
            report.Progress.Now($"{crowd:N0} families visit within {seconds} s");
            var visits = await Visits.CrowdAsync(plan, program.Id, crowd, TimeSpan.FromSeconds(seconds), think);
            signed.AddRange(visits.Signed);
            return visits;
        }
    }

    private static string Parts(Visits visits, VisitPart? after = null) => string.Join(", ", Enum.GetValues<VisitPart>()
        .Where(part => after is null || part > after).Select(part => $"{Words(part)} {visits.Tally.P99(part):0.#} ms"));

    private static void Clean(Report report, string what, params Visits[] visits)
    {
        var trouble = string.Join("; ", visits.Select(visit => visit.Tally.Trouble).Where(trouble => trouble != ""));
        report.Absolute(what, "nothing refused", trouble == "" ? "nothing refused" : trouble, trouble == "");
    }

    private static string Words(VisitPart part) => part switch
    {
        VisitPart.Page => "page",
        VisitPart.Files => "its files",
        VisitPart.Signature => "signature of two",
        VisitPart.Receipt => "receipt",
        VisitPart.ReceiptFiles => "the receipt's files",
        _ => "certificate",
    };
}
