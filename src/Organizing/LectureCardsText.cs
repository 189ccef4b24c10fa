namespace SafetyCampaign.Organizing;

/// <summary>The words of the pages on a lecture's cards.</summary>
public sealed class LectureCardsText;
