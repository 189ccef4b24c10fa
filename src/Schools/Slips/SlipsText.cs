namespace SafetyCampaign.Schools.Slips;

/// <summary>The words of take-home slips.</summary>
public sealed class SlipsText;
