using Microsoft.AspNetCore.Identity;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Accounts;

/// <summary>A minimum length, and none of the most common passwords or the account's own name; no rules on kinds of characters.</summary>
public sealed class PasswordRule : IPasswordValidator<Organizer>
{
    public const int MinLength = 8;

    private static readonly HashSet<string> Commonest = new(StringComparer.OrdinalIgnoreCase)
    {
        "12345678", "123456789", "1234567890", "0123456789", "87654321", "987654321", "123123123", "12341234", "11223344", "1122334455",
        "00000000", "11111111", "22222222", "66666666", "88888888", "99999999", "111111111", "147258369", "123654789", "789456123",
        "password", "password1", "passw0rd", "password123", "qwertyui", "qwertyuiop", "qwer1234", "1qaz2wsx", "1q2w3e4r", "q1w2e3r4",
        "asdfghjkl", "asdf1234", "zxcvbnm1", "abcd1234", "abc12345", "abc123456", "a1234567", "a12345678", "a123456789", "aa123456",
        "aa12345678", "qq123456", "qq123456789", "admin123", "admin1234", "admin888", "administrator", "woaini1314", "woaini520",
        "5201314520", "52013145201314", "iloveyou", "welcome1", "letmein1",
    };

    public Task<IdentityResult> ValidateAsync(UserManager<Organizer> manager, Organizer user, string? password) => Task.FromResult(
        password is not null && (Commonest.Contains(password) || password.Equals(user.UserName, StringComparison.OrdinalIgnoreCase))
            ? IdentityResult.Failed(((AccountErrors)manager.ErrorDescriber).PasswordTooEasy())
            : IdentityResult.Success);
}
