using System.Text;
using System.Text.RegularExpressions;
using SafetyCampaign.Ledger;

namespace SafetyCampaign.Load.Faults.PowerCut;

/// <summary>What the cuts of one recording left behind.</summary>
/// <param name="Moments">After how many moments a cut was possible.</param>
/// <param name="Checkpoints">How often SQLite moved its log into the database meanwhile, at least.</param>
/// <param name="LosingCuts">Cuts after which something acknowledged was gone.</param>
/// <param name="DamagedCuts">Cuts after which the database was corrupt, or held a request twice or in part.</param>
/// <param name="First">The first bad cut, in words; null where none was bad.</param>
internal sealed record ReplayResult(int Cuts, int Moments, int Checkpoints, int LosingCuts, int DamagedCuts, string? First);

/// <summary>Cuts the power at random moments of a recording, and compares what is left with what had been acknowledged.</summary>
internal sealed partial class Replay(RecordedRuns runs, int seed)
{
    private readonly Dictionary<long, byte[]> acknowledged = [];
    private ReplayResult result = new(0, 0, 0, 0, 0, null);

    /// <summary>The database, seen from the root of what is rebuilt.</summary>
    private string Database => Path.GetRelativePath(runs.Root, runs.Program.Database);

    public ReplayResult Run(int cuts)
    {
        var moments = runs.Moments().Count(Matters(new RecordedDisk(runs.Root)));
        if (acknowledged.Count != runs.Acknowledged.Count)
            throw new InvalidDataException($"Phones have {runs.Acknowledged.Count} answers, the recording {acknowledged.Count}: it cannot be judged by it.");
        acknowledged.Clear();

        var random = new Random(seed);
        var places = new Queue<int>(Enumerable.Range(0, cuts).Select(_ => random.Next(1, moments + 1)).Order());
        var disk = new RecordedDisk(runs.Root);
        var at = 0;
        foreach (var _ in runs.Moments().Where(Matters(disk)))
            for (at++; places.TryPeek(out var place) && place == at; places.Dequeue())
                Cut(disk, seed + places.Count, at);
        return result with { Cuts = cuts, Moments = moments, Checkpoints = disk.SyncsOf(runs.Program.Database) };
    }

    /// <summary>Whether a cut after a moment may find something else than a cut before it.</summary>
    private Func<Moment, bool> Matters(RecordedDisk disk) => moment => disk.Replay(moment) | Acknowledges(moment);

    private void Cut(RecordedDisk disk, int chance, int at)
    {
        var folder = Directory.CreateTempSubdirectory("safety-campaign-cut-");
        try
        {
            disk.WriteAfterCut(folder.FullName, new Chance(chance));
            var (lost, damage) = LedgerAfterCut.Examine(Path.Combine(folder.FullName, Database), acknowledged);
            result = result with
            {
                LosingCuts = result.LosingCuts + (lost > 0 ? 1 : 0),
                DamagedCuts = result.DamagedCuts + (damage is not null ? 1 : 0),
                First = result.First ?? (lost > 0 || damage is not null
                    ? $"after moment {at}, chance {chance}: {damage ?? $"{lost} of {acknowledged.Count} acknowledged are gone"}"
                    : null),
            };
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>An answer counts from the moment the program hands it to the kernel: from then on a phone may have it.</summary>
    private bool Acknowledges(Moment moment)
    {
        if (moment.Finished || moment.Call.Name is not ("sendto" or "sendmsg"))
            return false;
        var some = false;
        foreach (Match receipt in ReceiptInAnswer().Matches(Encoding.Latin1.GetString([.. moment.Call.Strings.SelectMany(bytes => bytes)])))
            if (Receipt.TryReadAddress(receipt.Groups[1].Value, out var sequence, out var secret))
                (acknowledged[sequence], some) = (secret, true);
        return some;
    }

    [GeneratedRegex("\"receipt\":\"([A-Za-z0-9_-]{24})\"")]
    private static partial Regex ReceiptInAnswer();
}
