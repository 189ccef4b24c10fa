using Microsoft.Data.Sqlite;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;

namespace SafetyCampaign.Backups;

/// <summary>
/// What the database that a restore replaces knows of erasures. It may be damaged, which may be why somebody restores, or have an
/// older schema; then nothing is known.
/// </summary>
internal sealed class ReplacedDatabase
{
    /// <summary>The names as they were corrected last, by the request's key in hexadecimal digits.</summary>
    private readonly Dictionary<string, List<SignerCorrection>> corrected = [];

    private readonly List<ErasureRecord> records = [];

    /// <summary>Without a day: they are not kept.</summary>
    public IReadOnlyList<ErasureRecord> Records => records;

    /// <summary>See <see cref="Storage.Maintenance.ClockSeenAt"/>; null where that is unknown.</summary>
    public DateTimeOffset? ClockSeenAt { get; private set; }

    /// <summary>How a corrected request reads now; null where that is unknown.</summary>
    public IReadOnlyList<SignerCorrection>? CorrectionOf(string key) => corrected.GetValueOrDefault(key);

    /// <returns>Null where it cannot be read.</returns>
    public static ReplacedDatabase? TryRead(string path)
    {
        try
        {
            using var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
            connection.Open();
            var replaced = new ReplacedDatabase();
            replaced.Read(connection);
            return replaced;
        }
        catch (SqliteException)
        {
            return null;
        }
    }

    private void Read(SqliteConnection connection)
    {
        records.AddRange(BackupDatabase.Read(connection,
            $"""
            SELECT {(int)LedgerActKind.Withdrawn}, lower(hex(Key)), WithdrawnAt FROM pledges WHERE Position = 0 AND WithdrawnAt IS NOT NULL
            UNION ALL
            SELECT {(int)LedgerActKind.Erased}, lower(hex(Key)), ErasedAt FROM pledges WHERE Position = 0 AND ErasedAt IS NOT NULL
            UNION ALL
            SELECT a.Kind, lower(hex(p.Key)), max(a.At) FROM ledger_acts a JOIN pledges p ON p.Sequence = a.Subject
            WHERE a.Kind IN ({(int)LedgerActKind.Corrected}, {(int)LedgerActKind.MaskedNameWithdrawn}) GROUP BY a.Kind, p.Key
            UNION ALL
            SELECT {(int)LedgerActKind.RehearsalWiped}, e.Code, max(a.At) FROM ledger_acts a JOIN events e ON e.Id = a.EventId
            WHERE a.Kind = {(int)LedgerActKind.RehearsalWiped} GROUP BY e.Code
            """,
            row => new ErasureRecord((LedgerActKind)row.GetInt32(0), row.GetString(1), new DateTimeOffset(row.GetInt64(2), TimeSpan.Zero),
                DateOnly.MaxValue)));
        var signers = BackupDatabase.Read(connection,
            $"""
            SELECT lower(hex(Key)), Name, ClassId, Relation, SignatureKind FROM pledges
            WHERE Key IN (SELECT p.Key FROM ledger_acts a JOIN pledges p ON p.Sequence = a.Subject
                WHERE a.Kind = {(int)LedgerActKind.Corrected})
            ORDER BY Key, Position
            """,
            row => (Key: row.GetString(0), Signer: row.IsDBNull(1) ? null : new SignerCorrection(row.GetString(1),
                row.IsDBNull(2) ? null : row.GetInt32(2), row.IsDBNull(3) ? null : (GuardianRelation)row.GetInt32(3))
            {
                HandwrittenName = row.GetInt32(4) == (int)SignatureKind.HandwrittenName,
            }));
        foreach (var request in signers.GroupBy(signer => signer.Key).Where(request => request.All(signer => signer.Signer is not null)))
            corrected[request.Key] = [.. request.Select(signer => signer.Signer!)];
        ClockSeenAt = BackupDatabase.Read(connection, "SELECT ClockSeenAt FROM maintenance",
            row => row.IsDBNull(0) ? (DateTimeOffset?)null : new DateTimeOffset(row.GetInt64(0), TimeSpan.Zero)).FirstOrDefault();
    }
}
