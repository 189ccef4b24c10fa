namespace SafetyCampaign.Campaigns;

/// <summary>That an organization came to lie below another one, with the day: what it did before belongs to where it was then.</summary>
public sealed class OrganizationMove
{
    private OrganizationMove() => From = To = "";

    internal OrganizationMove(Organization organization, Organization from, Organization to, DateTimeOffset at) =>
        (OrganizationId, FromId, From, To, At) = (organization.Id, from.Id, from.Name, to.Name, at);

    /// <summary>Given by the store.</summary>
    public int Id { get; private set; }

    /// <summary>What was moved.</summary>
    public int OrganizationId { get; private set; }

    /// <summary>The organization above; null of a move from before this was kept. It may be gone since.</summary>
    public int? FromId { get; private set; }

    /// <summary>What the organization above was called then.</summary>
    public string From { get; private set; }

    /// <summary>What the new one was called then.</summary>
    public string To { get; private set; }

    /// <summary>When it was moved, in UTC.</summary>
    public DateTimeOffset At { get; private set; }
}
