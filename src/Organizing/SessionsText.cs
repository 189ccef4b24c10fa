namespace SafetyCampaign.Organizing;

/// <summary>The words about where an account is signed in.</summary>
public sealed class SessionsText;
