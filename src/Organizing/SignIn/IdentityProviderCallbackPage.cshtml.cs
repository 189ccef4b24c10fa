using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace SafetyCampaign.Organizing.SignIn;

/// <summary>
/// Where the identity provider sends browsers back. The authentication answers before a page is asked; it is reached only where no
/// provider is configured, and stands here so that the address is a route like any other.
/// </summary>
[AllowAnonymous]
public sealed class IdentityProviderCallbackPage : PageModel
{
    public IActionResult OnGet() => NotFound();
}
