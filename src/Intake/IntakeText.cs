namespace SafetyCampaign.Intake;

/// <summary>The lines that tell what is wrong with a sign request.</summary>
public sealed class IntakeText;
