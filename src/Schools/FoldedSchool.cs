using SafetyCampaign.Desk;

namespace SafetyCampaign.Schools;

/// <summary>The row of a school in a table of classes, the model of <c>FoldedSchool.cshtml</c>.</summary>
/// <param name="Name">The school's.</param>
/// <param name="Classes">How many rows follow it.</param>
/// <param name="Folds">Its classes are shown once they are asked for.</param>
public sealed record FoldedSchool(string Name, int Classes, bool Folds)
{
    /// <summary>Whether a table folds its schools.</summary>
    /// <param name="classes">How many each school has.</param>
    public static bool In(IReadOnlyCollection<int> classes) => classes.Count > 1 && classes.Sum() > ClassFolding.MaxUnfolded;
}
