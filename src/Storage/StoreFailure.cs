using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace SafetyCampaign.Storage;

/// <summary>
/// Whether an exception means that the store cannot write now (full, failing, busy, unreachable), and not a defect in
/// the program.
/// </summary>
public static class StoreFailure
{
    public static bool Is(Exception failure) => failure switch
    {
        DbUpdateException { InnerException: { } inner } => Is(inner),
        SqliteException sqlite => sqlite.SqliteErrorCode is SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_IOERR
            or SQLitePCL.raw.SQLITE_BUSY
            or SQLitePCL.raw.SQLITE_LOCKED or SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_CANTOPEN,
        NpgsqlException postgres => postgres.IsTransient, // a full disk is among them
        _ => false,
    };
}
