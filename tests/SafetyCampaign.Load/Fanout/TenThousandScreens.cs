using SafetyCampaign.Load.Phones;
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
        await using var screens = await Hall.OpenAsync(hall.Program, hall.Event, count);

        hall.Report.Progress.Now($"{count:N0} screens, two changes a second, without and with a frozen one in turns");
        var (all, others) = (new Latencies(), new Latencies());
        await DeliverAsync(hall, screens, length / 2); // while the last to come in settle down
        var each = (hall.Program.Resident - before) / 1024.0 / count;
        for (var round = 0; round < 2; round++)
        {
            all.Add(await DeliverAsync(hall, screens, length));
            using var frozen = await Screen.OpenAsync(hall.Program.EndPoint, hall.Event.Code, readBuffer: 4096);
            frozen.Freeze();
            others.Add(await DeliverAsync(hall, screens, length));
        }

        var limit = count == wanted ? "" : $"; only so many, as this machine allows {OpenFiles.Most:N0} open files";
        var (p99, withFrozen) = (all.Percentile(0.99), others.Percentile(0.99));
        hall.Report.Measured($"{count:N0} live screens, two changes a second, 99 of 100 deliveries", "≤ 500 ms", $"{p99.TotalMilliseconds:0} ms", p99.TotalMilliseconds <= 500,
            $"half within {all.Percentile(0.5).TotalMilliseconds:0} ms{limit}");
        hall.Report.Measured("Memory of the server for each of them", "≤ 40 KB", $"{each:0.0} KB", each <= 40);
        hall.Report.Measured("The same with a frozen socket among them, beside none", "≤ 1.2 times", $"{withFrozen / p99:0.00} times", withFrozen <= 1.2 * p99,
            $"99 of 100 within {withFrozen.TotalMilliseconds:0} ms");
    }

    private static async Task<Latencies> DeliverAsync(Auditorium hall, Hall screens, TimeSpan length)
    {
        screens.Forget();
        var result = await hall.SignAsync(phones: 1, rate: 2, length);
        var delivery = Delivery.Of(screens.Screens, result.Acknowledged);
        hall.Report.Shown($"{screens.Screens.Count:N0} screens", screens, delivery);
        return delivery.Took;
    }
}
