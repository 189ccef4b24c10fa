namespace SafetyCampaign.Schools;

/// <summary>The words of class links, of the teacher's page and of the relay.</summary>
public sealed class SchoolsText;
