using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SafetyCampaign.Campaigns;

/// <summary>
/// SHA-256 over a text with all of its languages, by which anybody who holds the words can tell that they are those that
/// were signed: the digest of a pledge covers it.
/// </summary>
/// <remarks>
/// Canonical form 1, all numbers 32-bit big-endian, each string as the number of its UTF-8 bytes and then the bytes, as
/// stored (no Unicode normalization): the number 1; the wording; the number of translations; for each, in ordinal order
/// of the tags: the tag, the direction (<see cref="TextDirection"/>), 1 where it is official and else 0, the wording. A wording
/// is the title, the number of clauses, each clause, the closing.
/// </remarks>
public static class PledgeTextHash
{
    /// <summary>In bytes.</summary>
    public const int Length = SHA256.HashSizeInBytes;

    /// <summary>The hash of a text version, <see cref="Length"/> bytes.</summary>
    /// <param name="signed">The wording that is signed.</param>
    /// <param name="translations">What can be read beside it, in any order.</param>
    public static byte[] Of(PledgeWording signed, IReadOnlyList<PledgeTranslation> translations)
    {
        var form = new ArrayBufferWriter<byte>(2048);
        Add(form, 1);
        Add(form, signed);
        Add(form, translations.Count);
        foreach (var translation in translations.OrderBy(t => t.Language, StringComparer.Ordinal))
        {
            Add(form, translation.Language);
            Add(form, (int)translation.Direction);
            Add(form, translation.Official ? 1 : 0);
            Add(form, translation.Wording);
        }
        return SHA256.HashData(form.WrittenSpan);
    }

    private static void Add(ArrayBufferWriter<byte> form, PledgeWording wording)
    {
        Add(form, wording.Title);
        Add(form, wording.Clauses.Count);
        foreach (var clause in wording.Clauses)
            Add(form, clause);
        Add(form, wording.Closing);
    }

    private static void Add(ArrayBufferWriter<byte> form, string text)
    {
        Add(form, Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, form);
    }

    private static void Add(ArrayBufferWriter<byte> form, int number)
    {
        BinaryPrimitives.WriteInt32BigEndian(form.GetSpan(4), number);
        form.Advance(4);
    }
}
