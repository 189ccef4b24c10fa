using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace SafetyCampaign.Operations;

/// <summary>
/// Tells one phone from another behind a school's single address, for the limits only: 128 random bits that the server
/// has sealed, so they cannot be made up. They are stored nowhere and kept by the phone for a day.
/// </summary>
internal sealed class DeviceCookie(IDataProtectionProvider protection)
{
    public const string Name = "device";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private readonly IDataProtector seal = protection.CreateProtector("device cookie");

    /// <summary>The device that asks; null without a cookie, or with one that we did not seal.</summary>
    public Guid? Read(HttpContext context)
    {
        if (context.Request.Cookies[Name] is not { Length: > 0 } cookie)
            return null;
        try
        {
            return new Guid(seal.Unprotect(Convert.FromBase64String(cookie)));
        }
        catch (Exception forged) when (forged is FormatException or CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    public void Issue(HttpContext context) =>
        context.Response.Cookies.Append(Name, Convert.ToBase64String(seal.Protect(RandomNumberGenerator.GetBytes(16))), new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = Kept,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        });
}
