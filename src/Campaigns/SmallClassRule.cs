namespace SafetyCampaign.Campaigns;

/// <summary>
/// Of which classes the public is told no number: where few pupils are in a class, one family could be read from its counts
/// (PIPL 25; docs/domain.md 6). Totals count them as all others, and the desk sees them exactly.
/// </summary>
/// <remarks>
/// A class whose size nobody has said is told as any other: from its counts alone nobody can tell how many are missing.
/// </remarks>
public static class SmallClassRule
{
    /// <summary>The fewest pupils with which a class is told in numbers.</summary>
    public const int MinPupils = 5;

    /// <summary>Whether the public is told no number of a class.</summary>
    /// <param name="pupils">How many the class has; null where nobody has said.</param>
    public static bool IsSmall(int? pupils) => pupils < MinPupils;
}
