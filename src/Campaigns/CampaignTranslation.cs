namespace SafetyCampaign.Campaigns;

/// <summary>What a campaign is called in a further language of <see cref="InterfaceLanguages"/>.</summary>
public sealed class CampaignTranslation : ITranslation
{
    private CampaignTranslation() => Language = Title = "";

    internal CampaignTranslation(string language) => (Language, Title) = (language, "");

    /// <summary>Of the campaign; given by the store.</summary>
    public int CampaignId { get; private set; }

    /// <inheritdoc/>
    public string Language { get; private set; }

    /// <summary>At most <see cref="Campaign.TitleMaxLength"/> UTF-16 units; never empty.</summary>
    public string Title { get; internal set; }
}
