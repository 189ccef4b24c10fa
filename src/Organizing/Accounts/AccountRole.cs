using SafetyCampaign.Desk;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Accounts;

/// <summary>What an account may do and in which organization, as a form asks for it.</summary>
public sealed class AccountRole
{
    public OrganizerRole Role { get; set; } = OrganizerRole.Organizer;

    public int OrganizationId { get; set; }

    /// <summary>The organizations within the access scope, to choose from.</summary>
    public IReadOnlyList<TreeRow> Choices { get; internal set; } = [];
}
