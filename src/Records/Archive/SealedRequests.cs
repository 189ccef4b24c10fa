using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Records.Seals;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Archive;

/// <summary>How a request stands when an archive is made; not in its leaf.</summary>
public enum SealedRequestState
{
    Counted,

    /// <summary>Kept beside another pledge of the same person.</summary>
    Duplicate,
    Invalid,
    Withdrawn,
}

/// <summary>A request as the archive has it.</summary>
/// <param name="Sequence">Of its first pledge.</param>
/// <param name="Salt">Null where its names are gone.</param>
/// <param name="Content">See <see cref="PledgeLeaf.ContentOf"/>; null where its names are gone.</param>
/// <param name="Hash">Of the leaf.</param>
public sealed record SealedRequest(long Sequence, byte[]? Salt, string? Content, byte[] Hash, SealedRequestState State);

/// <summary>Reads the requests of an event as leaves, in portions between which the store is free for others.</summary>
public sealed class SealedRequests(CampaignDbFactory dbFactory, EventSequences sequences)
{
    private const int BatchSize = 600;

    /// <summary>How many there are.</summary>
    public async Task<int> CountAsync(int eventId, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        return await sequences.PledgesOf(db.Pledges, eventId).CountAsync(p => !p.Rehearsal && p.Position == 0, cancellationToken);
    }

    /// <summary>Every request, in order of the ledger; practice is no record.</summary>
    /// <param name="eventId">The event.</param>
    /// <param name="sealedBefore">The hashes of the last seal, see <see cref="EventSeal.LeafHashes"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<SealedRequest> ReadAsync(
        int eventId, byte[] sealedBefore, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var texts = await TextsAsync(eventId, cancellationToken);
        var request = new List<Row>();
        await foreach (var row in RowsAsync(eventId, cancellationToken))
        {
            request.Add(row);
            if (request.Count < request[0].Pledge.Signers)
                continue;
            yield return Seal(request, texts, sealedBefore);
            request.Clear();
        }
    }

    /// <summary>One request as a leaf; null where its names or its salt are gone, so that the leaf cannot be made anew.</summary>
    public async Task<SealedRequest?> FindAsync(int eventId, long sequence, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var rows = await (
            from p in db.Pledges.AsNoTracking()
            where p.EventId == eventId && p.Sequence >= sequence && p.Sequence < sequence + Pledge.MaxSigners
            join s in db.Signatures.AsNoTracking() on p.Sequence equals s.Sequence into drawn
            from ink in drawn.DefaultIfEmpty()
            orderby p.Sequence
            select new Row(p, ink == null ? null : ink.Strokes)).ToListAsync(cancellationToken);
        if (rows is not [{ Pledge.Salt: not null }, ..])
            return null;
        var request = Seal(rows[..rows[0].Pledge.Signers], await TextsAsync(eventId, cancellationToken), []);
        return request.Content is null ? null : request;
    }

    private async Task<Dictionary<int, (int Version, byte[] Hash)>> TextsAsync(int eventId, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var campaign = await db.Events.Where(e => e.Id == eventId).Select(e => e.CampaignId).SingleAsync(cancellationToken);
        var texts = await db.Texts.AsNoTracking().Where(t => t.CampaignId == campaign).ToListAsync(cancellationToken);
        return texts.ToDictionary(t => t.Id, t => (t.Version, t.ContentHash()));
    }

    private async IAsyncEnumerable<Row> RowsAsync(int eventId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = sequences.Of(eventId).First - 1;
        for (var read = BatchSize; read == BatchSize;)
        {
            await using var db = dbFactory.Open();
            var portion = await (
                from p in db.Pledges.AsNoTracking()
                where p.EventId == eventId && !p.Rehearsal && p.Sequence > after
                join s in db.Signatures.AsNoTracking() on p.Sequence equals s.Sequence into drawn
                from ink in drawn.DefaultIfEmpty()
                orderby p.Sequence
                select new Row(p, ink == null ? null : ink.Strokes)).Take(BatchSize).ToListAsync(cancellationToken);
            foreach (var row in portion)
                yield return row;
            read = portion.Count;
            after = read > 0 ? portion[^1].Pledge.Sequence : after;
        }
    }

    private static SealedRequest Seal(
        List<Row> request, Dictionary<int, (int Version, byte[] Hash)> texts, ReadOnlySpan<byte> sealedBefore)
    {
        var head = request[0].Pledge;
        var state = StateOf(request);
        if (request.Exists(row => row.Pledge.Name is null))
            return new SealedRequest(
                head.Sequence, null, null, HashIn(sealedBefore, head.Sequence) ?? PledgeLeaf.HashOfErased(head), state);
        var content = PledgeLeaf.ContentOf(head, request.Select(row => SignerOf(row, texts)));
        // Corrected pledges have no salt of their own any more.
        var salt = PledgeLeaf.SaltOf(head) ?? RandomNumberGenerator.GetBytes(PledgeLeaf.SaltLength);
        return new SealedRequest(head.Sequence, salt, content, PledgeLeaf.HashOf(salt, content), state);
    }

    private static LeafSigner SignerOf(Row row, Dictionary<int, (int Version, byte[] Hash)> texts)
    {
        var (p, (version, hash)) = (row.Pledge, texts[row.Pledge.TextId]);
        return new LeafSigner(p.Position, p.Role, p.Name!, p.Relation, p.SignatureKind, version, hash, row.Strokes);
    }

    private static SealedRequestState StateOf(List<Row> request) => request[0].Pledge.State switch
    {
        PledgeState.Withdrawn => SealedRequestState.Withdrawn,
        PledgeState.Invalid => SealedRequestState.Invalid,
        _ when request.TrueForAll(row => row.Pledge.CountedWith is not null) => SealedRequestState.Duplicate,
        _ => SealedRequestState.Counted,
    };

    /// <summary>Looked up by halves, since they stand in order.</summary>
    private static byte[]? HashIn(ReadOnlySpan<byte> hashes, long sequence) => IndexIn(hashes, sequence) is >= 0 and var at
        ? hashes.Slice(at * EventSeal.LeafLength + 8, MerkleTree.HashLength).ToArray()
        : null;

    /// <summary>Which of the leaves of a seal; -1 where it is not among them.</summary>
    public static int IndexIn(ReadOnlySpan<byte> hashes, long sequence)
    {
        var (low, high) = (0, hashes.Length / EventSeal.LeafLength - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var there = BinaryPrimitives.ReadInt64BigEndian(hashes[(middle * EventSeal.LeafLength)..]);
            if (there == sequence)
                return middle;
            (low, high) = there < sequence ? (middle + 1, high) : (low, middle - 1);
        }
        return -1;
    }

    private sealed record Row(Pledge Pledge, byte[]? Strokes);
}
