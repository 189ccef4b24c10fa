namespace SafetyCampaign.Display;

/// <summary>The words of the host's page.</summary>
public sealed class HostText;
