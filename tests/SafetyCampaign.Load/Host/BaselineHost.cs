namespace SafetyCampaign.Load.Host;

internal static class BaselineHost
{
    public static Task RunAsync(RunOptions options) => Task.CompletedTask;
}
