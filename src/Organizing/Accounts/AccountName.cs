using System.Text;
using Microsoft.AspNetCore.Identity;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Accounts;

/// <summary>
/// The name of an account: whatever its owner is called at work, 王老师 or liu.wei@school. Refused is only what cannot be
/// seen or typed again (<see cref="AllowedCharacters"/>).
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
        // A stored account was named under the rule of its day and keeps its name; nothing renames it.
        var refused = user.Id == 0
            && (name.Length is 0 or > MaxLength || name != Tidy(name) || !AllowedCharacters.InLine(name));
        return Task.FromResult(refused ? IdentityResult.Failed(manager.ErrorDescriber.InvalidUserName(name)) : IdentityResult.Success);
    }
}
