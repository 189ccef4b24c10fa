using SafetyCampaign.Load.Reporting;

namespace SafetyCampaign.Load.Soak;

internal static class SoakPart
{
    public static Task RunAsync(RunOptions options, Report report)
    {
        report.Skip("Soak", "", "is being built");
        return Task.CompletedTask;
    }
}
