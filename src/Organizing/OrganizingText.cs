namespace SafetyCampaign.Organizing;

/// <summary>The words of the desk; keys are grouped by the page they stand on.</summary>
public sealed class OrganizingText;
