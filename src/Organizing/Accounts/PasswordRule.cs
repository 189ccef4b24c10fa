using Microsoft.AspNetCore.Identity;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Accounts;

/// <summary>
/// A minimum length, and none of the common passwords or the account's own name; no rules on kinds of characters and no end that
/// comes by itself. 8 is the least that ASVS 5.0 (6.2.1) and NIST SP 800-63B allow; both advise 15 where there is no second
/// factor, and so does the form.
/// </summary>
public sealed class PasswordRule : IPasswordValidator<Organizer>
{
    public const int MinLength = 8;

    public Task<IdentityResult> ValidateAsync(UserManager<Organizer> manager, Organizer user, string? password) => Task.FromResult(
        password is not null && CommonPasswords.Contains(password, user.UserName)
            ? IdentityResult.Failed(((AccountErrors)manager.ErrorDescriber).PasswordTooEasy())
            : IdentityResult.Success);
}
