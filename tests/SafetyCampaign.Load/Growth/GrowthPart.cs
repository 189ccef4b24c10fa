using SafetyCampaign.Load.Reporting;

namespace SafetyCampaign.Load.Growth;

internal static class GrowthPart
{
    public static Task RunAsync(RunOptions options, Report report)
    {
        report.Skip("Growth", "", "is being built");
        return Task.CompletedTask;
    }
}
