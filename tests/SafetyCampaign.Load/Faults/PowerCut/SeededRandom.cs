namespace SafetyCampaign.Load.Faults.PowerCut;

/// <summary>
/// What becomes of unsynced writes at one cut. Every third cut loses them all (a disk that had begun nothing), every
/// third keeps them all (what a killed program leaves), the rest draw for each write: kept, lost, or torn by sectors.
/// </summary>
internal sealed class SeededRandom(int seed)
{
    private readonly Random random = new(seed);
    private readonly int kind = seed % 3;

    /// <summary>Null where the write is lost, else which of its sectors are kept.</summary>
    public Func<long, bool>? Fate() => kind switch
    {
        0 => null,
        1 => Whole,
        _ => random.Next(3) switch { 0 => null, 1 => Whole, _ => _ => random.Next(2) == 0 },
    };

    /// <summary>Whether a new name, a removal or a renaming has reached the disk.</summary>
    public bool Keeps() => Fate() is not null;

    private static bool Whole(long sector) => true;
}
