namespace SafetyCampaign.Schools.Classes;

/// <summary>The words of the page of one class at the desk: renaming, merging and parting.</summary>
public sealed class SchoolClassText;
