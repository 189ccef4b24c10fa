using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Desk;

/// <summary>Signing in by OpenID Connect, where a provider is configured: authorization code with PKCE, state and nonce.</summary>
internal static class IdentityProviderSetup
{
    /// <summary>A key pair each. Neither "none" nor those with a shared secret.</summary>
    private static readonly string[] Signatures =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    public static void AddIdentityProvider(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<IdentityProviderOptions>().BindConfiguration(IdentityProviderOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<IdentityProviderOptions>, IdentityProviderOptions.Validator>();
        services.AddSingleton<IdentityProvider>();
        if (string.IsNullOrWhiteSpace(builder.Configuration[IdentityProviderOptions.AuthoritySetting]))
            return;
        services.AddScoped<IdentityProviderEvents>();
        services.AddAuthentication().AddOpenIdConnect(IdentityProvider.Scheme, _ => { });
        services.AddOptions<OpenIdConnectOptions>(IdentityProvider.Scheme)
            .Configure<IServiceProvider, IOptions<IdentityProviderOptions>>((handler, provider, options) =>
            {
                SetClient(handler, options.Value);
                SetFlow(handler);
                handler.CorrelationCookie = HostPrefixedCookie.Create(provider, "desk-attempt.");
                handler.NonceCookie = HostPrefixedCookie.Create(provider, "desk-nonce.");
                handler.CorrelationCookie.Expiration = handler.NonceCookie.Expiration = handler.RemoteAuthenticationTimeout;
            });
    }

    private static void SetClient(OpenIdConnectOptions handler, IdentityProviderOptions options)
    {
        handler.Authority = options.Issuer;
        handler.ClientId = options.ClientId;
        handler.ClientSecret = string.IsNullOrWhiteSpace(options.ClientSecret) ? null : options.ClientSecret;
        handler.Scope.Clear();
        foreach (var scope in options.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            handler.Scope.Add(scope);
        handler.BackchannelTimeout = options.Timeout;
        // The provider's name may come to mean another machine.
        handler.Backchannel = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = options.Timeout,
            MaxResponseContentBufferSize = 1024 * 1024, // keys and a token are some kilobytes
        };
        handler.RequireHttpsMetadata = options.Issuer.StartsWith(Uri.UriSchemeHttps, StringComparison.Ordinal);
        handler.ConfigurationManager = new IdentityProviderConfiguration(options, handler.Backchannel)
        {
            RefreshInterval = BaseConfigurationManager.MinimumRefreshInterval, // for a token by a key that is not known yet
        };
    }

    private static void SetFlow(OpenIdConnectOptions handler)
    {
        handler.EventsType = typeof(IdentityProviderEvents);
        handler.SignInScheme = IdentityConstants.ApplicationScheme;
        handler.CallbackPath = DeskRoutes.ProviderCallback;
        handler.SignedOutCallbackPath = PathString.Empty;
        handler.RemoteSignOutPath = PathString.Empty;
        handler.ResponseType = OpenIdConnectResponseType.Code;
        // An answer by a form would need cookies that other sites' requests carry.
        handler.ResponseMode = OpenIdConnectResponseMode.Query;
        handler.UsePkce = true;
        handler.SaveTokens = false;
        handler.GetClaimsFromUserInfoEndpoint = false;
        handler.TokenHandler = new SignedTokens { MapInboundClaims = false };
        handler.DisableTelemetry = true; // versions of libraries are nobody's business
        handler.TokenValidationParameters.ValidAlgorithms = Signatures;
    }

    /// <summary>
    /// The framework takes a token without a signature where it comes from the provider's own address, as OpenID Connect Core 3.1.3.7
    /// allows.
    /// </summary>
    private sealed class SignedTokens : JsonWebTokenHandler
    {
        public override Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
        {
            validationParameters.RequireSignedTokens = true;
            return base.ValidateTokenAsync(token, validationParameters);
        }
    }
}
