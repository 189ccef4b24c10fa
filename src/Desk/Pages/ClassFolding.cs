namespace SafetyCampaign.Desk;

/// <summary>How many classes a page shows before it folds them.</summary>
public static class ClassFolding
{
    /// <summary>Most classes that are shown without having to unfold their school or grade.</summary>
    public const int MaxUnfolded = 40;
}
