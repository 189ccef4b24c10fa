using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Events.Review;

/// <summary>Why a signing looks as if a program had made it. Each can be told to a parent who asks.</summary>
[Flags]
public enum Suspicion
{
    None = 0,

    /// <summary>Its handwriting is, point for point, that of other signings. Two drawings by hand are never equal in every point.</summary>
    SameHandwriting = 1,

    /// <summary>It was signed sooner after its page was opened than six clauses can be read, and so were many others.</summary>
    TooFast = 2,

    /// <summary>It came with many others in one second, all names typed.</summary>
    TypedBurst = 4,

    /// <summary>It filled in a field that people do not see.</summary>
    Honeypot = 8,

    /// <summary>Its page was opened among more at one address than a whole school opens, and so were many others.</summary>
    BurstOfDevices = 16,

    /// <summary>Its device had signed three times within the minute before, and so had many others'.</summary>
    ManyFromOneDevice = 32,
}

/// <summary>A signing that looks made by a program.</summary>
/// <param name="Request">The place of its first pledge.</param>
/// <param name="IsGenuine">An organizer found that people signed it all the same.</param>
public sealed record Suspect(
    long Request, Suspicion Why, DateTimeOffset SignedAt, int? ClassId, IReadOnlyList<SignedPledge> Pledges, bool IsGenuine)
{
    /// <summary>No organizer has taken it out.</summary>
    public bool Stands => Pledges[0].Stands;
}

/// <summary>
/// Finds signings that look made by a program, by reading an event's pledges once. What came by phone only: a class that
/// signs one after the other on a teacher's device is quick for a good reason.
/// </summary>
internal static class Suspicions
{
    /// <summary>A family may send the same drawing twice, when the first was refused; not three times.</summary>
    public const int SameHandwritingFrom = 3;

    /// <summary>Fewer such signings are not reported.</summary>
    public const int ManyFrom = 10;

    private const int RequestsAtOnce = 5_000;

    public static async Task<List<Suspect>> FindAsync(CampaignDb db, EventSequences sequences, int eventId)
    {
        var pledges = SignedPledge.Of(db, sequences, eventId).Where(p => p.Channel == SigningChannel.Phone);
        var heads = await pledges.Where(p => p.Position == 0).Select(p => new { p.Sequence, p.Key, p.SignedAt }).ToListAsync();
        var handwritten = new HashSet<long>();
        var same = await SameHandwritingAsync(db, pledges, handwritten);

        var flags = await (from flag in db.SigningFlags
                           join pledge in pledges on flag.Sequence equals pledge.Sequence
                           select flag).ToDictionaryAsync(flag => flag.Sequence, flag => flag.Flags);
        bool Has(long sequence, SigningFlags which) => (flags.GetValueOrDefault(sequence) & which) != 0;
        HashSet<long> Flagged(SigningFlags which) => Many(heads.Where(head => Has(head.Sequence, which)).Select(head => head.Sequence));

        var fast = Many(heads.Where(head => IsTooFast(head.Key, head.SignedAt) || Has(head.Sequence, SigningFlags.FreshDevice))
            .Select(head => head.Sequence));
        var (devices, oneDevice) = (Flagged(SigningFlags.BurstOfDevices), Flagged(SigningFlags.ManyFromOneDevice));
        var burst = heads.Where(head => !handwritten.Contains(head.Sequence))
            .GroupBy(head => head.SignedAt.UtcTicks / TimeSpan.TicksPerSecond)
            .Where(second => second.Count() >= ManyFrom).SelectMany(second => second.Select(head => head.Sequence)).ToHashSet();

        var suspects = (from head in heads
                        let why = (same.Contains(head.Sequence) ? Suspicion.SameHandwriting : 0)
                            | (fast.Contains(head.Sequence) ? Suspicion.TooFast : 0)
                            | (burst.Contains(head.Sequence) ? Suspicion.TypedBurst : 0)
                            | (Has(head.Sequence, SigningFlags.FilledHoneypot) ? Suspicion.Honeypot : 0)
                            | (devices.Contains(head.Sequence) ? Suspicion.BurstOfDevices : 0)
                            | (oneDevice.Contains(head.Sequence) ? Suspicion.ManyFromOneDevice : 0)
                        where why != Suspicion.None
                        select (head.Sequence, Why: why, head.SignedAt)).ToList();
        var signings = await PeopleAsync(pledges, suspects.ConvertAll(one => one.Sequence));
        return [.. from one in suspects
            where signings.ContainsKey(one.Sequence) // not withdrawn meanwhile
            let people = signings[one.Sequence]
            select new Suspect(one.Sequence, one.Why, one.SignedAt, people[0].ClassId, people,
                Has(one.Sequence, SigningFlags.FoundGenuine))];
    }

    /// <summary>Of those signings alone: an honest event has few of them.</summary>
    private static async Task<Dictionary<long, List<SignedPledge>>> PeopleAsync(IQueryable<Pledge> pledges, List<long> requests)
    {
        var people = new List<SignedPledge>();
        foreach (var some in requests.Chunk(RequestsAtOnce))
            people.AddRange(await SignedPledge.Select(pledges.Where(p => some.Contains(p.Sequence - p.Position))).ToListAsync());
        return people.OrderBy(p => p.Sequence).GroupBy(p => p.Request).ToDictionary(of => of.Key, of => of.ToList());
    }

    /// <summary>All of them, or none where they are few.</summary>
    private static HashSet<long> Many(IEnumerable<long> requests) => requests.ToHashSet() is { Count: >= ManyFrom } many ? many : [];

    /// <summary>The requests whose handwriting many others have; and of all that are handwritten, which.</summary>
    private static async Task<HashSet<long>> SameHandwritingAsync(CampaignDb db, IQueryable<Pledge> pledges, HashSet<long> handwritten)
    {
        var drawn = from signature in db.Signatures
                    join pledge in pledges on signature.Sequence equals pledge.Sequence
                    select new { Request = pledge.Sequence - pledge.Position, signature.Strokes };
        var requests = new Dictionary<UInt128, HashSet<long>>();
        await foreach (var drawing in drawn.AsAsyncEnumerable())
        {
            handwritten.Add(drawing.Request);
            var line = BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(drawing.Strokes));
            if (!requests.TryGetValue(line, out var with))
                requests[line] = with = [];
            with.Add(drawing.Request);
        }
        return [.. requests.Values.Where(with => with.Count >= SameHandwritingFrom).SelectMany(with => with)];
    }

    /// <summary>
    /// A key of version 7 tells when its page was opened; one that a phone made tells the phone's time, which may be
    /// anything.
    /// </summary>
    private static bool IsTooFast(byte[] key, DateTimeOffset signedAt)
    {
        if (key[6] >> 4 != 7)
            return false;
        var opened = DateTimeOffset.UnixEpoch.AddMilliseconds(BinaryPrimitives.ReadUInt64BigEndian(key) >> 16);
        return signedAt >= opened && signedAt - opened < Pledge.MinSigningTime;
    }
}
