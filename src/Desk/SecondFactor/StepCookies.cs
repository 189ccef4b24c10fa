using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Desk;

/// <summary>
/// What a browser brings along to the next step of signing in, sealed by the server (data protection), for five minutes. It opens
/// nothing by itself.
/// </summary>
public sealed class StepCookies(IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>Whose password was right.</summary>
    public const string SecondStep = "desk-second";

    /// <summary>The challenge that a passkey is to sign.</summary>
    public const string Passkey = "desk-passkey";

    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    private sealed record Sealed<T>(DateTimeOffset Until, T Value);

    public void Write<T>(HttpContext http, string name, T value)
    {
        var sealedValue = Seal(name).Protect(JsonSerializer.SerializeToUtf8Bytes(new Sealed<T>(time.GetUtcNow() + MaxAge, value)));
        http.Response.Cookies.Append(HostPrefixedCookie.NameFor(http, name), WebEncoders.Base64UrlEncode(sealedValue), Options(http));
    }

    /// <summary>What was written; null where there is none, or where it is over or made by somebody else.</summary>
    public T? Read<T>(HttpContext http, string name) where T : class
    {
        if (http.Request.Cookies[HostPrefixedCookie.NameFor(http, name)] is not { Length: > 0 } cookie)
            return null;
        try
        {
            var read = JsonSerializer.Deserialize<Sealed<T>>(Seal(name).Unprotect(WebEncoders.Base64UrlDecode(cookie)));
            return read?.Until > time.GetUtcNow() ? read.Value : null;
        }
        catch (Exception forged) when (forged is FormatException or CryptographicException or JsonException)
        {
            return null;
        }
    }

    public void Remove(HttpContext http, string name) =>
        http.Response.Cookies.Delete(HostPrefixedCookie.NameFor(http, name), Options(http));

    private IDataProtector Seal(string name) => protection.CreateProtector("step of signing in", name);

    private static CookieOptions Options(HttpContext http) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
    };
}
