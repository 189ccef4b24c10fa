using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Organizations;

/// <summary>The tree of organizations, as far as the account reaches.</summary>
[Authorize(Policy = Policies.Read)]
public sealed class OrganizationsPage(CampaignDb db) : PageModel
{
    public IReadOnlyList<TreeRow> Tree { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) => Tree = await db.ReadTreeAsync(cancellationToken);
}
