using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Soak;

/// <summary>What a leak would show in, once everybody has gone.</summary>
internal sealed record Vitals(double Resident, double Handles)
{
    public static async Task<Vitals> OfAsync(RunningProgram program)
    {
        await Task.Delay(1000); // connections that were just closed are let go
        var handles = OperatingSystem.IsLinux() ? Directory.EnumerateFileSystemEntries($"/proc/{program.Id}/fd").Count() : 0;
        return new Vitals(program.Resident, handles);
    }
}
