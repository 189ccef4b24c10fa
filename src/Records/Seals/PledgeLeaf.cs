using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Records.Seals;

/// <summary>A person of a leaf.</summary>
/// <param name="Text">The version that was signed.</param>
/// <param name="TextHash">See <see cref="PledgeText.ContentHash"/>.</param>
/// <param name="Strokes">Null where nothing was drawn.</param>
public sealed record LeafSigner(
    int Position, SignerRole Role, string Name, GuardianRelation? Relation, SignatureKind Signature, int Text, byte[] TextHash,
    byte[]? Strokes);

/// <summary>
/// One request as a leaf of the tree: what was signed by whom and when, under a salt that is made from the pledge's own and goes with it.
/// What may change without the signers (the class is renamed, the pledge is found invalid) is not in it.
/// </summary>
public static class PledgeLeaf
{
    public const int SaltLength = 16;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What is hashed beside the salt, one line of JSON.</summary>
    /// <param name="head">The request's first pledge.</param>
    /// <param name="signers">In the order of the request.</param>
    public static string ContentOf(Pledge head, IEnumerable<LeafSigner> signers)
    {
        using var content = new MemoryStream();
        using (var json = new Utf8JsonWriter(content, Readable))
        {
            json.WriteStartObject();
            json.WriteNumber("sequence", head.Sequence);
            json.WriteNumber("number", head.Number);
            json.WriteString("signedAt", head.SignedAt.UtcDateTime);
            json.WriteString("channel", head.Channel.WireName());
            json.WriteString("digest", head.Digest is { } digest ? Convert.ToHexStringLower(digest) : null);
            json.WriteStartArray("signers");
            foreach (var signer in signers)
                Write(json, signer);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(content.ToArray());
    }

    /// <summary>
    /// The salt of a leaf: from the pledge's, so that every archive has the same and none tells the pledge's own; null where that is gone.
    /// </summary>
    public static byte[]? SaltOf(Pledge head) =>
        head.Salt is { } salt ? HMACSHA256.HashData(salt, "archive leaf"u8)[..SaltLength] : null;

    /// <summary>The leaf's hash.</summary>
    public static byte[] HashOf(byte[] salt, string content) => MerkleTree.LeafOf([.. salt, .. Encoding.UTF8.GetBytes(content)]);

    /// <summary>Of a request whose names were gone before any seal: over its digest, on which nobody can try a guess either.</summary>
    public static byte[] HashOfErased(Pledge head) => MerkleTree.LeafOf([.. "erased"u8, .. head.Digest ?? []]);

    private static void Write(Utf8JsonWriter json, LeafSigner signer)
    {
        json.WriteStartObject();
        json.WriteString("role", signer.Role.WireName());
        json.WriteString("name", signer.Name);
        json.WriteString("relation", signer.Relation?.WireName());
        json.WriteNumber("version", signer.Text);
        json.WriteString("text", Convert.ToHexStringLower(signer.TextHash));
        json.WriteString("signature", signer.Signature.WireName());
        json.WriteString("strokes", signer.Strokes is { } strokes ? Base64Url.EncodeToString(strokes) : null);
        json.WriteEndObject();
    }
}
