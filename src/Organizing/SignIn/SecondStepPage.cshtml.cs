using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Desk;
using SafetyCampaign.Organizing.Accounts;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.SignIn;

/// <summary>After the password of an account that has a second factor: a code or a recovery code. Nobody is signed in here yet.</summary>
[AllowAnonymous]
public sealed class SecondStepPage(
    SecondStepSignIn step, SecondFactors factors, IStringLocalizer<SecondFactorText> localizer,
    IStringLocalizer<OrganizingText> organizingLocalizer, IStringLocalizer<DeskText> deskLocalizer) : PageModel
{
    /// <summary>Whose password was right; null where that was too long ago.</summary>
    public Organizer? Account { get; private set; }

    public SecondFactorState State { get; private set; } = null!;

    /// <summary>Where to go afterwards, as it was asked for.</summary>
    public string? ReturnUrl { get; private set; }

    public bool AskedForRecovery { get; private set; }

    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public string? RecoveryCode { get; set; }

    public async Task<IActionResult> OnGetAsync() => await FindAsync() ? Page() : Redirect(DeskRoutes.SignIn);

    public async Task<IActionResult> OnPostAsync() => await FindAsync()
        ? Answer(await step.TryCodeAsync(HttpContext, Account!, Code ?? ""), nameof(Code), "Step.Wrong")
        : Page();

    public async Task<IActionResult> OnPostRecoveryAsync()
    {
        AskedForRecovery = true;
        return await FindAsync()
            ? Answer(
                await step.TryRecoveryCodeAsync(HttpContext, Account!, RecoveryCode ?? ""), nameof(RecoveryCode), "Step.WrongRecovery")
            : Page();
    }

    private async Task<bool> FindAsync()
    {
        if (await step.FindAsync(HttpContext) is not { } found)
            return false;
        (Account, ReturnUrl) = found;
        State = await factors.ReadAsync(found.Account.Id, HttpContext.RequestAborted);
        return true;
    }

    private IActionResult Answer(SignInOutcome outcome, string field, string wrong)
    {
        if (outcome.Status == SignInStatus.Succeeded)
            return LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : DeskRoutes.Home);
        SignInRefusal.Show(this, field, outcome, localizer[wrong], organizingLocalizer, deskLocalizer);
        return Page();
    }
}
