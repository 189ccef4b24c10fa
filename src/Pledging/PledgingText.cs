namespace SafetyCampaign.Pledging;

/// <summary>The words of the phone page, and of what it says when a press of its button fails.</summary>
public sealed class PledgingText;
