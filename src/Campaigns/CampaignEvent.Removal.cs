namespace SafetyCampaign.Campaigns;

/// <summary>Why an event cannot be deleted now.</summary>
public enum DeletionObstacle
{
    /// <summary>Signing is open.</summary>
    Open,

    /// <summary>Signing has ended, and signatures that were begun before may still arrive.</summary>
    LateSignatures,

    /// <summary>It was signed, and what was signed is kept until the promised day.</summary>
    Signed,
}

/// <summary>How an event leaves the lists, and when it may go altogether.</summary>
public sealed partial class CampaignEvent
{
    /// <summary>
    /// After the last moment at which a late signature is taken: one that was taken then may still wait for the ledger, and would be
    /// stored for an event that is gone, with names that nothing erases.
    /// </summary>
    private static readonly TimeSpan AfterGrace = TimeSpan.FromMinutes(5);

    /// <summary>Nobody is asked to sign now: only then may it leave the lists.</summary>
    public bool MayBeArchived => State is EventState.Draft or EventState.Closed;

    /// <summary>Sets <see cref="ArchivedAt"/>; archiving again keeps the first time. Rehearsing and opening restore it.</summary>
    /// <exception cref="InvalidOperationException">People can sign: <see cref="MayBeArchived"/>.</exception>
    public void Archive(DateTimeOffset now)
    {
        if (!MayBeArchived)
            throw new InvalidOperationException($"An event that is {State} cannot be archived.");
        ArchivedAt ??= now;
    }

    /// <summary>It stands in the lists again.</summary>
    public void Restore() => ArchivedAt = null;

    /// <summary>A draft again, so that nobody practises any more. The ledger wipes what was practised.</summary>
    /// <exception cref="InvalidOperationException">It is not rehearsed.</exception>
    public void EndRehearsal()
    {
        if (State != EventState.Rehearsal)
            throw new InvalidOperationException($"An event that is {State} has no rehearsal to end.");
        State = EventState.Draft;
    }

    /// <summary>What stands against deleting it; null where nothing does.</summary>
    /// <param name="wasSigned">There is a pledge of it that was no practice, whether or not it still counts or has a name.</param>
    /// <param name="now">UTC.</param>
    /// <remarks>Needs <see cref="Campaign"/>.</remarks>
    public DeletionObstacle? ObstacleToDeletion(bool wasSigned, DateTimeOffset now) =>
        State == EventState.Open ? DeletionObstacle.Open
        : Campaign.ErasedAt is not null ? null
        : wasSigned ? DeletionObstacle.Signed
        : LateSignaturesUntil > now ? DeletionObstacle.LateSignatures
        : null;

    /// <summary>Until when signatures may arrive after signing was closed; null while it has not been.</summary>
    public DateTimeOffset? LateSignaturesUntil => ClosedAt is { } closed ? closed.AddMinutes(GraceMinutes) + AfterGrace : null;
}
