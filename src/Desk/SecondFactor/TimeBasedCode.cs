using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SafetyCampaign.Desk;

/// <summary>
/// Time-based one-time passwords (TOTP, RFC 6238) as every authenticator app makes them: six digits, a new one every 30 seconds,
/// HMAC-SHA-1, which many apps take as the only one and which is not weakened by SHA-1's collisions.
/// </summary>
public static class TimeBasedCode
{
    /// <summary>160 bits, as RFC 4226 (4, R6) recommends.</summary>
    public const int KeyBytes = 20;

    public const int Digits = 6;

    /// <summary>The length of a time step, in seconds.</summary>
    public const int StepSeconds = 30;

    /// <summary>Steps before and after the present one whose codes are taken: clocks differ, and typing takes time.</summary>
    public const int Tolerance = 1;

    private const string Base32Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int BitsPerLetter = 5;

    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeyBytes);

    /// <summary>The time step of a moment, counted from 1970.</summary>
    public static long StepAt(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of a time step (RFC 4226, 5.3).</summary>
    public static string Of(ReadOnlySpan<byte> key, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[20];
#pragma warning disable CA5350 // what the apps compute, see above
        HMACSHA1.HashData(key, counter, hash);
#pragma warning restore CA5350
        var offset = hash[^1] & 0xf;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[offset..]) & 0x7fff_ffff;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The time step near the moment whose code was typed, with or without spaces; null where it is none's.</summary>
    public static long? FindStep(ReadOnlySpan<byte> key, string typed, DateTimeOffset moment)
    {
        var code = string.Concat(typed.Normalize(NormalizationForm.FormKC).Where(letter => !char.IsWhiteSpace(letter)));
        long? found = null;
        for (var step = StepAt(moment) - Tolerance; step <= StepAt(moment) + Tolerance; step++)
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Of(key, step)), Encoding.UTF8.GetBytes(code)))
                found = step;
        return found;
    }

    /// <summary>The key as it is typed into an app (RFC 4648, 6); keys of <see cref="KeyBytes"/> need no padding.</summary>
    public static string Base32(ReadOnlySpan<byte> key)
    {
        var text = new StringBuilder();
        var (bits, held) = (0, 0);
        foreach (var part in key)
        {
            held = (held << 8) | part;
            for (bits += 8; bits >= BitsPerLetter; bits -= BitsPerLetter)
                text.Append(Base32Letters[(held >> (bits - BitsPerLetter)) & 0x1f]);
            held &= (1 << bits) - 1;
        }
        return text.ToString();
    }

    /// <summary>What an app reads from a QR code.</summary>
    /// <param name="issuer">The site, as the app names it.</param>
    /// <param name="account">The account's name.</param>
    /// <param name="key">The account's key.</param>
    public static string Uri(string issuer, string account, ReadOnlySpan<byte> key)
    {
        var (site, name) = (System.Uri.EscapeDataString(issuer), System.Uri.EscapeDataString(account));
        return $"otpauth://totp/{site}:{name}?secret={Base32(key)}&issuer={site}";
    }
}
