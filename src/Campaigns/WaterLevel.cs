namespace SafetyCampaign.Campaigns;

/// <summary>
/// How a class's vessel fills on the stage: with water where the class's size is known, else with marks. The stage's script does it
/// by the same rule (<c>vessels.ts</c>); <c>tests/contract/waterline.json</c> holds the two equal.
/// </summary>
public static class WaterLevel
{
    /// <summary>The most marks in a vessel: more signers than this look the same.</summary>
    public const int MaxMarks = 14;

    private const int Empty = 97;
    private const int Full = 6;

    /// <summary>How far below the rim the water stands, in whole hundredths of the vessel's height: 97 when empty, 6 when full.</summary>
    /// <param name="count">How many have signed; more than expected fill the vessel and no more.</param>
    /// <param name="expected">How many the class has, at least 1.</param>
    public static int Waterline(int count, int expected)
    {
        var level = Math.Min(1, (double)count / expected);
        // Halves go up, as in JavaScript; the usual rounding of .NET goes to the even neighbour.
        return (int)Math.Round(Empty - (Empty - Full) * level, MidpointRounding.AwayFromZero);
    }

    /// <summary>How many marks the vessel of a class shows whose size nobody has said: one for each, up to <see cref="MaxMarks"/>.</summary>
    /// <param name="count">How many have signed.</param>
    public static int Marks(int count) => Math.Min(count, MaxMarks);
}
