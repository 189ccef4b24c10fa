namespace SafetyCampaign.Schools.Assisted;

/// <summary>The words of signing with help.</summary>
public sealed class AssistedText;
