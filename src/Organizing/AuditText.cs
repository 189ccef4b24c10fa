namespace SafetyCampaign.Organizing;

/// <summary>The words of the audit log: the sentence of each action, the reasons, the page.</summary>
public sealed class AuditText;
