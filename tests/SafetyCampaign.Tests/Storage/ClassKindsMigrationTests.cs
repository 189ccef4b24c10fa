using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Storage;

/// <summary>Classes from before there were other kinds stay what they were, and every kind is kept, on either database.</summary>
public sealed class ClassKindsMigrationTests : IDisposable
{
    private const string Before = "SessionThroughProvider";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("safety-campaign-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task On_sqlite_classes_keep_their_names_and_every_kind_is_kept()
    {
        var options = new DbContextOptionsBuilder<SqliteCampaignDb>();
        SqliteCampaignDb.Configure(options, $"Data Source={Path.Combine(folder.FullName, "campaign.db")};Pooling=False");
        await using var db = new SqliteCampaignDb(options.Options, new CurrentAccessScope { Current = AccessScope.Everything });
        await AssertKeptAsync(db);
    }

    [Fact]
    public async Task On_postgres_classes_keep_their_names_and_every_kind_is_kept()
    {
        await using var database = await PostgresDatabase.CreateAsync();
        var options = new DbContextOptionsBuilder<PostgresCampaignDb>();
        PostgresCampaignDb.Configure(options, database.ConnectionString);
        await using var db = new PostgresCampaignDb(options.Options, new CurrentAccessScope { Current = AccessScope.Everything });
        await AssertKeptAsync(db);
    }

    private static async Task AssertKeptAsync(CampaignDb db)
    {
        await db.GetService<IMigrator>().MigrateAsync(Before, Cancellation);
        await db.Database.ExecuteSqlRawAsync(
            """INSERT INTO organizations ("Id", "Name", "Kind", "Path") VALUES (7, '大塘冲小学', 3, '/7/')""", Cancellation);
        foreach (var grade in new[] { 1, 6, 7, 9, 10, 12 })
            await db.Database.ExecuteSqlRawAsync(
                """INSERT INTO classes ("SchoolId", "Grade", "Number", "Expected") VALUES (7, {0}, 3, {1})""", [grade, grade + 30],
                Cancellation);

        await db.Database.MigrateAsync(Cancellation);

        Assert.Equal(["一（3）班 31", "六（3）班 36", "七（3）班 37", "九（3）班 39", "高一（3）班 40", "高三（3）班 42"], await ReadAsync(db));

        string[] kinds = ["托班", "大（2）班", "2024级护理3班", "高2023级3班", "2023级3班", "实验班", "高一实验2班"];
        var school = await db.Organizations.SingleAsync(Cancellation);
        foreach (var kind in kinds)
            db.Add(new ClassGroup(school, ClassName.TryParse(kind, out var name) ? name : throw new ArgumentException(kind)));
        await db.SaveChangesAsync(Cancellation);
        db.ChangeTracker.Clear();
        Assert.Equal(kinds.Order(StringComparer.Ordinal),
            (await ReadAsync(db)).Select(c => c.Trim()).Intersect(kinds).Order(StringComparer.Ordinal));

        // Each is once in its school.
        db.Add(new ClassGroup(await db.Organizations.SingleAsync(Cancellation), ClassName.OfYear(2024, "护理", 3)));
        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Cancellation));
        db.ChangeTracker.Clear();

        await db.GetService<IMigrator>().MigrateAsync(Before, Cancellation);
        Assert.Equal(6, await db.Database.SqlQueryRaw<int>("""SELECT CAST(count(*) AS int) AS "Value" FROM classes""")
            .SingleAsync(Cancellation));
    }

    private static async Task<List<string>> ReadAsync(CampaignDb db) => [.. (await db.Classes.AsNoTracking().ToListAsync(Cancellation))
        .OrderBy(c => c.Name, ClassName.SchoolOrder).Select(c => $"{c.Name.In(new CultureInfo("zh-CN"))} {c.Expected}")];
}
