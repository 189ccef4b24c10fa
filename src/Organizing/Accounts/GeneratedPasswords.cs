using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Accounts;

/// <summary>
/// Keeps a generated password, encrypted, until its owner has used it: whoever made the account may have lost the note by then.
/// </summary>
public sealed class GeneratedPasswords(IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("Organizer.GeneratedPassword");

    /// <summary>What <see cref="Organizer.GeneratedPassword"/> holds of it.</summary>
    public string Protect(string password) => protector.Protect(password);

    /// <summary>The account's generated password; null where there is none any more, or its key is lost.</summary>
    public string? Reveal(Organizer account)
    {
        try
        {
            return account.GeneratedPassword is { } kept ? protector.Unprotect(kept) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
