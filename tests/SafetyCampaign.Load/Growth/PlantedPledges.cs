using Microsoft.Data.Sqlite;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Growth;

/// <summary>
/// Pledges written straight into the database while the program is stopped, as if guardians had signed one after the
/// other. A million by phones would take a minute of full load and prove nothing more.
/// </summary>
internal static class PlantedPledges
{
    // Signatures of 100 bytes: they lie in a table of their own, which only grows at its end.
    private const string Sql =
        """
        CREATE TEMP TABLE taking AS SELECT row_number() OVER (ORDER BY ClassesId) - 1 AS Place, ClassesId AS ClassId, CampaignEventId AS EventId FROM event_classes;
        CREATE INDEX temp.taking_place ON taking (Place);
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $count)
        INSERT INTO pledges (Sequence, Key, Position, EventId, ClassId, Role, TextId, Name, Relation, SignatureKind, Channel, Number,
            SignedAt, Rehearsal, Family, GuardianConsent, ShowMaskedName, Signers, ContentHash, Secret, Salt, Digest)
        SELECT i, unhex(printf('%012x7%03x%016x', $milliseconds + i / 10, i % 10, -(1 << 63) + i)), 0, EventId, ClassId, $role,
            (SELECT Id FROM pledge_texts WHERE Role = $role), '王芳', 0, 0, 0, i, $ticks, 0, 0, 1, 0, 1, randomblob(32), randomblob(12), randomblob(16),
            randomblob(32)
        FROM n JOIN taking ON Place = i % (SELECT count(*) FROM taking);
        INSERT INTO signatures (Sequence, Strokes) SELECT Sequence, coalesce($ink, randomblob(100)) FROM pledges;
        """;

    /// <param name="ink">The strokes of each signature; null for bytes that only take room.</param>
    public static async Task PlantAsync(RunningProgram program, int count, byte[]? ink = null)
    {
        await program.StopAsync();
        await using (var connection = new SqliteConnection($"Data Source={program.Database};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var transaction = connection.BeginTransaction();
            await using var command = connection.CreateCommand();
            command.CommandText = Sql;
            command.CommandTimeout = 0;
            var anHourAgo = DateTimeOffset.UtcNow.AddHours(-1);
            command.Parameters.AddWithValue("$count", count);
            command.Parameters.AddWithValue("$milliseconds", anHourAgo.ToUnixTimeMilliseconds());
            command.Parameters.AddWithValue("$ticks", anHourAgo.UtcTicks);
            command.Parameters.AddWithValue("$role", (int)SignerRole.Guardian);
            command.Parameters.AddWithValue("$ink", ink as object ?? DBNull.Value);
            await command.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
        }
        await program.StartAsync();
    }
}
