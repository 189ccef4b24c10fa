using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Desk;

/// <summary>
/// Where passkeys are made and taken. A passkey belongs to one domain, and browsers make it in secure contexts alone: that is
/// <c>PublicBaseUrl</c> where it begins with https:// and names a domain, else this machine's own http://localhost. A request's Host
/// decides nothing but whether it is that address.
/// </summary>
public sealed class PasskeySite(PublicAddress address)
{
    private const string Loopback = "localhost";

    /// <summary>Null where no such address is configured.</summary>
    private readonly Uri? configured =
        address.Configured is { Scheme: "https", HostNameType: UriHostNameType.Dns } site ? site : null;

    /// <summary>The relying party's id (WebAuthn 5.1.2).</summary>
    public string Domain => configured?.IdnHost ?? Loopback;

    /// <summary>Where to go to for a passkey; null where it is this machine itself.</summary>
    public string? Address => configured?.GetLeftPart(UriPartial.Authority);

    public bool IsOpenTo(HttpRequest request) => OriginFor(request) is { } origin
        && string.Equals($"{request.Scheme}://{request.Host}", origin, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether what a browser has signed was signed on a page of ours.</summary>
    public bool Accepts(PasskeyOriginValidationContext signed) => !signed.CrossOrigin && IsOpenTo(signed.HttpContext.Request)
        && string.Equals(signed.Origin, OriginFor(signed.HttpContext.Request), StringComparison.OrdinalIgnoreCase);

    /// <summary>Scheme, host and port as a browser names them.</summary>
    private string? OriginFor(HttpRequest request) => configured is not null
        ? $"{configured.Scheme}://{configured.IdnHost}{(configured.IsDefaultPort ? "" : $":{configured.Port}")}"
        : string.Equals(request.Host.Host, Loopback, StringComparison.OrdinalIgnoreCase) ? $"{request.Scheme}://{request.Host}" : null;

    internal sealed class Setup(PasskeySite site) : IConfigureOptions<IdentityPasskeyOptions>
    {
        public void Configure(IdentityPasskeyOptions options)
        {
            options.ServerDomain = site.Domain;
            options.ValidateOrigin = signed => ValueTask.FromResult(site.Accepts(signed));
            // By itself both factors: the device, and the finger, the face or the code that unlocks it.
            options.UserVerificationRequirement = "required";
            // Found by the browser without a name being typed.
            options.ResidentKeyRequirement = "required";
            options.AuthenticatorTimeout = StepCookies.MaxAge;
        }
    }
}
