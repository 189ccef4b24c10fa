namespace SafetyCampaign.Organizing;

/// <summary>The words of finding a pledge at the desk for a family that has lost its receipt.</summary>
public sealed class LostReceiptText;
