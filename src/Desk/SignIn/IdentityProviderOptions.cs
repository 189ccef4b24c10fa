using Microsoft.Extensions.Options;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Desk;

/// <summary>
/// The identity provider (OpenID Connect) by which accounts of the desk may sign in beside their password: the section
/// <c>Accounts:OpenIdConnect</c> of the configuration. Where no <see cref="Authority"/> is named there is none.
/// </summary>
public sealed class IdentityProviderOptions
{
    public const string Section = "Accounts:OpenIdConnect";
    public const string AuthoritySetting = "Accounts:OpenIdConnect:Authority";
    public const string ClientIdSetting = "Accounts:OpenIdConnect:ClientId";
    public const string ClientSecretSetting = "Accounts:OpenIdConnect:ClientSecret";
    public const string ScopesSetting = "Accounts:OpenIdConnect:Scopes";
    public const string SubjectClaimSetting = "Accounts:OpenIdConnect:SubjectClaim";
    public const string TimeoutSetting = "Accounts:OpenIdConnect:Timeout";
    public const string DisplayNameSetting = "Accounts:OpenIdConnect:DisplayName";

    /// <summary>In UTF-16 units; both are columns of the accounts' logins, whose keys have this length.</summary>
    public const int AuthorityMaxLength = 128;

    /// <inheritdoc cref="AuthorityMaxLength"/>
    public const int SubjectMaxLength = 128;

    /// <summary>In UTF-16 units: it stands on a button.</summary>
    public const int DisplayNameMaxLength = 40;

    private static readonly TimeSpan MinTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromMinutes(1);

    private const string RequiredScope = "openid";

    /// <summary>The provider's issuer; <c>/.well-known/openid-configuration</c> below it describes the provider.</summary>
    public string? Authority { get; set; }

    /// <summary>As which the program is registered there.</summary>
    public string? ClientId { get; set; }

    /// <summary>None for a public client: PKCE is used either way.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>Separated by spaces. More than <c>openid</c> only where <see cref="SubjectClaim"/> needs it.</summary>
    public string Scopes { get; set; } = RequiredScope;

    /// <summary>The claim by which an account is found. It must never be given to another person.</summary>
    public string SubjectClaim { get; set; } = "sub";

    /// <summary>How long somebody who signs in waits for an answer of the provider's.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What the button calls the provider, by language tag; words of the program's own where it is missing.</summary>
    public Dictionary<string, string> DisplayName { get; } = new(StringComparer.OrdinalIgnoreCase);

    public bool IsConfigured => !string.IsNullOrWhiteSpace(Authority);

    /// <summary>The authority as it is compared and stored beside a subject, so that a subject of another provider never fits.</summary>
    internal string Issuer => Tidy(Authority);

    /// <summary>An address with and without a slash at its end is one.</summary>
    internal static string Tidy(string? issuer) => (issuer ?? "").Trim().TrimEnd('/');

    internal sealed class Validator(IHostEnvironment environment) : IValidateOptions<IdentityProviderOptions>
    {
        public ValidateOptionsResult Validate(string? name, IdentityProviderOptions options) =>
            Complaint(options) is { } complaint ? ValidateOptionsResult.Fail(complaint) : ValidateOptionsResult.Success;

        private string? Complaint(IdentityProviderOptions options)
        {
            if (!options.IsConfigured)
                return options.ClientId is { Length: > 0 }
                    ? $"{ClientIdSetting} is set without a provider. Set {AuthoritySetting} to its issuer, such as https://id.example.cn."
                    : null;
            if (!IsAuthority(options.Issuer))
                return $"{AuthoritySetting} is \"{options.Authority}\". Set it to the provider's issuer, an address of at most "
                    + $"{AuthorityMaxLength} characters that begins with https:// and has no query, such as "
                    + "https://id.example.cn/realms/schools.";
            if (string.IsNullOrWhiteSpace(options.ClientId))
                return $"{ClientIdSetting} is missing. Set it to the client id under which the provider knows this program.";
            if (!options.Scopes.Split(' ').Contains(RequiredScope))
                return $"{ScopesSetting} is \"{options.Scopes}\". It must hold {RequiredScope}; separate several with spaces.";
            if (string.IsNullOrWhiteSpace(options.SubjectClaim))
                return $"{SubjectClaimSetting} is empty. Set it to the claim that names a person for ever, or leave it out: sub.";
            if (options.Timeout < MinTimeout || options.Timeout > MaxTimeout)
                return $"{TimeoutSetting} is {options.Timeout}. Set it to between {MinTimeout} and {MaxTimeout}, as hours:minutes:seconds.";
            return WrongName(options);
        }

        private static string? WrongName(IdentityProviderOptions options)
        {
            foreach (var (tag, text) in options.DisplayName)
            {
                if (!InterfaceLanguages.OfTheProduct.Any(language => string.Equals(language.Tag, tag, StringComparison.OrdinalIgnoreCase)))
                    return $"{DisplayNameSetting} names the language \"{tag}\". There are: "
                        + $"{string.Join(", ", InterfaceLanguages.OfTheProduct.Select(language => language.Tag))}.";
                if (text.Length is 0 or > DisplayNameMaxLength || !AllowedCharacters.InLine(text))
                    return $"{DisplayNameSetting} for {tag} must have 1 to {DisplayNameMaxLength} visible characters.";
            }
            return null;
        }

        private bool IsAuthority(string issuer) => issuer.Length <= AuthorityMaxLength
            && Uri.TryCreate(issuer, UriKind.Absolute, out var address) && address is { Query: "", Fragment: "", UserInfo: "" }
            && (address.Scheme == Uri.UriSchemeHttps
                || (address.Scheme == Uri.UriSchemeHttp && (address.IsLoopback || environment.IsDevelopment())));
    }
}
