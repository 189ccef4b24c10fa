using System.Diagnostics.Metrics;

namespace SafetyCampaign.Storage;

/// <summary>The meter of all instruments; the README lists them.</summary>
public static class CampaignMeter
{
    public const string Name = "SafetyCampaign";

    /// <summary>One meter per service provider, so that two programs in one process (tests) have separate figures.</summary>
    public static Meter Campaign(this IMeterFactory meters) => meters.Create(Name);
}
