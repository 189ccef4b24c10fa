using System.Globalization;
using System.Text.RegularExpressions;
using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Speed;

/// <summary>How soon the program answers, what it needs at rest, and what a phone and a stage must download.</summary>
internal static partial class StartAndWeight
{
    public static async Task RunAsync(RunOptions options, Report report, PublishedProgram published)
    {
        report.Progress.Now("starting the program several times");
        await using var program = new RunningProgram(published);
        var e = await SeededEvent.StartWithAsync(program);
        var starts = new List<double>();
        for (var times = options.Short ? 1 : 5; times > 0; times--)
        {
            await program.RestartAsync();
            starts.Add(program.ReadyAfter.TotalSeconds);
        }
        var start = InterleavedRuns.Median(starts);
        report.Measured("Start of the published program until it is ready", Threshold.AtMost(1, "s", "0.0#"), start,
            options.Short ? "not compiled ahead in a short run" : "median of 5");

        var phone = await WeighAsync(program, $"/e/{e.Code}", withPictures: false);
        report.Absolute("Phone page: HTML, styles and script, compressed", "≤ 14 KB", $"{phone / 1024.0:0.0} KB", phone <= 14 * 1024);
        var stage = await WeighAsync(program, $"/display/{e.Code}", withPictures: true);
        report.Absolute("Stage page, with its pictures, compressed", "≤ 40 KB", $"{stage / 1024.0:0.0} KB", stage <= 40 * 1024);

        var resident = program.Resident >> 20;
        report.Measured("Resident memory at rest, these pages served", Threshold.AtMost(150, "MB"), resident, MappedFiles(program.Id));
    }

    /// <summary>How much of it is no memory of its own, where the system tells.</summary>
    private static string MappedFiles(int process)
    {
        if (!OperatingSystem.IsLinux())
            return "";
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("RssFile:", StringComparison.Ordinal));
        var kilobytes = int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Trim(), CultureInfo.InvariantCulture);
        return $"of which {kilobytes >> 10} MB are mapped files of .NET and the program";
    }

    /// <summary>What goes over the line for a page and the files that its HTML names.</summary>
    public static async Task<int> WeighAsync(RunningProgram program, string path, bool withPictures)
    {
        using var http = new HttpClient { BaseAddress = program.Address };
        var files = FilesOf(await program.GetAsync(path), withPictures);
        var weight = 0;
        foreach (var address in files.Prepend(path))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { { "Accept-Encoding", "br" } } };
            using var answer = await http.SendAsync(request);
            weight += (await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync()).Length;
        }
        await Task.Yield();
        return weight;
    }

    /// <summary>The files that a page names, for a browser with scripts.</summary>
    public static IEnumerable<string> FilesOf(string page, bool withPictures)
    {
        var html = WithoutScript().Replace(page, "");
        return Styles().Matches(html).Concat(Scripts().Matches(html)).Concat(withPictures ? Pictures().Matches(html) : [])
            .Select(match => match.Groups["address"].Value).Distinct();
    }

    [GeneratedRegex("<noscript>.*?</noscript>", RegexOptions.Singleline)]
    private static partial Regex WithoutScript();

    [GeneratedRegex(
        """<link\b[^>]*\brel="stylesheet"[^>]*\bhref="(?<address>[^"]+)"|<link\b[^>]*\bhref="(?<address>[^"]+)"[^>]*\brel="stylesheet""")]
    private static partial Regex Styles();

    [GeneratedRegex("""<script\b[^>]*\bsrc="(?<address>[^"]+)""")]
    private static partial Regex Scripts();

    [GeneratedRegex("""<img\b[^>]*\bsrc="(?<address>[^"]+)""")]
    private static partial Regex Pictures();
}
