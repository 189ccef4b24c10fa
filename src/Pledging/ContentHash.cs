using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SafetyCampaign.Pledging;

/// <summary>
/// SHA-256 over what a request says, whatever its spelling as JSON: tells a repeated request from a changed one, and
/// is the base of the record's proof. Every part is written with its length, so no two requests look alike.
/// </summary>
internal static class ContentHash
{
    public static byte[] Of(int eventId, SignRequest request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, eventId);
        Add(hash, request.ClassId is null ? 0 : 1);
        Add(hash, request.ClassId ?? 0);
        var versions = request.TextVersions ?? [];
        Add(hash, versions.Count);
        foreach (var (role, version) in versions.OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            Add(hash, role);
            Add(hash, version);
        }
        Add(hash, request.Signers?.Count ?? 0);
        foreach (var signer in request.Signers ?? [])
        {
            Add(hash, signer?.Role);
            Add(hash, signer?.Name);
            Add(hash, signer?.Relation);
            Add(hash, signer?.Signature);
            Add(hash, signer?.Typed == true ? 1 : 0);
        }
        Add(hash, request.Consents?.Guardian == true ? 1 : 0);
        Add(hash, request.Consents?.ShowMaskedName == true ? 1 : 0);
        return hash.GetHashAndReset();
    }

    private static void Add(IncrementalHash hash, int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, string? text)
    {
        Add(hash, text?.Length ?? -1);
        if (text is null)
            return;
        Span<byte> bytes = text.Length <= 512 ? stackalloc byte[Encoding.UTF8.GetMaxByteCount(text.Length)] : new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        hash.AppendData(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }
}
