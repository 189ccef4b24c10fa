namespace SafetyCampaign.Organizing.Organizations;

/// <summary>What an organization is called in one further language, as it is typed; empty for the original.</summary>
public sealed record NameInLanguage
{
    /// <summary>The tag of a language of the program.</summary>
    public string? Language { get; init; }

    public string? Name { get; init; }
}
