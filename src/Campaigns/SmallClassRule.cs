namespace SafetyCampaign.Campaigns;

/// <summary>
/// Of which classes the public is told no number: where few pupils are in a class, one family could be read from its counts
/// (PIPL 25; docs/domain.md 6). Totals count them as all others, and the desk sees them exactly.
/// </summary>
/// <remarks>
/// A class whose size nobody has said is told as any other: from its counts alone nobody can tell how many are missing. Of one small
/// class alone the numbers would be what the totals leave over when all others are taken away, so the smallest other class is told
/// without numbers too (complementary suppression). An event whose only class is small tells it by its total: there is nothing to
/// hide it among.
/// </remarks>
public static class SmallClassRule
{
    /// <summary>The fewest pupils with which a class is told in numbers.</summary>
    public const int MinPupils = 5;

    /// <summary>Whether one family could be read from the numbers of a class.</summary>
    /// <param name="pupils">How many the class has; null where nobody has said.</param>
    public static bool IsSmall(int? pupils) => pupils < MinPupils;

    /// <summary>The classes of one event of which the public is told no number, by id: none, or at least two where there are two.</summary>
    /// <param name="classes">Each class of the event with its pupils; null where nobody has said how many.</param>
    public static IReadOnlySet<int> Untold(IReadOnlyCollection<(int Id, int? Pupils)> classes)
    {
        var untold = classes.Where(c => IsSmall(c.Pupils)).Select(c => c.Id).ToHashSet();
        if (untold.Count == 1 && classes.Count > 1)
            untold.Add(classes.Where(c => !untold.Contains(c.Id)).OrderBy(c => c.Pupils ?? int.MaxValue).ThenBy(c => c.Id).First().Id);
        return untold;
    }
}
