using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Storage;

namespace SafetyCampaign.Storage;

/// <summary>The store in one SQLite file. All differences of SQLite are here.</summary>
public sealed class SqliteCampaignDb(DbContextOptions<SqliteCampaignDb> options, CurrentAccessScope accessScope)
    : CampaignDb(options, accessScope)
{
    /// <summary>Earlier versions have a defect by which resetting the write-ahead log can lose commits (WAL-reset bug).</summary>
    public static readonly Version MinEngineVersion = new(3, 51, 3);

    /// <summary>Left for pledges while the database is rewritten: 64 MiB.</summary>
    private const long SpareBytes = 64 << 20;

    /// <summary>How long a connection waits for the one writer, before who asked is answered 503.</summary>
    internal const int BusyTimeoutSeconds = 2;

    /// <inheritdoc/>
    public override bool IsShared => false;

    public static void Configure(DbContextOptionsBuilder builder, string connectionString) => builder
        .UseSqlite(connectionString, sqlite => sqlite.MigrationsAssembly(typeof(SqliteCampaignDb).Assembly))
        .AddInterceptors(new Pragmas())
        // An account may stand outside the access scope that reads it (signing in, the ledger's acts); its organization is then not loaded.
        .ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.PossibleIncorrectRequiredNavigationWithQueryFilterInteractionWarning))
        .ReplaceService<IMigrationsSqlGenerator, StrictTables>();

    internal override bool MayKeepConnection => true;

    private protected override string NewestSchema => "30 20261130120905_SlipConsents";

    internal override Task AssertEngineAsync(CancellationToken cancellationToken)
    {
        var engine = Database.GetDbConnection().ServerVersion;
        return Version.Parse(engine) < MinEngineVersion
            ? throw new InvalidOperationException($"SQLite {engine} is too old: {MinEngineVersion} or newer is needed.")
            : Task.CompletedTask;
    }

    /// <remarks>A transaction that may write is the only one.</remarks>
    internal override Task HoldLedgerAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    internal override IDbContextTransaction BeginSnapshotTransaction()
    {
        Database.OpenConnection();
        // Deferred: it only reads, so the writer need not wait for it.
        var moment = ((SqliteConnection)Database.GetDbConnection()).BeginTransaction(deferred: true);
        return Database.UseTransaction(moment)!;
    }

    /// <remarks>
    /// EF takes a lock row in a table, and waits without end for that of a process that was killed. The schema is
    /// upgraded under a lock of the system's (<see cref="SchemaUpgrade"/>), so any such row is stale.
    /// </remarks>
    internal override async Task UpgradeAsync(CancellationToken cancellationToken)
    {
        if (await Database.SqlQueryRaw<int>("SELECT count(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'")
            .SingleAsync(cancellationToken) > 0)
            await Database.ExecuteSqlRawAsync("DELETE FROM __EFMigrationsLock", cancellationToken);
        await Database.OpenConnectionAsync(cancellationToken);
        SqliteFunctions.AddSha256((SqliteConnection)Database.GetDbConnection());
        await MigrateAsync(cancellationToken);
        await Database.CloseConnectionAsync();
    }

    /// <remarks>
    /// Where names stood the page was overwritten (<c>secure_delete</c>), and by this the file is. The write-ahead log holds them
    /// until it is cut, which the ledger's writer does: by another connection it would keep signatures waiting for readers.
    /// </remarks>
    internal override async Task PurgeErasedAsync(CancellationToken cancellationToken) =>
        await Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(PASSIVE)", cancellationToken);

    /// <remarks>
    /// Where rows were moved to another page, as a page that is nearly empty is merged with its neighbour, their former bytes
    /// stay in the unused part of the page, and <c>secure_delete</c> does not reach them when the rows are erased later.
    /// </remarks>
    internal override async Task RewriteErasedAsync(CancellationToken cancellationToken)
    {
        // The log grows by the size of the database, and so does a file beside it; as much again stays free for those who sign meanwhile.
        var file = new FileInfo(Database.GetDbConnection().DataSource);
        var isLarge = file.Length > MaxRewriteInMemory;
        var times = isLarge ? 3 : 2;
        if (new DriveInfo(file.DirectoryName!).AvailableFreeSpace < times * file.Length + SpareBytes)
            throw new InvalidOperationException($"the disk has less free space than {times} times the database");
        Database.SetCommandTimeout(TimeSpan.FromMinutes(30));
        if (!isLarge)
        {
            await Database.ExecuteSqlRawAsync("VACUUM", cancellationToken);
            return;
        }
        await Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = Database.GetDbConnection().CreateCommand();
            command.CommandText = SqliteTemporaryFiles.InFolder(file.DirectoryName!);
            await command.ExecuteNonQueryAsync(cancellationToken);
            await Database.ExecuteSqlRawAsync("VACUUM", cancellationToken);
        }
        finally
        {
            await Database.ExecuteSqlRawAsync(SqliteTemporaryFiles.Pragma, CancellationToken.None);
            await Database.CloseConnectionAsync();
        }
    }

    /// <summary>
    /// In bytes: a larger database is built anew in a file beside it, which has no name from the moment it is made, and not in memory.
    /// </summary>
    internal static long MaxRewriteInMemory { get; set; } = 64 << 20;

    /// <summary>Every connection waits for the writer rather than failing, and syncs what it commits.</summary>
    private sealed class Pragmas : DbConnectionInterceptor
    {
        /// <summary>What the pool hands out again keeps its settings; setting them costs as much as a query.</summary>
        private static readonly ConditionalWeakTable<object, object> Applied = [];

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData data) => Apply(connection);

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData data,
            CancellationToken cancellationToken)
        {
            Apply(connection);
            return Task.CompletedTask;
        }

        private static void Apply(DbConnection connection)
        {
            if (!Applied.TryAdd(((SqliteConnection)connection).Handle!, Applied))
                return;
            using var command = connection.CreateCommand();
            // The page size holds for a new file only. A drawing takes about a kilobyte: of larger pages fewer are written and
            // synced for a group of signatures.
            command.CommandText =
                $"PRAGMA page_size=16384; PRAGMA busy_timeout={BusyTimeoutSeconds}000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
                    + "PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; " + SqliteTemporaryFiles.Pragma;
            command.ExecuteNonQuery();
        }
    }

    /// <summary>STRICT tables hold what their columns say and nothing else.</summary>
    private sealed class StrictTables(MigrationsSqlGeneratorDependencies dependencies, IRelationalAnnotationProvider annotations)
        : SqliteMigrationsSqlGenerator(dependencies, annotations)
    {
        protected override void Generate(CreateTableOperation operation, IModel? model, MigrationCommandListBuilder builder,
            bool terminate = true)
        {
            base.Generate(operation, model, builder, terminate: false);
            builder.Append(" STRICT");
            if (!terminate)
                return;
            builder.AppendLine(Dependencies.SqlGenerationHelper.StatementTerminator);
            EndStatement(builder);
        }
    }
}

/// <summary>For <c>dotnet ef migrations add</c> only.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteCampaignDb>
{
    public SqliteCampaignDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqliteCampaignDb>();
        SqliteCampaignDb.Configure(options, "Data Source=design-time.db");
        return new SqliteCampaignDb(options.Options, new CurrentAccessScope());
    }
}
