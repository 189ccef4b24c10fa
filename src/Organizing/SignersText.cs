namespace SafetyCampaign.Organizing;

/// <summary>The words of the list of those who have signed.</summary>
public sealed class SignersText;
