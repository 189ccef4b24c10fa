namespace SafetyCampaign.Tallying;

/// <summary>What counts of a class at an event.</summary>
/// <param name="People">Whatever their role.</param>
/// <param name="Families">Counted at a pledge of this class.</param>
/// <param name="Students">People who signed as students.</param>
public readonly record struct ClassTotals(int People, int Families, int Students);

/// <summary>What counts of an event, for sums over many events.</summary>
/// <param name="People">Whatever their role.</param>
/// <param name="Families">Each once.</param>
/// <param name="Students">People who signed as students.</param>
/// <param name="ByClass">By the class's row; those of which nobody has signed may be missing.</param>
public sealed record EventTotals(int People, int Families, int Students, IReadOnlyDictionary<int, ClassTotals> ByClass)
{
    /// <summary>Of an event at which nobody has signed.</summary>
    public static EventTotals Empty { get; } = new(0, 0, 0, new Dictionary<int, ClassTotals>());
}
