using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace SafetyCampaign.Operations;

/// <summary>
/// Tells one phone from another behind a school's single address, for the limits only: a UUID (version 7, so that it
/// tells when it was given) that the server has encrypted and signed (data protection), so it cannot be forged. It is
/// stored nowhere and kept by the
/// phone for a day.
/// </summary>
public sealed class DeviceCookie(IDataProtectionProvider protection, TimeProvider time)
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
            return new Guid(seal.Unprotect(Convert.FromBase64String(cookie)), bigEndian: true);
        }
        catch (Exception forged) when (forged is FormatException or CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>A cookie issued in the future counts as old enough: the system clock was set back, which no phone must wait for.</summary>
    public static bool IsIssuedWithin(TimeSpan age, Guid device, DateTimeOffset now) =>
        now - IssuedAt(device) is var since && since >= TimeSpan.Zero && since < age;

    /// <summary>To the millisecond, as version 7 begins.</summary>
    public static DateTimeOffset IssuedAt(Guid device)
    {
        Span<byte> bytes = stackalloc byte[16];
        device.TryWriteBytes(bytes, bigEndian: true, out _);
        return DateTimeOffset.UnixEpoch.AddMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16);
    }

    /// <summary>It was given while its address opened more pages than a whole school does.</summary>
    public static bool IsFromBurst(Guid device)
    {
        Span<byte> bytes = stackalloc byte[16];
        device.TryWriteBytes(bytes, bigEndian: true, out _);
        return (bytes[^1] & 1) != 0;
    }

    public void Issue(HttpContext context, bool inBurst = false) =>
        context.Response.Cookies.Append(Name, Seal(New(inBurst)), new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = Kept,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        });

    /// <summary>The last bit, which is random otherwise, says whether it is from a burst.</summary>
    private Guid New(bool inBurst)
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(time.GetUtcNow()).TryWriteBytes(bytes, bigEndian: true, out _);
        bytes[^1] = (byte)((bytes[^1] & ~1) | (inBurst ? 1 : 0));
        return new Guid(bytes, bigEndian: true);
    }

    private string Seal(Guid device) => Convert.ToBase64String(seal.Protect(device.ToByteArray(bigEndian: true)));
}
