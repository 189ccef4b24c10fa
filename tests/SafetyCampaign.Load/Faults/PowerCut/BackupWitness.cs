using System.Text;
using SafetyCampaign.Backups;

namespace SafetyCampaign.Load.Faults.PowerCut;

/// <summary>
/// A backup is promised once the program has said so. Until then it may be missing; but whatever bears its name must be
/// whole, since nobody looks into a backup before it is needed.
/// </summary>
internal sealed class BackupWitness(string name, long pledges) : IWitness
{
    private bool promised;

    public bool Notices(Moment moment)
    {
        if (moment.Finished || moment.Call.Name != "write" || promised)
            return false;
        return promised = moment.Call.Strings is [var said, ..]
            && Encoding.UTF8.GetString(said).Contains("The backup is written", StringComparison.Ordinal);
    }

    public Task<CutResult> ExamineAsync(string folder) => Task.FromResult(Examine(Path.Combine(folder, name)));

    private CutResult Examine(string file)
    {
        if (!File.Exists(file))
            return new CutResult(promised ? 1 : 0, null);
        try
        {
            var found = BackupFile.Read(file, to: null, password: null, CancellationToken.None)?.Pledges;
            return new CutResult(0, found == pledges ? null : "pledges are missing");
        }
        catch (InvalidOperationException damaged)
        {
            return new CutResult(0, damaged.Message);
        }
    }
}
