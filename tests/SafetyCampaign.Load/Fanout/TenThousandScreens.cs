using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Load.Screens;

namespace SafetyCampaign.Load.Fanout;

/// <summary>Ten thousand screens at two changes a second, all of them reading, and with one that has stopped to.</summary>
internal static class TenThousandScreens
{
    public static async Task RunAsync(Auditorium hall)
    {
        var wanted = hall.Options.Short ? 500 : 10_000;
        var count = Math.Min(wanted, OpenFiles.Most - 500);
        var length = TimeSpan.FromSeconds(hall.Options.Short ? 1 : 5);
        var before = hall.Program.Resident;
        hall.Report.Progress.Now($"{count:N0} screens come in");
        await using var screens = await ScreenGroup.OpenAsync(hall.Program, hall.Event, count);

        hall.Report.Progress.Now($"{count:N0} screens, two changes a second, without and with a frozen one in turns");
        await DeliverAsync(hall, screens, length); // while the last to come in settle down
        var each = (hall.Program.Resident - before) / 1024.0 / count;
        var (all, others) = (new List<Delivery>(), new List<Delivery>());
        for (var round = 0; round < 2; round++)
        {
            all.Add(await DeliverAsync(hall, screens, length));
            using var frozen = await Screen.OpenAsync(hall.Program.EndPoint, hall.Event.Code, readBuffer: 4096);
            frozen.Freeze();
            others.Add(await DeliverAsync(hall, screens, length));
        }

        var fewer = count == wanted ? "" : $"; only so many, as this machine allows {OpenFiles.Most:N0} open files";
        Tell(hall.Report, $"{count:N0} live screens, two changes a second, 99 of 100 deliveries", Together(all), Together(others), fewer);
        hall.Report.Measured("Memory of the server for each of them", Threshold.AtMost(40, "KB", "0.#"), each);
        hall.Report.Shown(screens, [.. all, .. others]);
    }

    private static void Tell(Report report, string what, Latencies all, Latencies others, string fewer)
    {
        var (p99, withFrozen) = (all.Percentile(0.99).TotalMilliseconds, others.Percentile(0.99).TotalMilliseconds);
        report.Measured(what, Threshold.AtMost(500, "ms", "0"), p99, $"half within {all.Percentile(0.5).TotalMilliseconds:0} ms{fewer}");
        report.Measured("The same with a frozen socket among them, beside none", Threshold.AtMost(1.2, "times"), withFrozen / p99,
            $"99 of 100 within {withFrozen:0} ms");
    }

    private static async Task<Delivery> DeliverAsync(Auditorium hall, ScreenGroup screens, TimeSpan length)
    {
        screens.Forget();
        var result = await hall.SignAsync(phones: 1, rate: 2, length, screens);
        return Delivery.Of(screens.Screens, result.Acknowledged);
    }

    private static Latencies Together(IEnumerable<Delivery> deliveries)
    {
        var together = new Latencies();
        foreach (var delivery in deliveries)
            together.Add(delivery.Took);
        return together;
    }
}
