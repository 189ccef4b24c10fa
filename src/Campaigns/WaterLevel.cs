namespace SafetyCampaign.Campaigns;

/// <summary>
/// How far the water of a class's vessel has risen on the stage. The stage's script moves it by the same rule
/// (<c>vessels.ts</c>); <c>tests/contract/waterline.json</c> holds the two equal.
/// </summary>
public static class WaterLevel
{
    /// <summary>The level of a class whose size nobody has said: it tells nothing, so it never moves.</summary>
    private const double OfUnknownSize = 0.4;

    private const int Empty = 97;
    private const int Full = 6;

    /// <summary>How far below the rim the water stands, in whole hundredths of the vessel's height: 97 when empty, 6 when full.</summary>
    /// <param name="count">How many have signed; more than expected fill the vessel and no more.</param>
    /// <param name="expected">How many the class has, at least 1; null where nobody has said.</param>
    public static int Waterline(int count, int? expected)
    {
        var level = expected is { } all ? Math.Min(1, (double)count / all) : OfUnknownSize;
        // Halves go up, as in JavaScript; the usual rounding of .NET goes to the even neighbour.
        return (int)Math.Round(Empty - (Empty - Full) * level, MidpointRounding.AwayFromZero);
    }
}
