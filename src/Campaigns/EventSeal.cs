namespace SafetyCampaign.Campaigns;

/// <summary>
/// What an event's pledges were when an archive package was made: the root of a Merkle tree over them, and a short code of it to print.
/// One is added when an archive is made and the pledges differ from those of the last one.
/// </summary>
public sealed class EventSeal
{
    private EventSeal() => (Root, Code, LeafHashes) = ([], "", []);

    /// <summary>A new seal.</summary>
    /// <param name="eventId">The event.</param>
    /// <param name="version">See <see cref="Version"/>.</param>
    /// <param name="sealedAt">UTC, in whole seconds.</param>
    /// <param name="root">SHA-256, 32 bytes.</param>
    /// <param name="code">See <see cref="Code"/>.</param>
    /// <param name="leafHashes">See <see cref="LeafHashes"/>.</param>
    public EventSeal(int eventId, int version, DateTimeOffset sealedAt, byte[] root, string code, byte[] leafHashes)
    {
        (EventId, Version, SealedAt, Root, Code, LeafHashes) = (eventId, version, sealedAt, root, code, leafHashes);
        Leaves = leafHashes.Length / LeafLength;
    }

    /// <summary>The sequence number in the ledger, 8 bytes, big-endian, and a SHA-256.</summary>
    public const int LeafLength = 8 + 32;

    /// <summary>Given by the store.</summary>
    public int Id { get; private set; }

    /// <summary>The event.</summary>
    public int EventId { get; private set; }

    /// <summary>From 1, without gaps within an event.</summary>
    public int Version { get; private set; }

    /// <summary>UTC, in whole seconds.</summary>
    public DateTimeOffset SealedAt { get; private set; }

    /// <summary>How many requests are in it.</summary>
    public int Leaves { get; private set; }

    /// <summary>SHA-256, 32 bytes.</summary>
    public byte[] Root { get; private set; }

    /// <summary>20 characters of Crockford base32 in groups of four, 100 bits over event, version, time, number and root.</summary>
    public string Code { get; private set; }

    /// <summary>
    /// Of each request, in order of the ledger, <see cref="LeafLength"/> bytes: so that one whose names are erased keeps the hash that it
    /// had. Its salt is gone, so that no guess can be tried on it. Empty once there is a newer seal.
    /// </summary>
    public byte[] LeafHashes { get; private set; }

    /// <summary>
    /// The token (RFC 3161, DER) by which a timestamp authority states that the seal was there at <see cref="TimestampedAt"/>; null where
    /// there is none, or not yet.
    /// </summary>
    public byte[]? Timestamp { get; private set; }

    /// <summary>What the authority's clock said, in UTC.</summary>
    public DateTimeOffset? TimestampedAt { get; private set; }

    /// <summary>When an authority may be asked again, in UTC; null before the first time.</summary>
    public DateTimeOffset? AskTimestampAt { get; private set; }

    /// <summary>A newer seal has the hashes.</summary>
    public void Supersede() => LeafHashes = [];
}
