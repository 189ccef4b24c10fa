using SafetyCampaign.Load.Faults.Attack;
using SafetyCampaign.Load.Faults.Disk;
using SafetyCampaign.Load.Faults.Network;
using SafetyCampaign.Load.Faults.Nodes;
using SafetyCampaign.Load.Faults.PowerCut;
using SafetyCampaign.Load.Faults.Repeating;
using SafetyCampaign.Load.Faults.Sabotage;
using SafetyCampaign.Load.Faults.Saving;
using SafetyCampaign.Load.Faults.Starting;
using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Faults;

/// <summary><c>faults [NAME …]</c>: real faults against the real program; each ends with the recount.</summary>
internal static class FaultsPart
{
    public static readonly IReadOnlyList<Fault> All =
    [
        PowerCutFault.Fault,
        SabotageFault.Fault,
        KillFault.Fault,
        RetryStormFault.Fault,
        SameKeyFault.Fault,
        TabletFault.Fault,
        IoErrorFault.Fault,
        FullDiskFault.Fault,
        FrozenFault.Fault,
        CutOffFault.Fault,
        WeakNetworkFault.Fault,
        ClockFault.Fault,
        RestartFault.Fault,
        BackupFault.Fault,
        BotFault.Fault,
        ChainFault.Fault,
        HealthFault.Fault,
        StartRaceFault.Fault,
        NodesFaults.Postgres,
        NodesFaults.Redis,
        NodesFaults.Rolling,
    ];

    public static async Task RunAsync(RunOptions options, Report report)
    {
        if (options.Names.Except(All.Select(fault => fault.Name)).ToList() is { Count: > 0 } unknown)
            throw new ArgumentException(
                $"There is no fault {string.Join(", ", unknown)}. There are: {string.Join(", ", All.Select(fault => fault.Name))}.");
        var run = new FaultRun(await PublishedProgram.MakeAsync(options), options, report);
        foreach (var fault in All.Where(fault => options.Names.Count == 0 || options.Names.Contains(fault.Name)))
            try
            {
                await fault.RunAsync(run);
                report.Save();
            }
            catch (Exception failure)
            {
                Console.Error.WriteLine(failure);
                report.Fail(fault.Name, "the fault can be run to its end", failure.Message.Split('\n')[0]);
            }
    }
}
