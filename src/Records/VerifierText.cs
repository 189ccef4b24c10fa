namespace SafetyCampaign.Records;

/// <summary>The words of the verifier, which carries them in every language.</summary>
public sealed class VerifierText;
