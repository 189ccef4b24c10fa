using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace SafetyCampaign.Desk;

/// <summary>
/// What the provider publishes of itself: addresses and keys. Fetched when somebody signs in by it and kept; nobody waits for it
/// longer than <see cref="MaxWait"/>, however many wait at once, so the program starts and serves without the provider.
/// </summary>
internal sealed class IdentityProviderConfiguration(IdentityProviderOptions options, HttpClient http)
    : ConfigurationManager<OpenIdConnectConfiguration>(
        options.Issuer + "/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(),
        new HttpDocumentRetriever(http) { RequireHttps = options.Issuer.StartsWith(Uri.UriSchemeHttps, StringComparison.Ordinal) },
        new IssuerValidator(options.Issuer))
{
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(5);

    public override Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel) =>
        base.GetConfigurationAsync(cancel).WaitAsync(MaxWait, cancel);

    /// <summary>The issuer must be the configured one (OpenID Connect Discovery 4.3): subjects are stored beside it.</summary>
    private sealed class IssuerValidator(string issuer) : IConfigurationValidator<OpenIdConnectConfiguration>
    {
        public ConfigurationValidationResult Validate(OpenIdConnectConfiguration configuration) =>
            IdentityProviderOptions.Tidy(configuration.Issuer) == issuer
                ? new ConfigurationValidationResult { Succeeded = true }
                : new ConfigurationValidationResult
                {
                    ErrorMessage = $"The provider calls itself another issuer than {IdentityProviderOptions.AuthoritySetting} says.",
                };
    }
}
