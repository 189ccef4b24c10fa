using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Storage;

/// <summary>
/// The right of an observer to see names and handwriting in one organization and below it, until a day. Without one an
/// observer sees counts. Organizers and administrators need none.
/// </summary>
public sealed class NamesGrant
{
    /// <summary>The most days for which the right is given at once.</summary>
    public const int MaxDays = 366;

    private NamesGrant()
    {
    }

    /// <param name="account">The observer.</param>
    /// <param name="organization">Where names may be seen, with all below it.</param>
    /// <param name="by">The administrator's account.</param>
    /// <param name="now">From when on.</param>
    /// <param name="until">The moment at which it ends.</param>
    public NamesGrant(Organizer account, Organization organization, int by, DateTimeOffset now, DateTimeOffset until) =>
        (OrganizerId, OrganizationId, Organization, GrantedBy, GrantedAt, Until) =
            (account.Id, organization.Id, organization, by, now, until);

    /// <summary>Given by the store.</summary>
    public int Id { get; private set; }

    public int OrganizerId { get; private set; }

    public int OrganizationId { get; private set; }

    public Organization Organization { get; private set; } = null!;

    public int GrantedBy { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset GrantedAt { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset Until { get; private set; }

    /// <summary>UTC; null where nobody has ended it before its time.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>Ends it. Ending it again keeps the first time.</summary>
    public void Revoke(DateTimeOffset now) => RevokedAt ??= now;
}
