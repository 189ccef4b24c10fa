namespace SafetyCampaign.Pledging;

/// <summary>The sentences of the rules on children's personal data, around what the organizer has settled.</summary>
public sealed class RulesText;
