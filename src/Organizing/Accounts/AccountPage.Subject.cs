using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Accounts;

/// <summary>Which person at the identity provider the account belongs to.</summary>
public sealed partial class AccountPage
{
    public bool HasIdentityProvider => provider.IsConfigured;

    /// <summary>The provider's identifier of the person; empty for none.</summary>
    [BindProperty]
    public string? Subject { get; set; }

    /// <summary>An account has one subject, of the provider that is configured now; what an earlier one called its owner goes.</summary>
    public async Task<IActionResult> OnPostSubjectAsync()
    {
        if (!provider.IsConfigured)
            return NotFound();
        Subject = Subject?.Trim() ?? "";
        if (await ComplaintAsync(Subject) is { } complaint)
        {
            ModelState.AddModelError(nameof(Subject), complaint);
            await ShowAsync();
            return Page();
        }
        if (Subject == (await StoredSubjectAsync() ?? ""))
            return Say(localizer["IdentityProvider.Saved"]);
        db.UserLogins.RemoveRange(await db.UserLogins.Where(l => l.UserId == Account.Id).ToListAsync(HttpContext.RequestAborted));
        if (Subject.Length > 0)
            db.UserLogins.Add(
                new IdentityUserLogin<int> { LoginProvider = provider.Issuer, ProviderKey = Subject, UserId = Account.Id });
        db.Audit(AuditAction.SubjectChanged, Account);
        return await SaveAsync("changed the subject of") ? Say(localizer["IdentityProvider.Saved"]) : Page();
    }

    private async Task<string?> ComplaintAsync(string subject)
    {
        if (subject.Length > IdentityProviderOptions.SubjectMaxLength || !AllowedCharacters.InLine(subject))
            return localizer["IdentityProvider.SubjectInvalid", IdentityProviderOptions.SubjectMaxLength];
        var isTaken = await db.UserLogins.AnyAsync(
            l => l.LoginProvider == provider.Issuer && l.ProviderKey == subject && l.UserId != Account.Id, HttpContext.RequestAborted);
        return isTaken ? localizer["IdentityProvider.SubjectTaken"].Value : null;
    }

    private Task<string?> StoredSubjectAsync() => db.UserLogins
        .Where(l => l.UserId == Account.Id && l.LoginProvider == provider.Issuer).Select(l => l.ProviderKey)
        .FirstOrDefaultAsync(HttpContext.RequestAborted);
}
