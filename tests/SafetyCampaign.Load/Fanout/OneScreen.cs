using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Load.Screens;
using SafetyCampaign.Load.Speed;

namespace SafetyCampaign.Load.Fanout;

/// <summary>An idle hall: one phone signs now and then, one screen watches.</summary>
internal static class OneScreen
{
    public static async Task RunAsync(Auditorium hall)
    {
        hall.Report.Progress.Now("one phone, one screen");
        await using var screens = await ScreenGroup.OpenAsync(hall.Program, hall.Event, 1);
        var result = await hall.SignAsync(phones: 1, rate: 20, TimeSpan.FromSeconds(hall.Options.Short ? 2 : 10), screens);
        var delivery = Delivery.Of(screens.Screens, result.Acknowledged);
        hall.Report.Shown(screens, delivery);

        hall.Report.Measured("Signed → seen on a stage, idle, beside the answer itself", Threshold.AtMost(1.15, "times"),
            InterleavedRuns.Median(delivery.BesideAnswer),
            $"seen after {delivery.Took.Percentile(0.5).TotalMilliseconds:0.0} ms, answered "
                + $"after {result.Took.Percentile(0.5).TotalMilliseconds:0.0} ms");
    }
}
