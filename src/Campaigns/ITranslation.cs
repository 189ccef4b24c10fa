namespace SafetyCampaign.Campaigns;

/// <summary>What something is called in a further language of <see cref="InterfaceLanguages"/>; at most one a language.</summary>
public interface ITranslation
{
    /// <summary>BCP 47, as in <see cref="InterfaceLanguage.Tag"/>.</summary>
    string Language { get; }
}
