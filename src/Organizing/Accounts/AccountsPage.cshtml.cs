using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Accounts;

/// <param name="HasSecondFactor">An authenticator app or a passkey is set up here.</param>
public sealed record AccountRow(int Id, string Name, OrganizerRole Role, string Organization, bool HasSecondFactor, bool Locked);

/// <summary>The accounts within the access scope.</summary>
[Authorize(Policy = Policies.Administer)]
public sealed class AccountsPage(CampaignDb db, TimeProvider clock) : PageModel
{
    public IReadOnlyList<AccountRow> Accounts { get; private set; } = [];

    [TempData]
    public string? Done { get; set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        Accounts = await db.OrganizersInScope.AsNoTracking()
            .OrderBy(o => o.Organization.Path).ThenBy(o => o.NormalizedUserName)
            .Select(o => new AccountRow(o.Id, o.UserName!, o.Role, o.Organization.Name, o.TwoFactorEnabled, o.LockoutEnd > now))
            .ToListAsync(cancellationToken);
    }
}
