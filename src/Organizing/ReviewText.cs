namespace SafetyCampaign.Organizing;

/// <summary>The words of looking through what was signed: likely duplicates, suspicious signings, what was decided.</summary>
public sealed class ReviewText;
