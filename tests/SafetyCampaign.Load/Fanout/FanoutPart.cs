using SafetyCampaign.Load.Reporting;

namespace SafetyCampaign.Load.Fanout;

internal static class FanoutPart
{
    public static Task RunAsync(RunOptions options, Report report)
    {
        report.Skip("Fanout", "", "is being built");
        return Task.CompletedTask;
    }
}
