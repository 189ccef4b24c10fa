namespace SafetyCampaign.Desk;

/// <summary>
/// A share in whole per cent, by one rule on every page, list and paper: rounded down, so that it is 100 only where nobody is missing.
/// </summary>
public static class WholePercent
{
    /// <summary>More than the whole are all of it; null where the whole is not known, or nobody.</summary>
    public static int? Of(int part, int? whole) => whole is > 0 and var all ? (int)(Math.Min(part, all) * 100L / all) : null;

    /// <summary>The same as text; a dash in place of null.</summary>
    public static string TextOf(int part, int? whole) => Of(part, whole) is { } share ? $"{share}%" : "–";
}
