using System.Diagnostics;
using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Relay;

/// <summary>Classes that signed without a network come online at once, with all their pledges waiting.</summary>
internal static class RelayPart
{
    private const int Pupils = 45;

    public static async Task RunAsync(RunOptions options, Report report)
    {
        var classes = options.Number("classes", options.Short ? 20 : 200);
        report.Progress.Now("publishing the program");
        var published = await PublishedProgram.MakeAsync(options);
        await BesidePhonesAsync(published, classes, options.Short, report);
        await OfOneAddressAsync(published, classes, report);
    }

    /// <summary>With guardians who sign by phone at the same time; limits off, since all of the runner has one address.</summary>
    private static async Task BesidePhonesAsync(PublishedProgram published, int classes, bool isShort, Report report)
    {
        await using var program = new RunningProgram(published);
        var (e, devices) = await PlantAsync(program, classes);
        report.Progress.Now("phones alone");
        // Everything is compiled by then.
        var first = await PledgeLoad.Of(program, e, 50, rate: 200).RunAsync(TimeSpan.FromSeconds(isShort ? 1 : 5));
        var alone = await PledgeLoad.Of(program, e, 50, rate: 200).RunAsync(TimeSpan.FromSeconds(isShort ? 1 : 20));

        report.Progress.Now($"{classes} classes come online");
        using var enough = new CancellationTokenSource();
        var beside = PledgeLoad.Of(program, e, 50, rate: 200).RunAsync(TimeSpan.FromMinutes(5), enough.Token);
        var took = await SendAsync(devices);
        await enough.CancelAsync();
        var loaded = await beside;

        Say(report, $"{classes:N0} classes with {Pupils} pledges each come online at once, 200 phones a second beside them", took, devices);
        report.Measured("p99 of the phones' signing meanwhile", Threshold.AtMost(50, "ms", "0.0"),
            loaded.Took.Percentile(0.99).TotalMilliseconds, $"{alone.Took.Percentile(0.99).TotalMilliseconds:0.0} ms without the classes");
        report.Intake("the classes send", [first, alone, loaded]);
        LoadResult[] phones = [first, alone, loaded];
        var acknowledged = devices.SelectMany(device => device.Acknowledged).Concat(phones.SelectMany(load => load.Acknowledged));
        await RecountAsync(report, program, e, acknowledged);
    }

    /// <summary>All classes behind one address, limits on: what a district's network looks like from outside.</summary>
    private static async Task OfOneAddressAsync(PublishedProgram published, int classes, Report report)
    {
        await using var program = new RunningProgram(published) { Settings = [] };
        var (e, devices) = await PlantAsync(program, classes);
        report.Progress.Now($"{classes} classes of one address come online");
        var took = await SendAsync(devices);
        Say(report, $"The same {classes:N0} classes, all of one address, with limits", took, devices);
        await RecountAsync(report, program, e, devices.SelectMany(device => device.Acknowledged));
    }

    private static async Task<(SeededEvent Event, IReadOnlyList<ClassDevice> Devices)> PlantAsync(RunningProgram program, int classes)
    {
        var e = await SeededEvent.StartWithAsync(program);
        var groups = await RelayClass.PlantAsync(program, e, classes, Pupils);
        var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = program.Address };
        return (await SeededEvent.OfAsync(program), [.. groups.Select(group => new ClassDevice(http, group, e.Code))]);
    }

    private static async Task<TimeSpan> SendAsync(IReadOnlyList<ClassDevice> devices)
    {
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(devices.Select(device => device.SendAllAsync()));
        return Stopwatch.GetElapsedTime(started);
    }

    private static void Say(Report report, string what, TimeSpan took, IReadOnlyList<ClassDevice> devices)
    {
        var times = new Latencies();
        foreach (var device in devices)
            times.Add(device.Took);
        var waited = devices.SelectMany(device => device.Refused).Where(refused => refused.Key == 429).Sum(refused => refused.Value);
        report.Measured(what, Threshold.AtMost(60, "s", "0.0"), took.TotalSeconds,
            $"p99 of an answer {times.Percentile(0.99).TotalMilliseconds:0} ms; told to wait {waited:N0} times");
        var stored = devices.Sum(device => device.Acknowledged.Count);
        var refused = devices.SelectMany(device => device.Refused).Where(refused => refused.Key != 429).Sum(refused => refused.Value);
        report.Absolute("Their pledges", "all in, nothing refused", $"{stored:N0} of {devices.Count * Pupils:N0}; {refused:N0} refused",
            stored == devices.Count * Pupils && refused == 0);
    }

    private static async Task RecountAsync(Report report, RunningProgram program, SeededEvent e, IEnumerable<Acknowledged> acknowledged) =>
        report.Recounted("the classes were in", await Recount.OfAsync(program, e, acknowledged, []));
}
