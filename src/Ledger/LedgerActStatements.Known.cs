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

    /// <summary>The guardians who count and signed with a child or with a pledge that counts with the child's, in order.</summary>
    public List<KnownGuardian> FindGuardians(long child)
    {
        var command = Prepare(
            $"""
             SELECT g."Sequence", g."Name", g."Relation", g."SignatureKind",
                 (SELECT count(*) FROM pledges d WHERE d."CountedWith" = g."Sequence")
             FROM pledges g
             WHERE g."Key" IN (SELECT "Key" FROM pledges WHERE "Sequence" = @child OR "CountedWith" = @child)
                 AND g."Role" = {(int)SignerRole.Guardian} AND {CountingRule.CountsSql}
             ORDER BY g."Sequence"
             """,
            ("@child", child));
        using var row = command.ExecuteReader();
        var guardians = new List<KnownGuardian>();
        while (row.Read())
            guardians.Add(new KnownGuardian(row.GetInt64(0), row.IsDBNull(1) ? null : row.GetString(1),
                row.IsDBNull(2) ? null : (GuardianRelation)row.GetInt32(2), (SignatureKind)row.GetInt32(3), (int)row.GetInt64(4)));
        return guardians;
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

/// <summary>A guardian who has signed with a child and counts.</summary>
/// <param name="Sequence">The pledge's sequence number in the ledger.</param>
/// <param name="Name">As it is stored; null where it is erased.</param>
/// <param name="Relation">What the guardian is to the child; null where it was not said.</param>
/// <param name="SignatureKind">What stands for the signature.</param>
/// <param name="Together">How many count with it.</param>
internal sealed record KnownGuardian(long Sequence, string? Name, GuardianRelation? Relation, SignatureKind SignatureKind, int Together);
