using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace SafetyCampaign.Storage;

/// <summary>What PostgreSQL can do by itself and SQLite cannot, so that both understand the same statements.</summary>
internal static class SqliteFunctions
{
    /// <summary><c>sha256(blob)</c>, for statements on this connection; NULL of NULL.</summary>
    public static void AddSha256(SqliteConnection connection) =>
        connection.CreateFunction("sha256", (byte[]? bytes) => bytes is null ? null : SHA256.HashData(bytes), isDeterministic: true);
}
