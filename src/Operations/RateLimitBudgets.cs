using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Operations;

/// <summary>
/// How much a phone and an address may do. A whole school sits behind one address (docs/domain.md 2), so nobody there may
/// be refused for what others at that address do, not even where one of them is a bot:
/// <list type="bullet">
/// <item>A phone has a budget of its own, and another one for what waited on it while it had no network.</item>
/// <item>Its first signature takes nothing from its address; what it sends beyond that does, from a wide budget, and each
/// further pledge that is stored from a narrower one.</item>
/// <item>Whoever has no cookie of ours, or fetched it only now, is held by a narrow budget of the address.</item>
/// <item>Of a cookie given while the address opened more pages than a whole school does, the first signature is paid as well,
/// from a wide budget of its own, which what a program tries further does not empty; and what it signs is flagged.</item>
/// </list>
/// So a bot gains one signature for each page that it opens and waits on, as a person does, and little else.
/// </summary>
internal sealed class RateLimitBudgets(TimeProvider time)
{
    // A family signs again after a mistake, or lets others sign on its phone.
    private const int DeviceBurst = 5;

    private readonly TokenBuckets<Guid> devices = new(DeviceBurst, 0.1, time);
    // Families who signed one after the other at a phone without a network: all of them arrive when it is back.
    private readonly TokenBuckets<Guid> queuedSignatures = new(30, 0.5, time);
    // 3,000 phones in 180 s that each send once more, all in the first seconds if they like.
    private readonly TokenBuckets<UInt128> addresses = new(3000, 50, time);
    // The people among those who fetch too many cookies: they are told from a program by nothing, so both are let through at this pace.
    private readonly TokenBuckets<UInt128> firstsFromBurst = new(3000, 50, time);
    // A second family on the same phone, or a mistake put right. A third of 3,000 phones within 180 s is 6 a second.
    private readonly TokenBuckets<UInt128> furtherPledges = new(150, 10, time);
    // Of page openings that fetch a cookie: 3,000 phones in 180 s are 17 a second, and many of them come together.
    private readonly TokenBuckets<UInt128> openings = new(600, 25, time);
    // Of one class link: a class of 60 that comes online at once, on two devices, with what its teacher noted beside it.
    private readonly TokenBuckets<string> classSignatures = new(240, 1, time);
    // Of all classes at one address: 200 with 45 waiting each, within a minute (docs/domain.md 2).
    private readonly TokenBuckets<UInt128> classAddresses = new(3000, 150, time);
    // Of one class link: each upload may hold 20 photos, and a class has six pages and a slip for each pupil.
    private readonly TokenBuckets<string> classUploads = new(20, 0.1, time);
    // Of all classes at one address: a school that photographs its sheets in one afternoon.
    private readonly TokenBuckets<UInt128> uploadAddresses = new(200, 2, time);
    // Codes that no event has. A hall that types by hand mistypes some dozens; at this pace one of 100 events among 2^30 codes
    // is met in four months.
    private readonly TokenBuckets<UInt128> unknownCodes = new(200, 1, time);
    // Of one receipt's certificate: shown, saved, looked at again, in two languages.
    private readonly TokenBuckets<string> certificates = new(10, 0.5, time);
    // Of one token: a platform that reads a district's events one after the other, a page of 500 signers a second.
    private readonly TokenBuckets<string> tokens = new(120, 2, time);
    // Of all tokens at one address, tokens that there are not among them.
    private readonly TokenBuckets<UInt128> tokenAddresses = new(600, 10, time);
    private readonly TokenBuckets<UInt128> unknownDevices = new(30, 5, time);
    // A code has 2^30 others beside it: at this pace an address meets one in 17 years, and then sees a masked name. A hall
    // that scans its certificates, or a mobile network's shared address, does not come near it.
    private readonly TokenBuckets<UInt128> verifications = new(600, 2, time);

    /// <summary>How long a phone is to wait before it may sign; null where it may at once.</summary>
    /// <param name="device">The phone.</param>
    /// <param name="address">Where it is.</param>
    /// <param name="isFromBurst">Its cookie was one of too many at once, see <see cref="TakeOpening"/>.</param>
    public TimeSpan? TakeSignature(Guid device, UInt128 address, bool isFromBurst)
    {
        var isFirst = devices.IsFull(device);
        // The phone's own first: one that is held back takes nothing from the others.
        return devices.Take(device)
            ?? (!isFirst ? addresses.Take(address) : isFromBurst ? firstsFromBurst.Take(address) : null);
    }

    /// <summary>
    /// Beyond what a phone may, for signatures that waited on it: of a key that we had issued with a page (<see cref="SigningKeys"/>).
    /// </summary>
    public TimeSpan? TakeQueuedSignature(Guid device, UInt128 address) => queuedSignatures.Take(device) ?? addresses.Take(address);

    /// <summary>The same for whoever we do not know as a phone.</summary>
    public TimeSpan? TakeSignature(UInt128 address) => unknownDevices.Take(address);

    /// <summary>For a pledge of a phone that has signed before; given back where nothing new is stored.</summary>
    public TimeSpan? TakeFurtherPledge(UInt128 address) => furtherPledges.Take(address);

    public void GiveBackFurtherPledge(UInt128 address) => furtherPledges.GiveBack(address);

    /// <summary>How long a class's device is to wait before it may send another pledge; null where it may at once.</summary>
    /// <param name="secret">Of the class link; one that no link has takes of a bucket of its own.</param>
    /// <param name="address">Where it is.</param>
    public TimeSpan? TakeClassSignature(string secret, UInt128 address) => classSignatures.Take(secret) ?? classAddresses.Take(address);

    /// <summary>How long a class link is to wait before it may send files again; null where it may at once.</summary>
    /// <inheritdoc cref="TakeClassSignature"/>
    public TimeSpan? TakeClassUpload(string secret, UInt128 address) => classUploads.Take(secret) ?? uploadAddresses.Take(address);

    /// <summary>A page that fetches a device's cookie; false where its address opens more than a whole school does.</summary>
    public bool TakeOpening(UInt128 address) => openings.Take(address) is null;

    /// <summary>A code that no event has.</summary>
    public TimeSpan? TakeUnknownCode(UInt128 address) => unknownCodes.Take(address);

    /// <summary>How long until the next code may be tried; null where one may be now.</summary>
    public TimeSpan? WaitForUnknownCode(UInt128 address) => unknownCodes.Wait(address);

    public TimeSpan? TakeCertificate(string receipt) => certificates.Take(receipt);

    /// <summary>How long another program is to wait before it may read; null where it may at once.</summary>
    /// <param name="authorization">The header with its token; only its hash is kept.</param>
    /// <param name="address">Where it is.</param>
    public TimeSpan? TakeReading(string authorization, UInt128 address) =>
        tokenAddresses.Take(address) ?? tokens.Take(LinkSecret.HashOf(authorization));

    public TimeSpan? TakeVerification(UInt128 address) => verifications.Take(address);
}
