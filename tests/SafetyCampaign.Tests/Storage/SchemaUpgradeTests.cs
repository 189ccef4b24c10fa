using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Operations;

namespace SafetyCampaign.Tests.Storage;

/// <summary>Whoever starts first upgrades, and nobody waits for the dead.</summary>
public sealed class SchemaUpgradeTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("safety-campaign-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task The_note_of_an_upgrade_that_was_killed_holds_nobody_up()
    {
        await using var app = new CampaignApp();
        await using (var db = new SqliteConnection($"Data Source={Path.Combine(app.DataDirectory, "campaign.db")};Pooling=False"))
        {
            db.Open();
            using var command = db.CreateCommand();
            command.CommandText =
                """
                CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-07-17 09:30:00+00:00');
                """;
            command.ExecuteNonQuery();
        }

        await app.InitializeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60), Cancellation);

        Assert.True(await app.Get<SchemaUpgrade>().CanServeAsync(Cancellation));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_schema_that_a_start_takes_for_the_newest_is_that_of_all_migrations(bool postgres)
    {
        await using var app = new CampaignApp { Postgres = postgres };
        await app.InitializeAsync();
        await using var db = app.OpenStore();
        Assert.True(await db.HasNewestSchemaAsync(Cancellation));
        var newest = db.Database.GetMigrations().Last();

        await RenameAsync(newest, "99990101000000_FromTheFuture");
        Assert.False(await db.HasNewestSchemaAsync(Cancellation));
        await RenameAsync("99990101000000_FromTheFuture", newest);
        Assert.True(await db.HasNewestSchemaAsync(Cancellation));
        // One in between is missing, as where two branches each brought one.
        await db.Database.ExecuteSqlAsync(
            $"""DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" = {db.Database.GetMigrations().ElementAt(3)}""", Cancellation);
        Assert.False(await db.HasNewestSchemaAsync(Cancellation));

        Task<int> RenameAsync(string from, string to) => db.Database.ExecuteSqlAsync(
            $"""UPDATE "__EFMigrationsHistory" SET "MigrationId" = {to} WHERE "MigrationId" = {from}""", Cancellation);
    }

    [Fact]
    public async Task Of_many_that_start_at_once_on_an_empty_folder_some_killed_the_others_find_the_schema_right()
    {
        var program = new ConsoleProgram(folder.FullName);
        var killed = Enumerable.Range(0, 2).Select(_ => program.Start("migrate")).ToList();
        var others = Enumerable.Range(0, 2).Select(_ => program.RunAsync("migrate")).ToList();
        for (var i = 0; i < killed.Count; i++)
        {
            // One as soon as it touches the folder, the others at whatever they do then.
            while (i == 0 && !folder.EnumerateFiles("*.lock").Any() && !killed[i].HasExited)
                await Task.Yield();
            killed[i].Kill(entireProcessTree: true);
            killed[i].Dispose();
        }

        Assert.All(await Task.WhenAll(others), ended => Assert.Equal((0, ""), (ended.Exit, ended.Error)));

        await using var db = new SqliteConnection($"Data Source={Path.Combine(folder.FullName, "campaign.db")};Pooling=False");
        db.Open();
        using var command = db.CreateCommand();
        command.CommandText =
            "SELECT (SELECT count(*) FROM __EFMigrationsHistory) || ' ' || (SELECT count(*) FROM __EFMigrationsLock) || ' ' || (SELECT * "
                + "FROM pragma_integrity_check)";
        await using var app = new CampaignApp();
        await app.InitializeAsync();
        await using var store = app.OpenStore();
        Assert.Equal($"{store.Database.GetMigrations().Count()} 0 ok", command.ExecuteScalar());
    }

    [Fact]
    public async Task A_campaign_from_before_the_rules_on_childrens_data_gets_the_usual_ones()
    {
        await using var app = new CampaignApp();
        await app.InitializeAsync();
        var e = await app.SeedEventAsync(startsAt: new DateTimeOffset(2026, 7, 17, 1, 0, 0, TimeSpan.Zero));
        await using var db = app.OpenStore();
        await db.GetService<IMigrator>().MigrateAsync("FamiliesCountedOnce", Cancellation);

        await db.Database.MigrateAsync(Cancellation);

        var rules = await db.Rules.SingleAsync(r => r.CampaignId == e.CampaignId, Cancellation);
        Assert.Equal((1, RulesSettings.Usual("大塘冲社区", new DateOnly(2026, 9, 30))), (rules.Version, rules.Settings));
        Assert.InRange(rules.WrittenAt, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
    }

    [Fact]
    public async Task A_lock_is_for_one_and_free_again_when_it_is_let_go()
    {
        var path = Path.Combine(folder.FullName, "a.lock");
        using (await FileLock.TakeAsync(path, TimeSpan.Zero, Cancellation))
            Assert.Null(await FileLock.TakeAsync(path, TimeSpan.Zero, Cancellation));

        using var taken = await FileLock.TakeAsync(path, TimeSpan.Zero, Cancellation);
        Assert.NotNull(taken);
    }
}
