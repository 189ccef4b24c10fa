using System.Data.Common;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Records;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Records;

/// <summary>In the night after an erasure the tables are written anew, so that nothing of it is left between their rows.</summary>
public abstract class RewriteTests : IAsyncLifetime
{
    /// <summary>20:00 in Shanghai.</summary>
    protected static readonly DateTimeOffset Evening = new(2026, 7, 17, 12, 0, 0, TimeSpan.Zero);

    protected FakeTimeProvider Clock { get; } = new(Evening);
    private readonly CapturedLog log = new();

    protected RewriteTests(bool postgres) => App = new CampaignApp { Clock = Clock, Postgres = postgres, Parts = log.Install };

    protected CampaignApp App { get; }

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => App.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Of_what_was_withdrawn_by_day_nothing_is_left_after_the_night_and_what_stands_stays()
    {
        var e = await App.SeedEventAsync(startsAt: Evening);
        using var phone = App.CreateClient();
        var receipts = new List<string>();
        for (var i = 0; i < 60; i++)
            receipts.Add(await phone.SignedAsync(e, i % 6 == 0 ? $"苗沐阳{(char)('一' + i)}" : $"丘灵犀{(char)('一' + i)}"));
        Assert.True(await AreInFilesAsync("丘灵犀"), "The search finds what is there.");
        for (var i = 0; i < 60; i++)
            if (i % 6 != 0)
                await phone.PostAsync(receipts[i] + "?handler=Withdraw", null, Cancellation);

        await App.Get<Retention>().RunAsync(Cancellation);
        await using var db = App.OpenStore();
        Assert.Equal(0, await db.Maintenance.Select(m => m.RewrittenThrough).SingleAsync(Cancellation));
        Clock.AdjustTime(Evening.AddHours(6.5)); // 02:30
        await App.Get<Retention>().RunAsync(Cancellation);

        var last = await db.Acts.MaxAsync(a => a.Sequence, Cancellation);
        Assert.Equal(last, await db.Maintenance.Select(m => m.RewrittenThrough).SingleAsync(Cancellation));
        Assert.False(await AreInFilesAsync("丘灵犀"));
        Assert.True(await AreInFilesAsync("苗沐阳"));
        Assert.Contains("苗沐阳一", await phone.GetStringAsync(receipts[0], Cancellation));
        Assert.Contains("承诺已撤回", await phone.GetStringAsync(receipts[1], Cancellation));
        await phone.SignedAsync(e, "王小明");
        Assert.Equal(22, await phone.PeopleAsync(e.Code));

        await App.Get<Retention>().RunAsync(Cancellation);
        Assert.Single(log.Lines, line => line.Contains("are rewritten"));
    }

    [Fact]
    public async Task A_photo_that_was_removed_goes_with_the_night_too_though_the_ledger_has_no_act_of_it()
    {
        var e = await App.SeedEventAsync(startsAt: Evening);
        var desk = await DeskVisitor.SignInAsync(App, e.Organization);
        var photo = new byte[64];
        Random.Shared.NextBytes(photo);
        await using var db = App.OpenStore();
        var kept = db.ReportPhotos.Add(new ReportPhoto(e.Id, "演示抛绳", photo, 40, 30, Evening));
        await db.SaveChangesAsync(Cancellation);
        Assert.True(await IsInFilesAsync(photo), "The search finds what is there.");

        await desk.SendAsync($"/organize/events/{e.Code}/records/report/photos?handler=Remove", ("photo", $"{kept.Entity.Id}"));
        await Wait.UntilAsync(
            async () => await db.Maintenance.Select(m => m.ErasedAt).SingleAsync(Cancellation) is not null, "the erasure is noted");
        Clock.AdjustTime(Evening.AddHours(6.5)); // 02:30
        await App.Get<Retention>().RunAsync(Cancellation);

        Assert.False(await IsInFilesAsync(photo));
        Assert.Null(await db.Maintenance.Select(m => m.ErasedAt).SingleAsync(Cancellation));
        await App.Get<Retention>().RunAsync(Cancellation);
        Assert.Single(log.Lines, line => line.Contains("are rewritten"));
    }

    [Fact]
    public async Task While_somebody_reads_what_was_there_before_the_night_is_not_over_and_after_that_it_is()
    {
        var e = await App.SeedEventAsync(startsAt: Evening);
        using var phone = App.CreateClient();
        var receipt = await phone.SignedAsync(e, "丘灵犀");
        await using var db = App.OpenStore();
        await using (var reader = await ConnectAsync())
        await using (var reading = reader.CreateCommand())
        {
            reading.CommandText = $"{BeginSnapshot}; SELECT count(*) FROM pledges";
            await reading.ExecuteNonQueryAsync(Cancellation);
            await phone.PostAsync(receipt + "?handler=Withdraw", null, Cancellation);
            Clock.AdjustTime(Evening.AddHours(6.5)); // 02:30

            await App.Get<Retention>().RunAsync(Cancellation);
            Assert.Equal(0, await db.Maintenance.Select(m => m.RewrittenThrough).SingleAsync(Cancellation));
        }

        await App.Get<Retention>().RunAsync(Cancellation);
        Assert.NotEqual(0, await db.Maintenance.Select(m => m.RewrittenThrough).SingleAsync(Cancellation));
        Assert.False(await AreInFilesAsync("丘灵犀"));
    }

