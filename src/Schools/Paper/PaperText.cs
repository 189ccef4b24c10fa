namespace SafetyCampaign.Schools.Paper;

/// <summary>The words of class sheets: what is printed on them, and the pages on which they are decided.</summary>
public sealed class PaperText;
