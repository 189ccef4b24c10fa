using System.Data;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace SafetyCampaign.Storage;

/// <summary>The store on a PostgreSQL server, for several nodes. All differences of PostgreSQL are here.</summary>
public sealed class PostgresCampaignDb(DbContextOptions<PostgresCampaignDb> options, CurrentAccessScope accessScope)
    : CampaignDb(options, accessScope)
{
    /// <summary>The oldest major version that its project still supports.</summary>
    private static readonly Version MinEngineVersion = new(14, 0);

    /// <summary>Number of the advisory lock for schema upgrades; any constant that nothing else uses.</summary>
    internal const long UpgradeLock = 0x5343_0001;

    /// <summary>That of the ledger, chosen likewise; the node that holds it writes to the ledger.</summary>
    internal const long LedgerLock = 0x5343_0002;

    /// <summary>
    /// What a node waits for another's upgrade. Then it fails, and a supervisor starts it again, instead of waiting
    /// without end for a frozen node.
    /// </summary>
    private const int UpgradeLockTimeoutSeconds = 10;

    /// <summary>What names, handwriting and photos are erased from, and what leads to them.</summary>
    private static readonly string[] TablesWithNames =
    [
        "pledges", "signatures", "witnesses", "roster_entries", "slips", "paper_rows", "paper_photos", "paper_row_pictures",
        "report_photos",
    ];

    /// <summary>Seconds that vacuuming a table waits for another that vacuums it.</summary>
    private const int PurgeLockTimeoutSeconds = 60;

    /// <summary>Seconds that rewriting a table waits for those who use it: whoever comes meanwhile waits behind it.</summary>
    private const int RewriteLockTimeoutSeconds = 1;

    private static readonly TimeSpan MaxWaitForReaders = TimeSpan.FromSeconds(5);

    /// <summary>The data protection keys, so that every node can read the cookies and forms of the others.</summary>
    public DbSet<DataProtectionKeyRow> DataProtectionKeyRepository => Set<DataProtectionKeyRow>();

    /// <inheritdoc/>
    public override bool IsShared => true;

    public static void Configure(DbContextOptionsBuilder builder, NpgsqlDataSource source) => Common(builder.UseNpgsql(source, Migrations));

    internal static void Configure(DbContextOptionsBuilder builder, string connectionString) =>
        Common(builder.UseNpgsql(connectionString, Migrations));

    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);
        model.Entity<DataProtectionKeyRow>().ToTable("sealing_keys");
    }

    private protected override string NewestSchema => "30 20261130120913_SlipConsents";

    internal override async Task AssertEngineAsync(CancellationToken cancellationToken)
    {
        await Database.OpenConnectionAsync(cancellationToken);
        var engine = ((NpgsqlConnection)Database.GetDbConnection()).PostgreSqlVersion;
        await Database.CloseConnectionAsync();
        if (engine < MinEngineVersion)
            throw new InvalidOperationException($"PostgreSQL {engine} is too old: {MinEngineVersion} or newer is needed.");
    }

    /// <remarks>
    /// An updated row's older version stays in its page until it is vacuumed. Its bytes stay in the page's free space after that,
    /// until other rows are written there or the table is rewritten. The server's own log and backups are its operator's.
    /// </remarks>
    internal override async Task PurgeErasedAsync(CancellationToken cancellationToken)
    {
        Database.SetCommandTimeout(TimeSpan.FromMinutes(30));
        await Database.OpenConnectionAsync(cancellationToken);
        try
        {
            // Another node, or the server by itself, may be vacuuming the same table; who reads and writes it waits for neither.
            await Database.ExecuteSqlRawAsync($"SET lock_timeout = '{PurgeLockTimeoutSeconds}s'", cancellationToken);
            var vacuum = $"VACUUM {string.Join(", ", TablesWithNames)}";
            await Database.ExecuteSqlRawAsync(vacuum, cancellationToken);
        }
        finally
        {
            await Database.CloseConnectionAsync(); // the pool resets the setting
        }
    }

    /// <remarks>
    /// Nobody reads or writes a table while it is rewritten (about ten seconds a gigabyte), so it is not waited for while somebody
    /// uses it. The server passes over a table that the role does not own, with a warning only, and takes along rows that are deleted but
    /// still seen by another session.
    /// </remarks>
    internal override async Task RewriteErasedAsync(CancellationToken cancellationToken)
    {
        Database.SetCommandTimeout(TimeSpan.FromMinutes(30));
        await Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await WaitForOlderReadersAsync(cancellationToken);
            await Database.ExecuteSqlRawAsync($"SET lock_timeout = '{RewriteLockTimeoutSeconds}s'", cancellationToken);
            var before = await FilesAsync(cancellationToken);
            foreach (var vacuum in TablesWithNames.Select(table => $"VACUUM (FULL) {table}"))
                await Database.ExecuteSqlRawAsync(vacuum, cancellationToken);
            if ((await FilesAsync(cancellationToken)).Intersect(before).Any())
                throw new InvalidOperationException($"the database role does not own the tables {string.Join(", ", TablesWithNames)}");
        }
        finally
        {
            await Database.CloseConnectionAsync(); // the pool resets the setting
        }
    }

    /// <summary>
    /// Waits until nobody reads a state of the database from before this moment, whose rows would be taken along. Of other roles' sessions
    /// the server tells a role without pg_read_all_stats nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">Somebody still does.</exception>
    private async Task WaitForOlderReadersAsync(CancellationToken cancellationToken)
    {
        var now = await Database.SqlQueryRaw<string>("SELECT (pg_snapshot_xmax(pg_current_snapshot())::xid)::text AS \"Value\"")
            .SingleAsync(cancellationToken);
        for (var since = Stopwatch.StartNew(); await HasOlderReadersAsync(); await Task.Delay(100, cancellationToken))
            if (since.Elapsed > MaxWaitForReaders)
                throw new InvalidOperationException("another session still reads an older state of the tables");

        Task<bool> HasOlderReadersAsync() => Database.SqlQueryRaw<bool>(
            """
            SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
                AND age(backend_xmin) > age({0}::xid)) AS "Value"
            """, now).SingleAsync(cancellationToken);
    }

    private Task<List<long>> FilesAsync(CancellationToken cancellationToken) => Database.SqlQueryRaw<long>(
        "SELECT pg_relation_filenode(name::regclass)::bigint AS \"Value\" FROM unnest({0}) AS name", [TablesWithNames])
        .ToListAsync(cancellationToken);

    /// <summary>A node that is frozen while it holds the lock must not stop the others: the server ends its session.</summary>
    private protected override string BeforeAuditLock => "SET LOCAL idle_in_transaction_session_timeout = '2s'; ";

    internal override IDbContextTransaction BeginSnapshotTransaction() => Database.BeginTransaction(IsolationLevel.RepeatableRead);

    internal override Task HoldLedgerAsync(CancellationToken cancellationToken) =>
        Database.ExecuteSqlRawAsync($"SELECT pg_advisory_xact_lock({LedgerLock})", cancellationToken);

    /// <summary>
    /// Of many nodes that start at once one upgrades, and the others find it done. The lock goes with its connection, so a
    /// node that is killed leaves none.
    /// </summary>
    internal override async Task UpgradeAsync(CancellationToken cancellationToken)
    {
        await Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await Database.ExecuteSqlRawAsync($"SET lock_timeout = '{UpgradeLockTimeoutSeconds}s'; SELECT pg_advisory_lock({UpgradeLock})",
                cancellationToken);
            Database.SetCommandTimeout(TimeSpan.FromMinutes(30)); // a migration may rewrite the table of pledges
            await MigrateAsync(cancellationToken);
            await Database.ExecuteSqlRawAsync($"SELECT pg_advisory_unlock({UpgradeLock}); RESET lock_timeout", cancellationToken);
        }
        catch (Exception held) when (held.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable })
        {
            throw new InvalidOperationException(
                $"Another node has been upgrading the database for more than {UpgradeLockTimeoutSeconds} s. Start this one again when that is "
                + "done; if no other node is starting, end the session that pg_locks shows for the advisory lock.");
        }
        finally
        {
            await Database.CloseConnectionAsync();
        }
    }

    private static void Migrations(Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.NpgsqlDbContextOptionsBuilder npgsql) =>
        npgsql.MigrationsAssembly(typeof(PostgresCampaignDb).Assembly);

    private static void Common(DbContextOptionsBuilder builder) =>
        // An account may stand outside the access scope that reads it (signing in, the ledger's acts); its organization is then not loaded.
        builder.ConfigureWarnings(
            warnings => warnings.Ignore(CoreEventId.PossibleIncorrectRequiredNavigationWithQueryFilterInteractionWarning));
}

/// <summary>One key as the data protection of ASP.NET Core writes it.</summary>
public sealed class DataProtectionKeyRow
{
    public int Id { get; init; }
    public string Xml { get; init; } = "";
}

/// <summary>For <c>dotnet ef migrations add</c> only.</summary>
internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresCampaignDb>
{
    public PostgresCampaignDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<PostgresCampaignDb>();
        PostgresCampaignDb.Configure(options, "Host=design-time");
        return new PostgresCampaignDb(options.Options, new CurrentAccessScope());
    }
}
