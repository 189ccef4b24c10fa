using Microsoft.Data.Sqlite;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Records;

/// <summary>
/// A district written straight into the database while the program is stopped: streets, communities with an event each, schools with a
/// class each that takes part in the event of its community.
/// </summary>
internal static class PlantedTree
{
    private const int Streets = 30;
    private const int Communities = 270;
    private const int SchoolsEach = 10;

    /// <summary>Beside those of the demonstration.</summary>
    public const int Organizations = Streets + Communities + Communities * SchoolsEach;

    public const int Events = Communities;

    private const string Sql =
        """
        WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < $streets - 1)
        INSERT INTO organizations (Id, Name, Kind, ParentId, Path)
        SELECT 100 + i, '街道' || i, $street, $district, $above || (100 + i) || '/' FROM n;
        WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < $communities - 1)
        INSERT INTO organizations (Id, Name, Kind, ParentId, Path)
        SELECT 1000 + i, '社区' || i, $community, 100 + i % $streets, $above || (100 + i % $streets) || '/' || (1000 + i) || '/' FROM n;
        WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < $communities * $schools - 1)
        INSERT INTO organizations (Id, Name, Kind, ParentId, Path)
        SELECT 10000 + i, '小学' || i, $school, 1000 + i % $communities, o.Path || (10000 + i) || '/'
        FROM n JOIN organizations o ON o.Id = 1000 + i % $communities;
        INSERT INTO classes (Id, SchoolId, Grade, Number, Expected) SELECT Id, Id, 3, 1, 45 FROM organizations WHERE Id >= 10000;
        WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < $communities - 1)
        INSERT INTO events (Id, CampaignId, OrganizationId, Code, Title, Place, StartsAt, EndsAt, TimeZone, State, OpenedAt, Hosts,
            Partners, Revision, IsPublished, KeySecret)
        SELECT 1000 + i, CampaignId, 1000 + i, printf('T%05d', i), Title, Place, StartsAt, EndsAt, TimeZone, State, OpenedAt, Hosts,
            Partners, Revision, IsPublished, KeySecret
        FROM n JOIN events ON events.Id = $event;
        INSERT INTO event_classes (CampaignEventId, ClassesId) SELECT o.ParentId, o.Id FROM organizations o WHERE o.Id >= 10000;
        """;

    /// <param name="program">Stopped; its demonstration is there.</param>
    public static async Task PlantAsync(RunningProgram program)
    {
        await using var connection = new SqliteConnection($"Data Source={program.Database};Pooling=False");
        await connection.OpenAsync();
        var (eventId, district, above) = await DemonstrationAsync(connection);
        await using var transaction = connection.BeginTransaction();
        await using var command = connection.CreateCommand();
        command.CommandText = Sql;
        foreach (var (name, value) in new (string, object)[]
        {
            ("$streets", Streets), ("$communities", Communities), ("$schools", SchoolsEach), ("$event", eventId), ("$district", district),
            ("$above", above), ("$street", (int)OrganizationKind.Street), ("$community", (int)OrganizationKind.Community),
            ("$school", (int)OrganizationKind.School),
        })
            command.Parameters.AddWithValue(name, value);
        await command.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    /// <summary>The event, and the topmost organization above it.</summary>
    private static async Task<(long Event, long District, string Path)> DemonstrationAsync(SqliteConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT e.Id, top.Id, top.Path FROM events e JOIN organizations o ON o.Id = e.OrganizationId
            JOIN organizations top ON top.ParentId IS NULL AND o.Path LIKE top.Path || '%' ORDER BY e.Id LIMIT 1
            """;
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return (row.GetInt64(0), row.GetInt64(1), row.GetString(2));
    }
}
