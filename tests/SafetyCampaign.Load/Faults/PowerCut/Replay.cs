namespace SafetyCampaign.Load.Faults.PowerCut;

/// <summary>What the cuts of one recording left behind.</summary>
/// <param name="Moments">After how many moments a cut was possible.</param>
/// <param name="LosingCuts">Cuts after which something promised was gone.</param>
/// <param name="DamagedCuts">Cuts after which something was corrupt, or there twice or in part.</param>
/// <param name="First">The first bad cut, in words; null where none was bad.</param>
internal sealed record ReplayResult(int Cuts, int Moments, int LosingCuts, int DamagedCuts, string? First)
{
    public bool IsClean => LosingCuts == 0 && DamagedCuts == 0;

    public override string ToString() =>
        $"{Cuts:N0} cuts: {LosingCuts:N0} lost something, {DamagedCuts:N0} corrupt{(First is null ? "" : $"; first {First}")}";
}

/// <summary>Cuts the power at random moments of a recording, and has a witness look at what is left.</summary>
/// <param name="witness">A fresh one for each time the recording is gone through.</param>
internal sealed class Replay(IEnumerable<Moment> moments, string root, Func<IWitness> witness)
{
    private const int Seed = 1;

    /// <summary>The disk at the recording's end.</summary>
    public RecordedDisk Disk { get; private set; } = null!;

    public async Task<ReplayResult> RunAsync(int cuts)
    {
        var count = Matter().Count();
        var random = new Random(Seed);
        var places = new Queue<int>(Enumerable.Range(0, cuts).Select(_ => random.Next(1, count + 1)).Order());
        var result = new ReplayResult(cuts, count, 0, 0, null);
        var at = 0;
        foreach (var follows in Matter())
            for (at++; places.TryPeek(out var place) && place == at; places.Dequeue())
                result = await CutAsync(follows, Seed + places.Count, at, result);
        return result;
    }

    /// <summary>Goes through the recording; stops after each moment at which a cut may find something else than before it.</summary>
    private IEnumerable<IWitness> Matter()
    {
        var follows = witness();
        Disk = new RecordedDisk(root);
        foreach (var moment in moments)
            if (Disk.Replay(moment) | follows.Notices(moment))
                yield return follows;
    }

    private async Task<ReplayResult> CutAsync(IWitness follows, int chance, int at, ReplayResult before)
    {
        var folder = Directory.CreateTempSubdirectory("safety-campaign-cut-");
        try
        {
            Disk.WriteAfterCut(folder.FullName, new SeededRandom(chance));
            var (lost, damage) = await follows.ExamineAsync(folder.FullName);
            return before with
            {
                LosingCuts = before.LosingCuts + (lost > 0 ? 1 : 0),
                DamagedCuts = before.DamagedCuts + (damage is not null ? 1 : 0),
                First = before.First
                    ?? (lost > 0 || damage is not null ? $"after moment {at}, chance {chance}: {damage ?? $"{lost} are gone"}" : null),
            };
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
