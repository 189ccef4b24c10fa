using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace SafetyCampaign.Organizing.Access;

/// <summary>What can be wrong with a name or a password, in the reader's language.</summary>
public sealed class AccountErrors(IStringLocalizer<OrganizingText> words) : IdentityErrorDescriber
{
    public override IdentityError InvalidUserName(string? userName) => Error(nameof(InvalidUserName), AccountName.Longest);

    public override IdentityError DuplicateUserName(string userName) => Error(nameof(DuplicateUserName), userName);

    public override IdentityError PasswordTooShort(int length) => Error(nameof(PasswordTooShort), length);

    public override IdentityError PasswordMismatch() => Error(nameof(PasswordMismatch));

    public override IdentityError ConcurrencyFailure() => Error(nameof(ConcurrencyFailure));

    public IdentityError PasswordTooEasy() => Error(nameof(PasswordTooEasy));

    private IdentityError Error(string code, params object[] arguments) => new() { Code = code, Description = words["AccountError." + code, arguments] };
}
