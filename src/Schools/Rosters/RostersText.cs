namespace SafetyCampaign.Schools.Rosters;

/// <summary>The words of the lists of pupils.</summary>
public sealed class RostersText;