    /// <summary>Begins a transaction that sees one state of the database until its end.</summary>
    protected abstract string BeginSnapshot { get; }

    /// <summary>A connection of somebody else's, open.</summary>
    protected abstract Task<DbConnection> ConnectAsync();

    private Task<bool> AreInFilesAsync(string name) => IsInFilesAsync(Encoding.UTF8.GetBytes(name));

    /// <summary>Whether some bytes stand anywhere in the files of the database.</summary>
    protected abstract Task<bool> IsInFilesAsync(byte[] trace);
}

public sealed class RewriteOnSqliteTests() : RewriteTests(postgres: false)
{
    [Fact]
    public async Task A_large_database_is_built_anew_in_a_file_beside_it_and_not_in_memory()
    {
        await App.SeedEventAsync(startsAt: Evening);
        await using var db = App.OpenStore();
        await db.Database.ExecuteSqlRawAsync("CREATE TABLE large AS SELECT randomblob(16000000) AS bytes", Cancellation);
        using var files = new FileSystemWatcher(App.DataDirectory) { EnableRaisingEvents = true };
        var made = new TaskCompletionSource();
        files.Created += (_, file) =>
        {
            if (file.Name!.StartsWith("etilqs_", StringComparison.Ordinal))
                made.TrySetResult();
        };
        var usual = SqliteCampaignDb.MaxRewriteInMemory;
        SqliteCampaignDb.MaxRewriteInMemory = 0;
        try
        {
            await db.RewriteErasedAsync(Cancellation);
        }
        finally
        {
            SqliteCampaignDb.MaxRewriteInMemory = usual;
        }

        await made.Task.WaitAsync(Cancellation);
        Assert.Empty(Directory.GetFiles(App.DataDirectory, "etilqs_*"));
        Assert.Equal(16_000_000, await db.Database.SqlQueryRaw<long>("SELECT length(bytes) AS Value FROM large").SingleAsync(Cancellation));
    }

    protected override string BeginSnapshot => "BEGIN";

    protected override async Task<DbConnection> ConnectAsync()
    {
        var connection = new SqliteConnection(App.Get<DataFolder>().ConnectionString + ";Pooling=False");
        await connection.OpenAsync(Cancellation);
        return connection;
    }

    protected override Task<bool> IsInFilesAsync(byte[] trace) => DataFiles.HoldAsync(App, trace);
}

/// <summary>The tables' own files. What the server's log (pg_wal) holds is its operator's, see docs/operations.md.</summary>
public sealed class RewriteOnPostgresTests() : RewriteTests(postgres: true)
{
    [Fact]
    public async Task Right_after_a_withdrawal_the_tables_are_vacuumed()
    {
        var e = await App.SeedEventAsync(startsAt: DateTimeOffset.UtcNow);
        using var phone = App.CreateClient();
        await phone.PostAsync(await phone.SignedAsync(e) + "?handler=Withdraw", null, Cancellation);

        await using var db = App.OpenStore();
        await Wait.UntilAsync(async () => await db.Database.SqlQueryRaw<long>(
            """SELECT least(pg_stat_get_vacuum_count('pledges'::regclass), pg_stat_get_vacuum_count('signatures'::regclass)) AS "Value" """)
            .SingleAsync(Cancellation) > 0, "the tables are vacuumed");
    }

    protected override string BeginSnapshot => "BEGIN ISOLATION LEVEL REPEATABLE READ";

    protected override async Task<DbConnection> ConnectAsync() => await App.Get<NpgsqlDataSource>().OpenConnectionAsync(Cancellation);

    protected override async Task<bool> IsInFilesAsync(byte[] trace)
    {
        await App.Get<ErasureCleanup>().RunAsync(Cancellation);
        await using var connection = await App.Get<NpgsqlDataSource>().OpenConnectionAsync(Cancellation);
        await using var flush = new NpgsqlCommand("CHECKPOINT", connection); // the files, not the server's memory
        await flush.ExecuteNonQueryAsync(Cancellation);
        await using var read = new NpgsqlCommand(
            """
            SELECT position($1 IN pg_read_binary_file(pg_relation_filepath(name)))
            FROM unnest(ARRAY['pledges', 'signatures', 'report_photos']::regclass[]) AS name
            """, connection);
        read.Parameters.Add(new NpgsqlParameter { Value = trace });
        await using var row = await read.ExecuteReaderAsync(Cancellation);
        while (await row.ReadAsync(Cancellation))
            if (row.GetInt32(0) > 0)
                return true;
        return false;
    }
}
