using Microsoft.AspNetCore.Identity;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Accounts;

/// <summary>What the name and the password of an account must be like, and how a refusal is worded.</summary>
internal static class AccountRules
{
    public static void AddAccountRules(this IServiceCollection services)
    {
        services.AddScoped<IUserValidator<Organizer>, AccountName>();
        services.AddScoped<IPasswordValidator<Organizer>, PasswordRule>();
        services.AddScoped<IdentityErrorDescriber, AccountErrors>();
        services.Configure<IdentityOptions>(identity =>
        {
            identity.User.AllowedUserNameCharacters = ""; // Any: see AccountName.
            identity.Password.RequiredLength = PasswordRule.MinLength;
            identity.Password.RequireDigit = false;
            identity.Password.RequireLowercase = false;
            identity.Password.RequireUppercase = false;
            identity.Password.RequireNonAlphanumeric = false;
        });
    }
}
