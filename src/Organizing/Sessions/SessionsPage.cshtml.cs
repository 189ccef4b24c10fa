using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Organizing.Sessions;

/// <summary>Where the own account is signed in, and how to end that: on one device, or everywhere.</summary>
[Authorize(Policy = Policies.Read)]
public sealed class SessionsPage(OrganizerSessions sessions, IStringLocalizer<SessionsText> localizer) : PageModel
{
    public IReadOnlyList<OpenSession> Open { get; private set; } = [];

    [TempData]
    public string? Done { get; set; }

    public async Task OnGetAsync() => Open = await sessions.ListAsync(User.AccountId(), HttpContext.RequestAborted);

    public async Task<IActionResult> OnPostEndAsync(int session)
    {
        await sessions.EndAsync(User.AccountId(), session, HttpContext.RequestAborted, by: User.Actor());
        Done = localizer["Ended"];
        return RedirectToPage();
    }

    /// <summary>Here as well.</summary>
    public async Task<IActionResult> OnPostEndAllAsync()
    {
        await sessions.EndAllAsync(User.AccountId(), HttpContext.RequestAborted, by: User.Actor());
        return Redirect(DeskRoutes.SignIn);
    }
}
