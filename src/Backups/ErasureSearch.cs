using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Backups;

/// <summary>Something that was erased and is there again.</summary>
/// <param name="Record">What was done.</param>
/// <param name="Place">The sequence number of the request's first pledge; the event's row for practice.</param>
internal sealed record ErasureToRepeat(ErasureRecord Record, long Place);

/// <summary>Finds what of a list of erasures a database does not know of, because it is older than they are.</summary>
internal static class ErasureSearch
{
    /// <summary>Of what takes names away one for each request at most: what went furthest.</summary>
    public static async Task<IReadOnlyList<ErasureToRepeat>> FindAllAsync(CampaignDb db, IReadOnlyCollection<ErasureRecord> records,
        CancellationToken cancellationToken)
    {
        var found = new List<ErasureToRepeat>();
        foreach (var same in records.GroupBy(record => (record.Subject, IsMaskedName: record.Kind == LedgerActKind.MaskedNameWithdrawn)))
        {
            var record = same.OrderBy(Depth).ThenBy(record => record.At).Last();
            if (await FindAsync(db, record, cancellationToken) is (true, { } place))
                found.Add(new ErasureToRepeat(record, place));
        }
        return found;
    }

    /// <summary>
    /// Whether nothing is to be done again: a database that has the last act of a list has those before it. The last act is the last one
    /// whose request is there, since its event may have been deleted; and practice that is gone may never have been there.
    /// </summary>
    public static async Task<bool> KnowsAsync(CampaignDb db, IReadOnlyList<ErasureRecord> records, CancellationToken cancellationToken)
    {
        foreach (var record in records.Reverse())
        {
            var (isToDo, place) = await FindAsync(db, record, cancellationToken);
            if (isToDo || (place is not null && record.Kind != LedgerActKind.RehearsalWiped))
                return !isToDo;
        }
        return true;
    }

    /// <summary>A withdrawal takes more away than an erasure, and that more than a correction.</summary>
    private static int Depth(ErasureRecord record) => record.Kind switch
    {
        LedgerActKind.Withdrawn => 2,
        LedgerActKind.Erased => 1,
        _ => 0,
    };

    /// <summary>Whether it is still to be done; the place is null where the database has no such request or event.</summary>
    private static async Task<(bool IsToDo, long? Place)> FindAsync(CampaignDb db, ErasureRecord record,
        CancellationToken cancellationToken)
    {
        if (record.Kind == LedgerActKind.RehearsalWiped)
        {
            var e = await db.Events.Where(e => e.Code == record.Subject).Select(e => (long?)e.Id).SingleOrDefaultAsync(cancellationToken);
            return (e is not null && await db.Pledges.AnyAsync(
                pledge => pledge.EventId == e && pledge.Rehearsal && pledge.SignedAt <= record.At, cancellationToken), e);
        }
        if (await HeadAsync(db, Convert.FromHexString(record.Subject), cancellationToken) is not { } head)
            return (false, null);
        var isDone = record.Kind switch
        {
            LedgerActKind.MaskedNameWithdrawn => !head.ShowsMaskedName || head.IsErased || head.IsWithdrawn,
            LedgerActKind.Withdrawn => head.IsWithdrawn,
            LedgerActKind.Erased => head.IsErased || head.IsWithdrawn,
            _ => head.IsErased || head.IsWithdrawn || await db.Acts.AnyAsync(act => act.Subject == head.Sequence
                && act.Kind == LedgerActKind.Corrected && act.At >= record.At, cancellationToken),
        };
        return (!isDone, head.Sequence);
    }

    /// <summary>By the unique index, without a translation: there may be thousands.</summary>
    private static async Task<Head?> HeadAsync(CampaignDb db, byte[] key, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText =
            """SELECT "Sequence", "WithdrawnAt", "ErasedAt", "ShowMaskedName" FROM pledges WHERE "Key" = @key AND "Position" = 0""";
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("@key", key);
        command.Parameters.Add(parameter);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? Head.Read(row) : null;
    }

    private sealed record Head(long Sequence, bool IsWithdrawn, bool IsErased, bool ShowsMaskedName)
    {
        public static Head Read(DbDataReader row) => new(row.GetInt64(0), !row.IsDBNull(1), !row.IsDBNull(2), row.GetBoolean(3));
    }
}
