using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Faults;

/// <summary>Something that goes wrong at an event, done to the real program.</summary>
/// <param name="Name">As typed after <c>faults</c>.</param>
/// <param name="Does">What is done, in a sentence for docs/reliability.md.</param>
internal sealed record Fault(string Name, string Does, Func<FaultRun, Task> RunAsync);

/// <summary>What a fault works with.</summary>
internal sealed record FaultRun(PublishedProgram Program, RunOptions Options, Report Report)
{
    public bool Short => Options.Short;

    /// <summary>Shows what is going on.</summary>
    public void Now(string doing) => Report.Progress.Now(doing);

    /// <summary>
    /// False, and reported, where a tool cannot be used. One that is missing is a failure in CI, which installs them all;
    /// one that the machine forbids is nobody's fault.
    /// </summary>
    /// <param name="trial">What the tool is told, to see whether it works here.</param>
    public async Task<bool> CanAsync(string what, string hold, string tool, params string[] trial)
    {
        if (await Tool.WorksAsync(tool, trial))
            return true;
        var isThere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, tool)));
        if (isThere)
            Report.Skip(what, hold, $"this machine forbids {tool} {string.Join(' ', trial)}");
        else
            Without($"{tool} is not installed", what, hold);
        return false;
    }

    /// <summary>Reports what cannot be done for want of something.</summary>
    public void Without(string why, string what, string hold)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Report.Fail(what, hold, why);
        else
            Report.Skip(what, hold, why);
    }

    public Task<bool> CanTraceAsync(string what, string hold) => CanAsync(what, hold, "strace", "-qq", "-o", "/dev/null", "true");
}
