using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Drawing;
using SafetyCampaign.Ledger;

namespace SafetyCampaign.Pledging;

/// <summary>
/// The certificates that were drawn last, some 3 MB, for a phone that fetches its own again without having kept it. They go with the
/// commit that changes a stored pledge of their event, at other nodes within a second: none is held whose name was withdrawn, erased or
/// corrected. Each has a tag that changes with whatever is drawn.
/// </summary>
public sealed class CertificateCache : ILedgerSubscriber
{
    private const int MaxPictures = 64;

    /// <summary>
    /// Of this process alone, and in no file: from a tag that stays somewhere, in a browser or in a proxy's log, nobody can try which
    /// names stood there. A browser that comes to another node fetches its picture once more.
    /// </summary>
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);

    private readonly Lock access = new();
    private readonly Queue<(string Tag, int EventId, byte[] Png)> pictures = new();
    private long version;

    /// <summary>Grows with each change of stored pledges; to be read before the receipt that is drawn.</summary>
    public long Version => Interlocked.Read(ref version);

    /// <summary>An entity tag, in its quotes: equal where all is equal that is drawn.</summary>
    public string TagOf(Certificate certificate)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        void Add(string? text)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text ?? ""));
            hash.AppendData([0]);
        }
        Add(CertificateSheet.KeyOf(certificate));
        Add(certificate.Belonging);
        Add(certificate.Numbers);
        Add(certificate.VerificationAddress);
        Add(certificate.Verification);
        Add(certificate.Rehearsal);
        foreach (var name in certificate.Names)
            Add(name);
        foreach (var (caption, name, handwriting) in certificate.Signatures)
        {
            Add(caption);
            Add(name);
            Add($"{handwriting?.Strokes.Count}");
            foreach (var stroke in handwriting?.Strokes ?? [])
            {
                hash.AppendData(MemoryMarshal.AsBytes<StrokePoint>([.. stroke]));
                hash.AppendData([0]);
            }
        }
        return $"\"{Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16))}\"";
    }

    /// <summary>Null where it is not kept.</summary>
    public byte[]? Find(string tag)
    {
        lock (access)
            return pictures.FirstOrDefault(picture => picture.Tag == tag).Png;
    }

    /// <param name="eventId">The event's row.</param>
    /// <param name="readAt">See <see cref="Version"/>: what was changed since then is not kept.</param>
    public void Add(string tag, int eventId, byte[] png, long readAt)
    {
        lock (access)
        {
            if (readAt != version || pictures.Any(picture => picture.Tag == tag))
                return;
            if (pictures.Count == MaxPictures)
                pictures.Dequeue();
            pictures.Enqueue((tag, eventId, png));
        }
    }

    /// <inheritdoc/>
    void ILedgerSubscriber.Opened() => Drop(_ => true);

    /// <inheritdoc/>
    void ILedgerSubscriber.Committed(IReadOnlyList<LedgerChange> changes)
    {
        if (changes.Any(change => change.ChangesStoredPledges || change is LedgerChange.CountedAnew))
            Drop(eventId => changes.Any(change => change.EventId == eventId));
    }

    private void Drop(Predicate<int> isChanged)
    {
        lock (access)
        {
            version++;
            for (var left = pictures.Count; left > 0; left--)
                if (pictures.Dequeue() is var picture && !isChanged(picture.EventId))
                    pictures.Enqueue(picture);
        }
    }
}
