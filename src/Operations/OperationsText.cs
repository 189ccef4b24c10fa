namespace SafetyCampaign.Operations;

/// <summary>The words of refusals and of the console.</summary>
public sealed class OperationsText;
