namespace SafetyCampaign.Records;

/// <summary>The words of the page of API tokens, and what the API says of a query that cannot be read.</summary>
public sealed class TokensText;
