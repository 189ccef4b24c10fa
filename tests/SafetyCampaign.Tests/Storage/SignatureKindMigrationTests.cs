using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Storage;

/// <summary>Pledges from before there were four kinds of signature keep theirs, on either database.</summary>
public sealed class SignatureKindMigrationTests : IDisposable
{
    private const string Before = "Stage";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("safety-campaign-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string File => Path.Combine(folder.FullName, "campaign.db");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task On_sqlite_typed_and_handwritten_rows_keep_their_kind_and_the_table_stays_strict()
    {
        await using var db = OpenSqlite();

        Assert.Equal([SignatureKind.Handwritten, SignatureKind.Typed, SignatureKind.Handwritten], await UpgradeAsync(db));

        Assert.Equal(1L, await ScalarAsync(db, "SELECT strict FROM pragma_table_list WHERE name = 'pledges'"));
        await Assert.ThrowsAsync<SqliteException>(() => ScalarAsync(db, "UPDATE pledges SET SignatureKind = 'typed'"));
    }

    [Fact]
    public async Task On_postgres_typed_and_handwritten_rows_keep_their_kind()
    {
        await using var database = await PostgresDatabase.CreateAsync();
        await using var db = OpenPostgres(database);

        Assert.Equal([SignatureKind.Handwritten, SignatureKind.Typed, SignatureKind.Handwritten], await UpgradeAsync(db));
    }

    [Fact]
    public async Task On_sqlite_the_way_back_calls_typed_what_has_no_strokes()
    {
        await using var db = OpenSqlite();
        await UpgradeAsync(db);

        Assert.Equal(["0", "1", "0", "1", "0"], await DowngradeAsync(db));
        Assert.Equal(1L, await ScalarAsync(db, "SELECT strict FROM pragma_table_list WHERE name = 'pledges'"));
    }

    [Fact]
    public async Task On_postgres_the_way_back_calls_typed_what_has_no_strokes()
    {
        await using var database = await PostgresDatabase.CreateAsync();
        await using var db = OpenPostgres(database);
        await UpgradeAsync(db);

        Assert.Equal(["False", "True", "False", "True", "False"], await DowngradeAsync(db));
    }

    /// <summary>Three pledges by the schema of before, handwritten but for the second; then the migration.</summary>
    private static async Task<List<SignatureKind>> UpgradeAsync(CampaignDb db)
    {
        await db.GetService<IMigrator>().MigrateAsync(Before, Cancellation);
        for (var sequence = 1; sequence <= 3; sequence++)
            await db.Database.ExecuteSqlRawAsync(
                """
                INSERT INTO pledges ("Sequence", "Key", "Position", "EventId", "Role", "TextId", "Name", "Typed", "Channel", "Number",
                    "SignedAt", "Rehearsal", "Family", "GuardianConsent", "ShowMaskedName", "Signers")
                VALUES ({0}, {1}, 0, 1, 2, 1, 'x', {2}, 0, {0}, 1, {3}, {3}, {3}, {3}, 1)
                """, [sequence, Guid.NewGuid().ToByteArray(), sequence == 2, false], Cancellation);

        await db.Database.MigrateAsync(Cancellation);

        return await db.Pledges.AsNoTracking().OrderBy(p => p.Sequence).Select(p => p.SignatureKind).ToListAsync(Cancellation);
    }

    /// <summary>Adds a pledge on paper and a mark, undoes the migration, and reads what was typed as the schema of before has it.</summary>
    private static async Task<List<string>> DowngradeAsync(CampaignDb db)
    {
        foreach (var kind in new[] { SignatureKind.OnPaper, SignatureKind.Mark })
            db.Add(new Pledge { Sequence = 2 + (int)kind, Key = Guid.NewGuid().ToByteArray(), SignatureKind = kind, Signers = 1 });
        await db.SaveChangesAsync(Cancellation);
        await db.GetService<IMigrator>().MigrateAsync(Before, Cancellation);

        await db.Database.OpenConnectionAsync(Cancellation);
        await using var command = Command(db, """SELECT "Typed" FROM pledges ORDER BY "Sequence" """);
        await using var row = await command.ExecuteReaderAsync(Cancellation);
        var typed = new List<string>();
        while (await row.ReadAsync(Cancellation))
            typed.Add(row.GetValue(0).ToString()!);
        return typed;
    }

    private SqliteCampaignDb OpenSqlite()
    {
        var options = new DbContextOptionsBuilder<SqliteCampaignDb>();
        SqliteCampaignDb.Configure(options, $"Data Source={File};Pooling=False");
        return new SqliteCampaignDb(options.Options, new CurrentAccessScope { Current = AccessScope.Everything });
    }

    private static PostgresCampaignDb OpenPostgres(PostgresDatabase database)
    {
        var options = new DbContextOptionsBuilder<PostgresCampaignDb>();
        PostgresCampaignDb.Configure(options, database.ConnectionString);
        return new PostgresCampaignDb(options.Options, new CurrentAccessScope { Current = AccessScope.Everything });
    }

    private static async Task<object?> ScalarAsync(CampaignDb db, string sql)
    {
        await db.Database.OpenConnectionAsync(Cancellation);
        await using var command = Command(db, sql);
        return await command.ExecuteScalarAsync(Cancellation);
    }

    private static DbCommand Command(CampaignDb db, string sql)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
