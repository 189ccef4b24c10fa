using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Identity;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Accounts;

/// <summary>
/// The name of an account: whatever its owner is called at work, 王老师 or liu.wei@school. Refused is only what cannot be
/// seen or typed again: control, bidirectional, zero-width and unassigned characters.
/// </summary>
public sealed class AccountName : IUserValidator<Organizer>
{
    public const int MaxLength = 40;

    /// <summary>The name as it is stored and looked up: composed (NFC), without spaces around. Case is folded by the lookup.</summary>
    public static string Tidy(string? typed)
    {
        try
        {
            return (typed ?? "").Trim().Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return ""; // A lone surrogate.
        }
    }

    public Task<IdentityResult> ValidateAsync(UserManager<Organizer> manager, Organizer user)
    {
        var name = user.UserName ?? "";
        var refused = name.Length is 0 or > MaxLength || name != Tidy(name) || name.EnumerateRunes().Any(CannotBeSeen);
        return Task.FromResult(refused ? IdentityResult.Failed(manager.ErrorDescriber.InvalidUserName(name)) : IdentityResult.Success);
    }

    private static bool CannotBeSeen(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
