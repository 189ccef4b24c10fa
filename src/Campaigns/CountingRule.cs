using System.Linq.Expressions;

namespace SafetyCampaign.Campaigns;

/// <summary>
/// What counts, in the three forms in which it is asked: for values in memory, for EF (an expression that it translates),
/// and for the ledger's own statements (SQL that SQLite and PostgreSQL both read). Nothing else in the program may say it
/// again; a test takes every combination of the five facts about a pledge and holds all forms and all askers equal.
/// </summary>
/// <remarks>
/// Two further facts do not change whether a pledge counts. Erasing takes the name and the signature, and the person is
/// counted as before. A pledge of the rehearsal counts among the practice of its event by the same rule; which of the two
/// counts is meant, the caller says by <see cref="Pledge.Rehearsal"/>.
/// </remarks>
public static class CountingRule
{
    /// <summary><see cref="IsValid(DateTimeOffset?, DateTimeOffset?)"/> for a WHERE clause over <c>pledges</c>.</summary>
    public const string IsValidSql = "\"WithdrawnAt\" IS NULL AND \"InvalidatedAt\" IS NULL";

    /// <summary><see cref="Counts(DateTimeOffset?, DateTimeOffset?, long?)"/> for a WHERE clause over <c>pledges</c>.</summary>
    public const string CountsSql = IsValidSql + " AND \"CountedWith\" IS NULL";

    /// <summary><see cref="IsValid(DateTimeOffset?, DateTimeOffset?)"/> for queries.</summary>
    public static Expression<Func<Pledge, bool>> ValidPledge { get; } = p => p.WithdrawnAt == null && p.InvalidatedAt == null;

    /// <summary>Found invalid by an organizer, and not withdrawn by its signers, which is told before.</summary>
    public static Expression<Func<Pledge, bool>> InvalidPledge { get; } = p => p.WithdrawnAt == null && p.InvalidatedAt != null;

    /// <summary><see cref="Counts(DateTimeOffset?, DateTimeOffset?, long?)"/> for queries.</summary>
    public static Expression<Func<Pledge, bool>> CountedPledge { get; } =
        p => p.WithdrawnAt == null && p.InvalidatedAt == null && p.CountedWith == null;

    /// <summary>Neither withdrawn by its signers nor found invalid by an organizer. It may still count with another pledge.</summary>
    public static bool IsValid(DateTimeOffset? withdrawnAt, DateTimeOffset? invalidatedAt) => withdrawnAt is null && invalidatedAt is null;

    /// <summary>It adds one person to the count: it is valid, and the same person is not counted at an earlier pledge.</summary>
    public static bool Counts(DateTimeOffset? withdrawnAt, DateTimeOffset? invalidatedAt, long? countedWith) =>
        IsValid(withdrawnAt, invalidatedAt) && countedWith is null;
}
