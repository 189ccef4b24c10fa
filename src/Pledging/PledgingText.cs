namespace SafetyCampaign.Pledging;

/// <summary>The words of the phone page, the receipt and the answers to a sign request.</summary>
public sealed class PledgingText;
