namespace SafetyCampaign.Organizing;

/// <summary>The words about the second factor: authenticator app, recovery codes, passkeys.</summary>
public sealed class SecondFactorText;
