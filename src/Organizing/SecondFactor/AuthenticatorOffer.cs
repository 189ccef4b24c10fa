using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Desk;
using SafetyCampaign.Drawing;
using SafetyCampaign.Layout;

namespace SafetyCampaign.Organizing.SecondFactor;

/// <summary>
/// A key offered to an authenticator app. Until a code has shown that the app has it, it lies sealed in the form and nowhere else.
/// </summary>
public sealed class AuthenticatorOffer(IDataProtectionProvider protection, TimeProvider time, IStringLocalizer<LayoutText> shared)
{
    /// <summary>To install an app and find one's way in it.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(30);

    private const int GroupLength = 4;

    private readonly IDataProtector seal = protection.CreateProtector("key offered to an authenticator app");

    private sealed record Content(int Account, byte[] Key, DateTimeOffset Until);

    /// <param name="Sealed">For the form.</param>
    /// <param name="Text">To be typed, in groups of four.</param>
    /// <param name="Qr">To be scanned.</param>
    public sealed record Offer(string Sealed, string Text, QrDrawing Qr);

    /// <param name="account">Whose it is to be.</param>
    /// <param name="name">The account's name, which the app shows.</param>
    /// <param name="before">What was offered before, to be offered again.</param>
    public Offer Make(int account, string name, string? before)
    {
        var known = Read(before, account);
        var key = known ?? TimeBasedCode.NewKey();
        var form = known is null ? Seal(new Content(account, key, time.GetUtcNow() + MaxAge)) : before!;
        return new Offer(form,
            string.Join(' ', TimeBasedCode.Base32(key).Chunk(GroupLength).Select(group => new string(group))),
            new QrDrawing(TimeBasedCode.Uri(shared["Product"], name, key)));
    }

    /// <summary>The key that was offered to this account; null where it was not, or too long ago.</summary>
    public byte[]? Read(string? offered, int account)
    {
        if (string.IsNullOrEmpty(offered))
            return null;
        try
        {
            var content = JsonSerializer.Deserialize<Content>(seal.Unprotect(WebEncoders.Base64UrlDecode(offered)));
            return content is { } read && read.Account == account && read.Until > time.GetUtcNow() ? read.Key : null;
        }
        catch (Exception forged) when (forged is FormatException or CryptographicException or JsonException)
        {
            return null;
        }
    }

    public long? FindStep(byte[] key, string typed) => TimeBasedCode.FindStep(key, typed, time.GetUtcNow());

    private string Seal(Content content) => WebEncoders.Base64UrlEncode(seal.Protect(JsonSerializer.SerializeToUtf8Bytes(content)));
}
