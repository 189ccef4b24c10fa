namespace SafetyCampaign.Campaigns;

/// <summary>A season's programme of an organization; owns the pledge texts and the events.</summary>
public sealed class Campaign
{
    public const int LongestTitle = 80;

    private Campaign() => Title = "";

    public Campaign(Organization organization, string title)
    {
        Organization = organization;
        Title = title;
    }

    public int Id { get; private set; }
    public string Title { get; private set; }
    public int OrganizationId { get; private set; }
    public Organization Organization { get; private set; } = null!;
    public List<PledgeText> Texts { get; private set; } = [];
    public List<CampaignEvent> Events { get; private set; } = [];

    /// <summary>
    /// Gives the role a wording. An unchanged wording returns the version there is; any change makes the next
    /// version, so that what somebody has read or signed never changes under them.
    /// </summary>
    public PledgeText Write(SignerRole role, PledgeWording wording, DateTimeOffset now)
    {
        var latest = Texts.Where(t => t.Role == role).MaxBy(t => t.Version);
        if (latest is not null && latest.Wording.SameAs(wording))
            return latest;
        var text = new PledgeText(role, (latest?.Version ?? 0) + 1, wording, now);
        Texts.Add(text);
        return text;
    }
}
