using Microsoft.Data.Sqlite;

namespace SafetyCampaign.Load.Faults.PowerCut;

/// <summary>A database file that nobody else has open.</summary>
internal static class Sqlite
{
    public static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }

    /// <summary>What SQLite finds broken; null where nothing is.</summary>
    public static string? Damage(SqliteConnection connection) =>
        Scalar(connection, "PRAGMA integrity_check") is not "ok" and var damage ? $"integrity_check says {damage}" : null;

    public static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
