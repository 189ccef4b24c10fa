using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Connections;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace SafetyCampaign.Operations;

/// <summary>Why the program cannot do what it was told, for the person at the console: what is wrong and what to do.</summary>
internal static partial class StartupErrors
{
    public static string ToSentence(Exception exception) => exception switch
    {
        IOException { InnerException: AddressInUseException } taken when PortIn(taken.Message) is { } port =>
            $"Port {port} is taken by another program. Stop that program or choose another port: --urls http://0.0.0.0:{port + 1}",
        SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT } =>
            $"The database campaign.db is damaged ({exception.Message}). Keep a copy of the data folder and put a backup in its place.",
        SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_FULL } =>
            "The disk is full. Make room and start again; what was signed is kept.",
        SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_PERM }
            or UnauthorizedAccessException or IOException =>
            $"The data folder cannot be used: {exception.Message} Give this account the right to write there, or choose another folder: "
                + "--DataDirectory=PATH",
        SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED } =>
            "Another program holds the database. If SafetyCampaign runs already with this data folder, stop it first.",
        _ when Causes(exception).OfType<NpgsqlException>().FirstOrDefault() is { } server =>
            $"The PostgreSQL server cannot be used: {string.Join(' ', Messages(server))}. Check Database:ConnectionString, and that the "
                + "server runs and has that database.",
        _ => $"This did not work: {string.Join(' ', Messages(exception).Distinct())}",
    };

    private static int? PortIn(string message) =>
        Port().Match(message) is { Success: true } found ? int.Parse(found.Groups[1].Value) : null;

    [GeneratedRegex(@":(\d{1,5})\b")]
    private static partial Regex Port();

    private static IEnumerable<string> Messages(Exception exception) => Causes(exception).Select(cause => cause.Message);

    private static IEnumerable<Exception> Causes(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
            yield return exception;
    }
}
