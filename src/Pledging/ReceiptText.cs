namespace SafetyCampaign.Pledging;

/// <summary>The words on a receipt and the pages under it.</summary>
public sealed class ReceiptText;
