using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Soak;

/// <summary>What a leak would show in, once everybody has gone.</summary>
internal sealed record ProcessVitals(double Resident, double Handles)
{
    public static async Task<ProcessVitals> OfAsync(RunningProgram program)
    {
        await Task.Delay(1000); // connections that were just closed are let go
        var handles = OperatingSystem.IsLinux() ? Directory.EnumerateFileSystemEntries($"/proc/{program.Id}/fd").Count() : 0;
        return new ProcessVitals(program.Resident, handles);
    }
}
