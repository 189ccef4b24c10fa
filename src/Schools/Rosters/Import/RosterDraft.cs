using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using SafetyCampaign.Schools.Rosters.Reading;

namespace SafetyCampaign.Schools.Rosters.Import;

/// <summary>A file that was read and is not imported yet.</summary>
/// <param name="ReadAt">When it came.</param>
/// <param name="FileName">As it is called on the computer that it came from.</param>
/// <param name="File">What it holds.</param>
public sealed record RosterDraft(DateTimeOffset ReadAt, string FileName, ReadFile File);

/// <summary>
/// Keeps a file between its preview and its import in the form itself, compressed and encrypted with the keys that all nodes share: the
/// server holds nothing of it, in memory or on disk, and whichever node is asked next can read it.
/// </summary>
public sealed class RosterDrafts(IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>For so long a draft can be imported.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Largest draft, in characters as the form carries it.</summary>
    public const int MaxLength = 6 * 1024 * 1024;

    private static readonly JsonSerializerOptions Json = new() { IgnoreReadOnlyProperties = true };

    /// <summary>For the form's hidden field; null where it is too large for one.</summary>
    public string? Protect(int schoolId, RosterDraft draft)
    {
        using var packed = new MemoryStream();
        using (var packing = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            JsonSerializer.Serialize(packing, draft, Json);
        var text = WebEncoders.Base64UrlEncode(Protector(schoolId).Protect(packed.ToArray()));
        return text.Length > MaxLength ? null : text;
    }

    /// <summary>The draft of a school's form; null where it is too old, of another school, or no draft.</summary>
    public RosterDraft? Read(int schoolId, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        try
        {
            using var packed = new MemoryStream(Protector(schoolId).Unprotect(WebEncoders.Base64UrlDecode(text)));
            using var unpacking = new BrotliStream(packed, CompressionMode.Decompress);
            var draft = JsonSerializer.Deserialize<RosterDraft>(unpacking, Json);
            return draft is not null && time.GetUtcNow() < draft.ReadAt + Lifetime ? draft : null;
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private IDataProtector Protector(int schoolId) => protection.CreateProtector("RosterDraft", $"{schoolId}");
}
