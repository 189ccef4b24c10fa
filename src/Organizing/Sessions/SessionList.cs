using SafetyCampaign.Desk;

namespace SafetyCampaign.Organizing.Sessions;

/// <summary>An account's open sessions, each with a button that ends it.</summary>
/// <param name="Open">The newest first.</param>
/// <param name="Own">The session of whoever looks; ended by signing out, not from the list.</param>
/// <param name="Address">The page whose handler <c>End</c> ends one.</param>
public sealed record SessionList(IReadOnlyList<OpenSession> Open, int? Own, string Address);
