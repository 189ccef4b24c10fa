using SafetyCampaign.Load.Reporting;

namespace SafetyCampaign.Load.Faults;

internal static class FaultsPart
{
    public static Task RunAsync(RunOptions options, Report report)
    {
        report.Skip("Faults", "", "is being built");
        return Task.CompletedTask;
    }
}
