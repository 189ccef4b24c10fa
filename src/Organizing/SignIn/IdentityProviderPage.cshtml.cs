using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SafetyCampaign.Desk;

namespace SafetyCampaign.Organizing.SignIn;

/// <summary>
/// Leads to the identity provider. A link and no form: browsers hold where a form leads against <c>form-action</c>, also after a
/// redirect.
/// </summary>
[AllowAnonymous]
public sealed class IdentityProviderPage(IdentityProvider provider) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string? returnUrl)
    {
        if (!provider.IsConfigured)
            return NotFound();
        await provider.BeginAsync(HttpContext, Url.IsLocalUrl(returnUrl) ? returnUrl : DeskRoutes.Home);
        return new EmptyResult();
    }
}
