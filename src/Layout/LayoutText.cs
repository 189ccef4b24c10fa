namespace SafetyCampaign.Layout;

/// <summary>The words of the page frame and those that every room shares: roles, states, kinds, errors.</summary>
public sealed class LayoutText;
