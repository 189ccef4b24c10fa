using Microsoft.Data.Sqlite;
using Npgsql;

namespace SafetyCampaign.Storage;

/// <summary>
/// Whether an exception means that the store cannot be read or written now (full, failing, busy, locked, unreachable), and
/// not a defect in the program. The answer is then 503 with Retry-After; see Operations/StoreFailures.
/// </summary>
public static class StoreFailure
{
    /// <summary>What Npgsql does not count as transient, because the same connection cannot try it again; another may.</summary>
    private static readonly HashSet<string> OfTheServer =
    [
        PostgresErrorCodes.AdminShutdown, PostgresErrorCodes.CrashShutdown, PostgresErrorCodes.DatabaseDropped,
        PostgresErrorCodes.QueryCanceled, // a statement_timeout of the server's
        PostgresErrorCodes.ReadOnlySqlTransaction, // a standby, or default_transaction_read_only
        PostgresErrorCodes.InsufficientPrivilege, // tables of another owner
        PostgresErrorCodes.InvalidCatalogName, PostgresErrorCodes.InvalidPassword, PostgresErrorCodes.InvalidAuthorizationSpecification,
        "25P03", // idle_in_transaction_session_timeout
        "57P05", // idle_session_timeout
    ];

    /// <remarks>EF wraps what fails when saving, and what Npgsql counts as transient when reading.</remarks>
    public static bool Is(Exception failure) => CauseOf(failure) is not null;

    /// <summary>What the database, the disk or the network said; the exception itself where it is no failure of the store.</summary>
    public static Exception Reason(Exception failure) => CauseOf(failure) ?? failure;

    /// <summary>The server takes no further connections, whoever asks.</summary>
    internal static bool IsTooManyConnections(Exception failure) =>
        CauseOf(failure) is PostgresException { SqlState: PostgresErrorCodes.TooManyConnections };

    /// <summary>Another session of PostgreSQL's holds a lock for longer than this one waits.</summary>
    internal static bool IsLocked(Exception failure) =>
        CauseOf(failure) is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable };

    private static Exception? CauseOf(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
            if (IsOfTheStore(failure))
                return failure;
        return null;
    }

    private static bool IsOfTheStore(Exception failure) => failure switch
    {
        StoreBusyException => true,
        SqliteException sqlite => sqlite.SqliteErrorCode is SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_IOERR
            or SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED or SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_CANTOPEN
            or SQLitePCL.raw.SQLITE_PERM or SQLitePCL.raw.SQLITE_AUTH,
        PostgresException postgres => postgres.IsTransient || OfTheServer.Contains(postgres.SqlState), // a full disk is transient
        NpgsqlException => true, // the network, a timeout, the pool
        _ => false,
    };
}

/// <summary>So many read the store already that no turn came within <see cref="StoreGate.MaxWait"/>.</summary>
public sealed class StoreBusyException() : Exception("The database is busy: no turn within the time limit.");
