namespace SafetyCampaign.Layout;

/// <summary>Set on a request that came with a host link which opens nothing any more; the page that refuses it says why.</summary>
/// <param name="IsRevoked">An organizer has revoked it; else the event is over.</param>
public sealed record EndedHostLink(bool IsRevoked);
