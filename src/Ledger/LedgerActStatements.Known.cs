using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Ledger;

/// <summary>The SQL that finds the earlier pledge of somebody who signs again.</summary>
internal sealed partial class LedgerActStatements
{
    /// <summary>Where a pledge counts, whether it or one that counts with it is this student's, and how many count with it.</summary>
    public KnownPledge? Look(long sequence, SignerDraft student)
    {
        var command = Prepare(
            $"""
             SELECT {CountingRule.CountsSql}, "Name", "ClassId", "CountedWith",
                 (SELECT count(*) FROM pledges d WHERE d."CountedWith" = @sequence),
                 "RosterEntryId" = @entry OR EXISTS (
                     SELECT 1 FROM pledges d WHERE d."CountedWith" = @sequence AND d."RosterEntryId" = @entry)
             FROM pledges WHERE "Sequence" = @sequence
             """,
            ("@sequence", sequence), ("@entry", student.RosterEntryId ?? 0));
        using var row = command.ExecuteReader();
        if (!row.Read())
            return null;
        var isNamed = !row.IsDBNull(1) && PersonName.KeyOf(row.GetString(1)) == PersonName.KeyOf(student.Name)
            && (row.IsDBNull(2) ? null : row.GetInt32(2)) == student.ClassId;
        return new KnownPledge(sequence, row.GetBoolean(0), isNamed || (!row.IsDBNull(5) && row.GetBoolean(5)), (int)row.GetInt64(4),
            row.IsDBNull(3) ? null : row.GetInt64(3));
    }

    /// <summary>The guardian who signed with a child and counts, through which channel, and how many count with him.</summary>
    public (long Sequence, SigningChannel Channel, int Together)? FindGuardian(long child)
    {
        var command = Prepare(
            $"""
             SELECT g."Sequence", g."Channel", (SELECT count(*) FROM pledges d WHERE d."CountedWith" = g."Sequence") FROM pledges g
             WHERE g."Key" = (SELECT "Key" FROM pledges WHERE "Sequence" = @child) AND g."Role" = {(int)SignerRole.Guardian}
                 AND {CountingRule.CountsSql}
             ORDER BY g."Sequence" LIMIT 1
             """,
            ("@child", child));
        using var row = command.ExecuteReader();
        return row.Read() ? (row.GetInt64(0), (SigningChannel)row.GetInt32(1), (int)row.GetInt64(2)) : null;
    }

    /// <summary>
    /// The guardian of that relation who counts, signed with a child or with a pledge that counts with the child's, and whose name stands
    /// in the handwriting alone; and how many count with it.
    /// </summary>
    public (long Sequence, int Together)? FindHandwrittenName(long child, GuardianRelation relation)
    {
        var command = Prepare(
            $"""
             SELECT g."Sequence", (SELECT count(*) FROM pledges d WHERE d."CountedWith" = g."Sequence") FROM pledges g
             WHERE g."Key" IN (SELECT "Key" FROM pledges WHERE "Sequence" = @child OR "CountedWith" = @child)
                 AND g."Role" = {(int)SignerRole.Guardian} AND g."SignatureKind" = {(int)SignatureKind.HandwrittenName}
                 AND g."Relation" = @relation AND {CountingRule.CountsSql}
             ORDER BY g."Sequence" LIMIT 1
             """,
            ("@child", child), ("@relation", (int)relation));
        using var row = command.ExecuteReader();
        return row.Read() ? (row.GetInt64(0), (int)row.GetInt64(1)) : null;
    }

    /// <summary>
    /// Where a pupil on a class's list counts at an event, by an index over signers on a list: where another node's act made what is in
    /// memory wrong.
    /// </summary>
    public long? FindByEntry(int eventId, int entry)
    {
        var command = Prepare(
            $"""
             SELECT coalesce("CountedWith", "Sequence") FROM pledges
             WHERE "EventId" = @event AND "RosterEntryId" = @entry AND "Role" = {(int)SignerRole.Student} AND NOT "Rehearsal"
                 AND {CountingRule.IsValidSql}
             ORDER BY "Sequence" DESC LIMIT 1
             """,
            ("@event", eventId), ("@entry", entry));
        using var row = command.ExecuteReader();
        return row.Read() ? row.GetInt64(0) : null;
    }
}

/// <summary>A pledge that may be an earlier one of somebody who signs.</summary>
/// <param name="Sequence">Its sequence number in the ledger.</param>
/// <param name="Counts">Whether it counts for itself.</param>
/// <param name="IsSame">It, or one that counts with it, is the same student's.</param>
/// <param name="Together">How many count with it.</param>
/// <param name="CountedWith">The pledge with which it counts; null where it counts with none.</param>
internal sealed record KnownPledge(long Sequence, bool Counts, bool IsSame, int Together, long? CountedWith);
