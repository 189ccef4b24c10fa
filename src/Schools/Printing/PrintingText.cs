namespace SafetyCampaign.Schools.Printing;

/// <summary>The words of the page from which the paper of all classes is printed.</summary>
public sealed class PrintingText;
