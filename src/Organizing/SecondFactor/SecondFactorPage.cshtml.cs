using System.Buffers.Text;
using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;
using SafetyCampaign.Organizing.Accounts;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.SecondFactor;

/// <summary>
/// The second factor of the own account: an authenticator app, recovery codes, passkeys. Each change asks for the password, ends every
/// session of the account and begins a new one for this browser, as a changed password does.
/// </summary>
[Authorize(Policy = Policies.Read)]
[AllowBeforeSecondFactor]
public sealed partial class SecondFactorPage(
    UserManager<Organizer> accounts, AccountSignIn signIn, SecondFactors factors, OrganizerSessions sessions, AuthenticatorOffer offer,
    PasskeySite passkeySite, IPasskeyHandler<Organizer> passkeys, StepCookies cookies, IStringLocalizer<SecondFactorText> localizer,
    IStringLocalizer<OrganizingText> organizingLocalizer, IStringLocalizer<DeskText> deskLocalizer) : PageModel
{
    public SecondFactorState State { get; private set; } = null!;

    /// <summary>The key to set an app up with; null where one is set up.</summary>
    public AuthenticatorOffer.Offer? Offered { get; private set; }

    public PasskeySite PasskeySite => passkeySite;

    [TempData]
    public string? Done { get; set; }

    /// <summary>Recovery codes that were just made; they come with the redirect, in the encrypted temp-data cookie.</summary>
    public string[] ShownOnce { get; private set; } = [];

    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    /// <summary>The sealed key that the form was shown with.</summary>
    [BindProperty]
    public string? Key { get; set; }

    /// <summary>Names the account: another account's page must not show them.</summary>
    private string CodesKey => $"RecoveryCodes.{User.AccountId().ToString(CultureInfo.InvariantCulture)}";

    private CancellationToken Stop => HttpContext.RequestAborted;

    public async Task OnGetAsync()
    {
        ShownOnce = TempData[CodesKey] as string[] ?? [];
        await ShowAsync();
    }

    /// <summary>Sets up an authenticator app, once a code has shown that it works.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (await ConfirmAsync(nameof(Password)) is not { } account)
            return await RefuseAsync();
        if ((await factors.ReadAsync(account.Id, Stop)).HasAuthenticator)
            return RedirectToPage();
        if (offer.Read(Key, account.Id) is not { } key)
        {
            Key = null;
            return await RefuseAsync(nameof(Code), "Code.KeyExpired");
        }
        if (offer.FindStep(key, Code ?? "") is not { } step)
            return await RefuseAsync(nameof(Code), "Code.Wrong");
        return await ChangedAsync(account, "Done.App", await factors.SetAuthenticatorAsync(account.Id, key, step, User.Actor(), Stop));
    }

    public async Task<IActionResult> OnPostRemoveAsync()
    {
        if (await ConfirmAsync("") is not { } account)
            return await RefuseAsync();
        await factors.RemoveAuthenticatorAsync(account.Id, User.Actor(), Stop);
        return await ChangedAsync(account, "Done.AppRemoved", []);
    }

    public async Task<IActionResult> OnPostCodesAsync()
    {
        if (await ConfirmAsync("") is not { } account)
            return await RefuseAsync();
        if (!account.TwoFactorEnabled)
            return RedirectToPage();
        return await ChangedAsync(account, "Done.Codes", await factors.RenewRecoveryCodesAsync(account.Id, User.Actor(), Stop));
    }

    /// <param name="passkey">Its credential id, in Base64Url.</param>
    public async Task<IActionResult> OnPostRemovePasskeyAsync(string? passkey)
    {
        if (await ConfirmAsync("") is not { } account)
            return await RefuseAsync();
        if (!Base64Url.IsValid(passkey ?? ""))
            return RedirectToPage();
        await factors.RemovePasskeyAsync(account.Id, Base64Url.DecodeFromChars(passkey), User.Actor(), Stop);
        return await ChangedAsync(account, "Done.PasskeyRemoved", []);
    }

    /// <summary>The account, where the password that was typed is its own; else the form says why not.</summary>
    private async Task<Organizer?> ConfirmAsync(string field)
    {
        if (await accounts.GetUserAsync(User) is not { } account)
            return null;
        var outcome = await signIn.CheckCurrentAsync(HttpContext, account, Password ?? "");
        if (outcome.Status == SignInStatus.Succeeded)
            return account;
        SignInRefusal.Show(this, field, outcome, localizer["Password.Wrong"], organizingLocalizer, deskLocalizer);
        return null;
    }

    private async Task<IActionResult> RefuseAsync(string? field = null, string? why = null)
    {
        if (field is not null)
            ModelState.AddModelError(field, localizer[why!]);
        await ShowAsync();
        return Page();
    }

    private async Task<IActionResult> ChangedAsync(Organizer account, string done, IReadOnlyList<string> codes)
    {
        await sessions.EndAllAsync(account.Id, Stop);
        await signIn.StartAsync(HttpContext, account);
        Done = localizer[done];
        if (codes.Count > 0)
            TempData[CodesKey] = codes.ToArray();
        return RedirectToPage();
    }

    private async Task ShowAsync()
    {
        State = await factors.ReadAsync(User.AccountId(), Stop);
        if (State.HasAuthenticator)
            return;
        // A refused form keeps the key that was scanned.
        Offered = offer.Make(User.AccountId(), User.Identity!.Name!, Key);
        ModelState.Remove(nameof(Key));
        Key = Offered.Sealed;
    }
}
