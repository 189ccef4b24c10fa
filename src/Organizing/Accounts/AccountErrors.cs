using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace SafetyCampaign.Organizing.Accounts;

/// <summary>What can be wrong with a name or a password, in the reader's language.</summary>
public sealed class AccountErrors(IStringLocalizer<OrganizingText> localizer) : IdentityErrorDescriber
{
    public override IdentityError InvalidUserName(string? userName) => Error(nameof(InvalidUserName), AccountName.MaxLength);

    public override IdentityError DuplicateUserName(string userName) => Error(nameof(DuplicateUserName), userName);

    public override IdentityError PasswordTooShort(int length) => Error(nameof(PasswordTooShort), length);

    public override IdentityError PasswordMismatch() => Error(nameof(PasswordMismatch));

    public override IdentityError ConcurrencyFailure() => Error(nameof(ConcurrencyFailure));

    public IdentityError PasswordTooEasy() => Error(nameof(PasswordTooEasy));

    /// <summary>Puts each complaint at the field of the form that it is about.</summary>
    public static void Show(IdentityResult refused, ModelStateDictionary form, string name, string password)
    {
        foreach (var error in refused.Errors.DistinctBy(error => error.Code))
            form.AddModelError(error.Code.StartsWith("Password", StringComparison.Ordinal) ? password : name, error.Description);
    }

    private IdentityError Error(string code, params object[] arguments) =>
        new() { Code = code, Description = localizer["AccountError." + code, arguments] };
}
