using SafetyCampaign.Backups;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Faults.PowerCut;

/// <summary>A backup and how it was written.</summary>
internal sealed class RecordedBackup(string folder, Recording recording)
{
    private const string Name = "backup.db";

    private string File => Path.Combine(folder, Name);

    /// <summary>Has the program's own verb make it, beside the program that runs.</summary>
    public async Task MakeAsync(RunningProgram program)
    {
        program.Through = recording.Through;
        await program.DoAsync("backup", File);
        await recording.EndedAsync();
    }

    /// <summary>To cut the power anywhere while it was made.</summary>
    public Replay Replay()
    {
        var pledges = BackupFile.Read(File, to: null, password: null, CancellationToken.None)!.Pledges;
        return new Replay(recording.Read(), folder, () => new BackupWitness(Name, pledges));
    }
}
