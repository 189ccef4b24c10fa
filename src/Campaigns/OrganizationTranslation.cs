namespace SafetyCampaign.Campaigns;

/// <summary>What an organization is called in a further language of <see cref="InterfaceLanguages"/>.</summary>
public sealed class OrganizationTranslation : ITranslation
{
    private OrganizationTranslation() => Language = Name = "";

    internal OrganizationTranslation(string language) => (Language, Name) = (language, "");

    /// <summary>Of the organization; given by the store.</summary>
    public int OrganizationId { get; private set; }

    /// <inheritdoc/>
    public string Language { get; private set; }

    /// <summary>At most <see cref="Organization.NameMaxLength"/> UTF-16 units; never empty.</summary>
    public string Name { get; internal set; }
}
