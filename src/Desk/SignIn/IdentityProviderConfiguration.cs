using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace SafetyCampaign.Desk;

/// <summary>
/// What the provider publishes of itself: addresses and keys. Fetched when somebody signs in by it and kept, so the program starts and
/// serves without the provider. Nobody waits longer than <see cref="IdentityProviderOptions.Timeout"/>, however many wait at once.
/// </summary>
internal sealed class IdentityProviderConfiguration(IdentityProviderOptions options, HttpClient http)
    : ConfigurationManager<OpenIdConnectConfiguration>(
        options.Issuer + "/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(),
        new HttpDocumentRetriever(http) { RequireHttps = options.Issuer.StartsWith(Uri.UriSchemeHttps, StringComparison.Ordinal) },
        new IssuerValidator(options.Issuer))
{
    private readonly TimeSpan timeout = options.Timeout;

    public override Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel) =>
        base.GetConfigurationAsync(cancel).WaitAsync(timeout, cancel);

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
