using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using SafetyCampaign.Backups;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Backups;

/// <summary>Takes backups apart, and restores within the test's own process.</summary>
internal static class BackupFiles
{
    public static readonly IConfiguration NoSettings = new ConfigurationBuilder().Build();

    /// <summary>What the content of a backup was before it became one file with digests.</summary>
    public static void Unwrap(string backup, string database)
    {
        using var content = File.Create(database);
        BackupFile.Read(backup, content, password: null, CancellationToken.None);
    }

    /// <summary>Changes the content of a backup, and computes its digests anew.</summary>
    public static void Change(string backup, string sql)
    {
        var manifest = BackupFile.ReadManifest(backup)!;
        var database = backup + ".content";
        Unwrap(backup, database);
        Execute(database, sql);
        using (var content = File.OpenRead(database))
            BackupFile.Write(backup, content, manifest with { Length = content.Length }, password: null, CancellationToken.None);
        File.Delete(database);
    }

    /// <summary>A verb of the program, without the start of a process.</summary>
    public static Task<Restored> RestoreAsync(string dataDirectory, string backup, TimeProvider? clock = null,
        IConfiguration? settings = null, bool? isClockRight = null)
    {
        var folder = new DataFolder(Directory.CreateDirectory(dataDirectory).FullName);
        var options = new DbContextOptionsBuilder<SqliteCampaignDb>();
        SqliteCampaignDb.Configure(options, folder.ConnectionString);
        var dbFactory = new CampaignDbFactory(scope => new SqliteCampaignDb(options.Options, scope));
        var time = clock ?? TimeProvider.System;
        return new Restore(folder, dbFactory, new ErasureReplay(new ErasureList(folder), time), settings ?? NoSettings, time)
            .RestoreAsync(backup, isClockRight, TestContext.Current.CancellationToken);
    }

    public static object? Execute(string database, string sql)
    {
        using var db = new SqliteConnection($"Data Source={database};Pooling=False");
        db.Open();
        using var command = db.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public static IConfiguration Settings(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value)).Build();
}
