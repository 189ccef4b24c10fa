using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Desk;

/// <summary>
/// Says that this browser has signed in to these accounts before, sealed by the server (data protection). It opens nothing: it only
/// keeps the browser from having to wait for what strangers try (see <see cref="SignInThrottle"/>). Signing out does not remove it.
/// </summary>
public sealed class KnownDeviceCookie(IDataProtectionProvider protection, TimeProvider time)
{
    public const string Name = "desk-device";

    /// <summary>Several colleagues may use one computer in the staff room.</summary>
    public const int MaxAccounts = 8;

    /// <summary>From one season to the next; counted anew with each sign-in. Browsers keep no cookie for more than 400 days.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(365);

    private const int DeviceBytes = 16;

    private readonly IDataProtector seal = protection.CreateProtector("known device of the desk");

    /// <summary>The device, where it has signed in to this account before.</summary>
    public Guid? Find(HttpContext http, int account) =>
        Read(http) is { } known && known.Accounts.Contains(account) ? known.Device : null;

    /// <summary>From now on this browser is known to the account; of others the latest are kept.</summary>
    public void Remember(HttpContext http, int account)
    {
        var known = Read(http) ?? (Guid.NewGuid(), []);
        int[] accounts = [account, .. known.Accounts.Where(other => other != account).Take(MaxAccounts - 1)];
        var bytes = new byte[DeviceBytes + (accounts.Length * sizeof(int))];
        known.Device.TryWriteBytes(bytes);
        foreach (var (i, id) in accounts.Index())
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(DeviceBytes + (i * sizeof(int))), id);
        http.Response.Cookies.Append(HostPrefixedCookie.NameFor(http, Name), WebEncoders.Base64UrlEncode(seal.Protect(bytes)),
            new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                Expires = time.GetUtcNow() + MaxAge,
                SameSite = SameSiteMode.Lax,
                Secure = http.Request.IsHttps,
            });
    }

    private (Guid Device, int[] Accounts)? Read(HttpContext http)
    {
        if (http.Request.Cookies[HostPrefixedCookie.NameFor(http, Name)] is not { Length: > 0 } cookie)
            return null;
        try
        {
            var bytes = seal.Unprotect(WebEncoders.Base64UrlDecode(cookie));
            return (new Guid(bytes.AsSpan(0, DeviceBytes)),
                [.. bytes[DeviceBytes..].Chunk(sizeof(int)).Select(id => BinaryPrimitives.ReadInt32LittleEndian(id))]);
        }
        catch (Exception forged) when (forged is FormatException or CryptographicException or ArgumentException)
        {
            return null;
        }
    }
}
