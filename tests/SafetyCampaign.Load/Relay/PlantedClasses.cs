using Microsoft.Data.Sqlite;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Relay;

/// <summary>A class with its list and the link that its teacher holds.</summary>
internal sealed record PlantedClass(string Secret, int ClassId, IReadOnlyList<int> Pupils);

/// <summary>Classes of the demonstration event beside its own, written straight into the database while the program is stopped.</summary>
internal static class PlantedClasses
{
    public static async Task<IReadOnlyList<PlantedClass>> PlantAsync(RunningProgram program, int classes, int pupils)
    {
        await program.StopAsync();
        List<PlantedClass> planted;
        await using (var connection = new SqliteConnection($"Data Source={program.Database};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var transaction = connection.BeginTransaction();
            planted = [.. Enumerable.Range(0, classes).Select(number => Plant(connection, number, pupils))];
            await transaction.CommitAsync();
        }
        await program.StartAsync();
        return planted;
    }

    /// <summary>A class like one that is there, under a number that no class has.</summary>
    private static PlantedClass Plant(SqliteConnection connection, int number, int pupils)
    {
        var (secret, now) = (LinkSecret.New(), DateTimeOffset.UtcNow);
        var columns = Columns(connection);
        var classId = Number(connection,
            $"""
             INSERT INTO classes ({string.Join(", ", columns)})
             SELECT {string.Join(", ", columns.Select(column => column == "Number" ? $"{100 + number}" : column))}
             FROM classes WHERE Id = (SELECT min(ClassesId) FROM event_classes) RETURNING Id
             """);
        Number(connection,
            $"""
             INSERT INTO event_classes (ClassesId, CampaignEventId) SELECT {classId}, min(CampaignEventId) FROM event_classes RETURNING 1
             """);
        var entries = Enumerable.Range(1, pupils).Select(seat => Number(connection,
            $"""
             INSERT INTO roster_entries (ClassId, Seat, Name, JoinedAt)
             VALUES ({classId}, {seat}, '王小明{seat}', {now.UtcTicks}) RETURNING Id
             """)).ToList();
        Number(connection,
            $"""
             INSERT INTO class_links (ClassId, EventId, CampaignId, SecretHash, HoldsGuardianConsent, CreatedBy, CreatedAt, ExpiresAt)
             SELECT {classId}, Id, CampaignId, '{LinkSecret.HashOf(secret)}', 1, 1, {now.UtcTicks}, {now.AddDays(1).UtcTicks}
             FROM events WHERE Id = (SELECT min(CampaignEventId) FROM event_classes) RETURNING Id
             """);
        return new PlantedClass(secret, classId, entries);
    }

    /// <summary>But for the key, which the store gives.</summary>
    private static List<string> Columns(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM pragma_table_info('classes') WHERE name <> 'Id'";
        using var row = command.ExecuteReader();
        var names = new List<string>();
        while (row.Read())
            names.Add(row.GetString(0));
        return names;
    }

    private static int Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (int)(long)command.ExecuteScalar()!;
    }
}
