using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Load.Screens;

namespace SafetyCampaign.Load.Fanout;

/// <summary>Everybody signs at once while a thousand screens watch.</summary>
internal static class ThousandScreens
{
    public static async Task RunAsync(Auditorium hall)
    {
        var (count, rate) = hall.Options.Short ? (200, 2_000) : (1_000, 20_000);
        hall.Report.Progress.Now($"{count:N0} screens, {rate:N0} signatures a second");
        await using var screens = await ScreenGroup.OpenAsync(hall.Program, hall.Event, count);
        var result = await hall.SignAsync(phones: 200, rate, TimeSpan.FromSeconds(hall.Options.Short ? 2 : 8), screens);
        var delivery = Delivery.Of(screens.Screens, result.Acknowledged);
        hall.Report.Shown(screens, delivery);

        hall.Report.Measured($"Signatures a second while {count:N0} screens watch, asked for {rate:N0}",
            Threshold.AtLeast(0.95 * rate, "a second", "N0"), result.PerSecond);
        hall.Report.Measured($"Signed → seen on {count:N0} screens meanwhile, 99 of 100", Threshold.AtMost(100, "ms", "0"),
            delivery.Took.Percentile(0.99).TotalMilliseconds,
            $"half within {delivery.Took.Percentile(0.5).TotalMilliseconds:0} ms; answered "
                + $"within {result.Took.Percentile(0.99).TotalMilliseconds:0} ms; {screens.Screens[0].Shown.Count} snapshots a screen");
    }
}
