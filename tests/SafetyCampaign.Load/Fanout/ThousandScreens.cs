using SafetyCampaign.Load.Screens;

namespace SafetyCampaign.Load.Fanout;

/// <summary>Everybody signs at once while a thousand screens watch.</summary>
internal static class ThousandScreens
{
    public static async Task RunAsync(Auditorium hall)
    {
        var (count, rate) = hall.Options.Short ? (200, 2_000) : (1_000, 20_000);
        hall.Report.Progress.Now($"{count:N0} screens, {rate:N0} signatures a second");
        await using var screens = await Hall.OpenAsync(hall.Program, hall.Event, count);
        var result = await hall.SignAsync(phones: 200, rate, TimeSpan.FromSeconds(hall.Options.Short ? 2 : 8));
        var delivery = Delivery.Of(screens.Screens, result.Acknowledged);
        hall.Report.Shown($"{count:N0} screens", screens, delivery);

        var p99 = delivery.Took.Percentile(0.99).TotalMilliseconds;
        hall.Report.Measured($"Signed → seen, {count:N0} screens, {rate:N0} signatures a second, 99 of 100", "≤ 100 ms", $"{p99:0} ms",
            p99 <= 100 && result.PerSecond > 0.95 * rate,
            $"half within {delivery.Took.Percentile(0.5).TotalMilliseconds:0} ms; {result.PerSecond:N0} a second were reached; {screens.Screens[0].Shown.Count} snapshots a screen");
    }
}
