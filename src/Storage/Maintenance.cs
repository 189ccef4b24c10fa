namespace SafetyCampaign.Storage;

/// <summary>What the program remembers of its own upkeep: one row for the whole store, whichever nodes there are.</summary>
public sealed class Maintenance
{
    /// <summary>Of the only row.</summary>
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;

    /// <summary>The last time that was taken as right, see <see cref="ClockCheck"/>; null where there was none yet.</summary>
    public DateTimeOffset? ClockSeenAt { get; init; }

    /// <summary>
    /// The ledger's sequence number of the last act that erased names before the files were rewritten; what was erased later may
    /// still stand in free parts of pages.
    /// </summary>
    public long RewrittenThrough { get; init; }

    /// <summary>
    /// When something was erased last, be it beside the ledger (pupils, lists, photos, typed names), since the files were rewritten; null
    /// where nothing was.
    /// </summary>
    public DateTimeOffset? ErasedAt { get; init; }
}

/// <summary>A time during which the clock was not believed: what was signed then has times that may be wrong.</summary>
public sealed class ClockDoubt
{
    public int Id { get; init; }

    /// <summary>What the clock said when it was found.</summary>
    public DateTimeOffset FoundAt { get; init; }

    /// <summary>The last time before it that was taken as right; null where there was none.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>The ledger's last sequence number before it.</summary>
    public long AfterSequence { get; init; }

    /// <summary>The ledger's last sequence number within it; null while it lasts.</summary>
    public long? UntilSequence { get; init; }

    /// <summary>What the clock said when it was over; null while it lasts.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The account that confirmed the clock; null where the clock came right by itself.</summary>
    public int? ConfirmedBy { get; init; }
}
