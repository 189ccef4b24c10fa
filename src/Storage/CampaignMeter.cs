using System.Diagnostics.Metrics;

namespace SafetyCampaign.Storage;

/// <summary>The meter that every room measures itself with; what it tells is listed in the README.</summary>
public static class CampaignMeter
{
    public const string Name = "SafetyCampaign";

    /// <summary>One and the same meter for every room of a program, and another for the next program in the same process.</summary>
    public static Meter Campaign(this IMeterFactory meters) => meters.Create(Name);
}
