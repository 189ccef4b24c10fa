using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SafetyCampaign.Ledger;

/// <summary>
/// An INSERT prepared on the provider's connection and bound by position. The provider's own command finds each
/// parameter by name and boxes each value, which for the columns of a pledge takes longer than the insert itself.
/// </summary>
internal sealed class SqliteInsert : IDisposable
{
    private readonly sqlite3 db;
    private readonly sqlite3_stmt statement;
    private int bound;

    public SqliteInsert(SqliteConnection connection, string sql)
    {
        db = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(db, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
    }

    public SqliteInsert Add(long value)
    {
        Check(raw.sqlite3_bind_int64(statement, ++bound, value));
        return this;
    }

    public SqliteInsert Add(long? value) => value is { } number ? Add(number) : AddNull();

    public SqliteInsert Add(bool value) => Add(value ? 1 : 0);

    public SqliteInsert Add(byte[]? value)
    {
        if (value is null)
            return AddNull();
        Check(raw.sqlite3_bind_blob(statement, ++bound, value));
        return this;
    }

    public SqliteInsert Add(string value)
    {
        Span<byte> utf8 = value.Length <= 256 ? stackalloc byte[3 * value.Length] : new byte[3 * value.Length];
        Check(raw.sqlite3_bind_text(statement, ++bound, utf8[..Encoding.UTF8.GetBytes(value, utf8)]));
        return this;
    }

    /// <summary>
    /// Inserts the row that was bound, and resets the statement. False where the row was there already (ON CONFLICT DO
    /// NOTHING).
    /// </summary>
    /// <exception cref="SqliteException">The disk is full or failing, or a constraint of the table is violated.</exception>
    public bool Run()
    {
        bound = 0;
        var result = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement);
        if (result != raw.SQLITE_DONE)
            SqliteException.ThrowExceptionForRC(result, db);
        return raw.sqlite3_changes(db) == 1;
    }

    public void Dispose() => statement.Dispose();

    private SqliteInsert AddNull()
    {
        Check(raw.sqlite3_bind_null(statement, ++bound));
        return this;
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, db);
}
