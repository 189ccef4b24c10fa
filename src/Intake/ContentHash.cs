using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Intake;

/// <summary>
/// SHA-256 over what a request says, whatever its spelling as JSON: tells a repeated request from a changed one, and
/// is the base of the record's proof. Every part is written with its length, so no two different requests give the same bytes.
/// </summary>
internal static class ContentHash
{
    /// <summary>The hash of a request at an event, 32 bytes.</summary>
    public static byte[] Of(int eventId, SignRequest request)
    {
        var content = new Content(ArrayPool<byte>.Shared.Rent(MaxBytes(request)));
        try
        {
            Write(ref content, eventId, request);
            return SHA256.HashData(content.Written); // in one call: each call into the library costs more than hashing a kilobyte
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(content.Bytes);
        }
    }

    private static void Write(ref Content content, int eventId, SignRequest request)
    {
        content.Add(eventId);
        content.Add(request.ClassId is null ? 0 : 1);
        content.Add(request.ClassId ?? 0);
        var versions = request.TextVersions ?? [];
        content.Add(versions.Count);
        foreach (var (role, version) in versions.Count > 1 ? versions.OrderBy(v => v.Key, StringComparer.Ordinal) : versions.AsEnumerable())
        {
            content.Add(role);
            content.Add(version);
        }
        content.Add(request.Signers?.Count ?? 0);
        foreach (var signer in request.Signers ?? [])
        {
            content.Add(signer?.Role);
            // As it is seen. Of whatever was stored before this was so, the hash is the one that it had: such names were refused.
            content.Add(signer?.Name is { } name ? NameNormalization.WithoutUnseen(name) : null);
            content.Add(signer?.Relation);
            content.Add(signer?.Signature);
            content.Add(signer?.Typed == true ? 1 : 0);
        }
        // Only where there is one, so that a request sent before there were any has the hash it had.
        for (var i = 0; i < request.Signers?.Count; i++)
            if (request.Signers[i]?.ClassId is { } classId)
            {
                content.Add(i);
                content.Add(classId);
            }
        for (var i = 0; i < request.Signers?.Count; i++)
            if (request.Signers[i]?.Mark == true)
                content.Add(-1 - i); // below 0, so that it is no place of a class
        for (var i = 0; i < request.Signers?.Count; i++)
            if (request.Signers[i]?.HandwrittenName == true)
                content.Add(-1 - Pledge.MaxSigners - i); // below the marks
        content.Add(request.Consents?.Guardian == true ? 1 : 0);
        content.Add(request.Consents?.ShowMaskedName == true ? 1 : 0);
        // As above: only where there are any.
        if (request.Seat is { } seat)
        {
            content.Add("seat");
            content.Add(seat);
        }
        if (request.Witness is { } witness)
        {
            content.Add("witness");
            content.Add(witness);
        }
        if (request.Child is { } child)
        {
            content.Add("child");
            content.Add(child);
        }
        if (request.SignedAt is { } signedAt)
        {
            content.Add("signedAt");
            content.Add((int)(signedAt.UtcTicks >> 32));
            content.Add((int)signedAt.UtcTicks);
        }
    }

    private static int MaxBytes(SignRequest request)
    {
        var bytes = 128 + MaxBytes(request.Witness) + MaxBytes(request.Child);
        foreach (var role in request.TextVersions?.Keys.AsEnumerable() ?? [])
            bytes += 8 + MaxBytes(role);
        foreach (var signer in request.Signers ?? [])
            bytes += 32 + MaxBytes(signer?.Role) + MaxBytes(signer?.Name) + MaxBytes(signer?.Relation) + MaxBytes(signer?.Signature);
        return bytes;
    }

    private static int MaxBytes(string? text) => text is null ? 0 : Encoding.UTF8.GetMaxByteCount(text.Length);

    private ref struct Content(byte[] bytes)
    {
        private int length;

        public readonly byte[] Bytes => bytes;

        public readonly ReadOnlySpan<byte> Written => bytes.AsSpan(0, length);

        public void Add(int value)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(length), value);
            length += 4;
        }

        public void Add(string? text)
        {
            Add(text?.Length ?? -1);
            if (text is not null)
                length += Encoding.UTF8.GetBytes(text, bytes.AsSpan(length));
        }
    }
}
