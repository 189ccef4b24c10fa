namespace SafetyCampaign.Organizing;

/// <summary>The words about the classes of a school.</summary>
public sealed class ClassesText;
