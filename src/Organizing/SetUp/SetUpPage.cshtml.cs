using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Organizing.Accounts;
using SafetyCampaign.Organizing.Organizations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.SetUp;

/// <summary>Where the first administrator names the organization at the top and makes the own account.</summary>
[AllowAnonymous]
public sealed class SetUpPage(
    SetUpInvitation invitation, AdministratorSetup setup, AccountSignIn signIn, UserManager<Organizer> accounts,
    CampaignDbFactory dbFactory, IStringLocalizer<OrganizingText> localizer) : PageModel
{
    /// <summary>The organization at the top, where there is one already (made by the demonstration).</summary>
    public string? Root { get; private set; }

    /// <summary>The secret in the address, which the form is sent back to.</summary>
    public string Token => (string)RouteData.Values["token"]!;

    [BindProperty]
    public string? Organization { get; set; }

    [BindProperty]
    public OrganizationKind Kind { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty]
    public string? Repeated { get; set; }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (!await invitation.AdmitsAsync(Token, HttpContext.RequestAborted))
        {
            context.Result = NotFound();
            return;
        }
        await using (var db = dbFactory.Open())
            Root = await db.Organizations.Where(o => o.ParentId == null).OrderBy(o => o.Id).Select(o => o.Name)
                .FirstOrDefaultAsync(HttpContext.RequestAborted);
        await next();
    }

    public void OnGet() => Kind = OrganizationKind.Community;

    public async Task<IActionResult> OnPostAsync()
    {
        var organization = Root ?? OrganizationName.Read(Organization, ModelState, nameof(Organization), localizer);
        if (Password != Repeated)
            ModelState.AddModelError(nameof(Repeated), localizer["Password.NotTheSame"]);
        if (!ModelState.IsValid)
            return Page();

        var outcome = await setup.CreateFirstAsync(Name ?? "", Password ?? "", new Organization(organization, Kind));
        if (outcome.Succeeded)
        {
            await signIn.StartAsync(HttpContext, (await accounts.FindByNameAsync(AccountName.Tidy(Name)))!);
            return Redirect(DeskRoutes.Home);
        }
        if (!outcome.Errors.Any())
            return NotFound();
        AccountErrors.Show(outcome, ModelState, nameof(Name), nameof(Password));
        return Page();
    }
}
