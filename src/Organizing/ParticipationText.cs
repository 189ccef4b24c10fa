namespace SafetyCampaign.Organizing;

/// <summary>The words of what a school sees of the events of others in which its classes take part.</summary>
public sealed class ParticipationText;
