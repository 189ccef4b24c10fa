using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Operations;

namespace SafetyCampaign.Tests.Storage;

/// <summary>The audit log is written with what it tells, once, in one chain, and nobody changes it afterwards.</summary>
public abstract class AuditLogTests(AuditedApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected AuditLog Log => app.Get<AuditLog>();

    [Fact]
    public async Task A_change_and_its_line_are_saved_together_or_not_at_all()
    {
        var e = await app.SeedEventAsync();
        var before = await CountAsync();
        await using var db = app.OpenStore();
        var gathering = await db.Events.SingleAsync(x => x.Id == e.Id, Cancellation);
        var school = await db.Organizations.SingleAsync(o => o.Classes.Any(c => c.Id == e.Primary), Cancellation);
        var twice = db.Add(new ClassGroup(school, 5, 1));
        gathering.Close(DateTimeOffset.UnixEpoch);
        db.Audit(AuditAction.SigningClosed, gathering);

        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Cancellation));
        Assert.Equal(before, await CountAsync());

        twice.State = EntityState.Detached;
        await db.SaveChangesAsync(Cancellation);
        await db.SaveChangesAsync(Cancellation);
        Assert.Equal(before + 1, await CountAsync());
        var line = await LastAsync();
        Assert.Equal((AuditAction.SigningClosed, e.Code, e.CampaignId, "大塘冲社区"),
            (line.Action, line.EventCode, line.CampaignId, line.OrganizationName));
    }

    [Fact]
    public async Task An_act_of_the_ledger_has_its_line_and_one_that_did_nothing_has_none()
    {
        var e = await app.SeedEventAsync();
        using var phone = app.CreateClient();
        var receipt = await phone.SignedAsync(e);
        var sequence = (await app.Get<Receipts>().FindAsync(receipt["/r/".Length..], Cancellation))!.Receipt.Sequence;
        await using var db = app.OpenStore();
        var gathering = await db.Events.Include(x => x.Organization).SingleAsync(x => x.Id == e.Id, Cancellation);
        var line = AuditEntry.Of(AuditAction.PledgesInvalidated, gathering, new AuditActor(7, "王老师"), AuditReason.Suspicious);
        var before = await CountAsync();

        Assert.Equal(1, await app.Get<PledgeLedger>().InvalidateAsync([sequence], 7, line));
        Assert.Equal(0, await app.Get<PledgeLedger>().InvalidateAsync([sequence], 7, line));

        Assert.Equal(before + 1, await CountAsync());
        var written = await LastAsync();
        Assert.Equal((7, "王老师", 1, AuditReason.Suspicious, e.Code),
            (written.AccountId, written.AccountName, written.Count, written.Reason, written.EventCode));
        Assert.Null((await Log.VerifyAsync(Cancellation)).FirstBroken);
    }

    [Fact]
    public async Task Lines_that_are_written_at_once_form_one_chain_without_gaps()
    {
        var first = await CountAsync();
        await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(() => Log.WriteAsync(
            db => db.Audit(AuditAction.AuditExported, i, AuditActor.Program), Cancellation), Cancellation)));

        await using var db = app.OpenStore();
        var sequences = await db.AuditEntries.OrderBy(a => a.Sequence).Select(a => a.Sequence).ToListAsync(Cancellation);
        Assert.Equal(first + 24, sequences.Count);
        Assert.Equal(Enumerable.Range(0, sequences.Count).Select(i => sequences[0] + i), sequences);
        var check = await Log.VerifyAsync(Cancellation);
        Assert.Equal((sequences.Count, null), (check.Lines, check.FirstBroken));
    }

    [Fact]
    public async Task Neither_the_program_nor_the_database_changes_or_deletes_a_line()
    {
        await WriteAsync(1);
        var last = (await LastAsync()).Sequence;
        foreach (var sql in Forbidden())
            await Assert.ThrowsAnyAsync<DbException>(() => ExecuteAsync(sql));

        await using var db = app.OpenStore();
        var line = await db.AuditEntries.SingleAsync(a => a.Sequence == last, Cancellation);
        line.Count = 7;
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync(Cancellation));
        db.ChangeTracker.Clear();
        db.Remove(line);
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync(Cancellation));
        Assert.Null((await Log.VerifyAsync(Cancellation)).FirstBroken);
    }

    [Fact]
    public async Task The_check_names_the_first_line_that_is_not_as_it_was_written()
    {
        await WriteAsync(6);
        var last = (await LastAsync()).Sequence;
        await DisableGuardsAsync();
        await ExecuteAsync("CREATE TABLE audit_saved AS SELECT * FROM audit_entries");
        var found = new List<long?>();
        foreach (var tampering in new[]
        {
            $"UPDATE audit_entries SET \"Count\" = 99 WHERE \"Sequence\" = {last - 3}",
            $"UPDATE audit_entries SET \"AccountName\" = '' WHERE \"Sequence\" = {last - 1}",
            $"DELETE FROM audit_entries WHERE \"Sequence\" = {last - 4}",
            $"DELETE FROM audit_entries WHERE \"Sequence\" >= {last - 2}",
        })
        {
            await ExecuteAsync(tampering);
            found.Add((await Log.VerifyAsync(Cancellation)).FirstBroken);
            await ExecuteAsync("DELETE FROM audit_entries");
            await ExecuteAsync("INSERT INTO audit_entries SELECT * FROM audit_saved");
        }
        await ExecuteAsync("DROP TABLE audit_saved");
        await EnableGuardsAsync();

        Assert.Equal([last - 3, last - 1, last - 4, last - 2], found);
        Assert.Null((await Log.VerifyAsync(Cancellation)).FirstBroken);
    }

    [Fact]
    public async Task What_is_older_than_its_time_goes_and_the_rest_is_still_checked()
    {
        await WriteAsync(3);
        var old = (await LastAsync()).Sequence;
        try
        {
            app.Now.Set(AuditedApp.Begin.AddDays(AuditLog.MinKeepDays + 1));
            await WriteAsync(2);

            Assert.InRange(await Log.PruneAsync(Cancellation), 3, old);
            Assert.Equal(0, await Log.PruneAsync(Cancellation));

            var check = await Log.VerifyAsync(Cancellation);
            Assert.Equal((old + 1, 3, null), (check.First, check.Lines, check.FirstBroken));
            var line = await LastAsync();
            Assert.Equal((AuditAction.AuditPruned, $"{old}"), (line.Action, line.Detail));
        }
        finally
        {
            app.Now.Set(AuditedApp.Begin);
        }
    }

    /// <summary>Each of these must fail.</summary>
    protected abstract IEnumerable<string> Forbidden();

    protected abstract Task DisableGuardsAsync();

    protected abstract Task EnableGuardsAsync();

    protected async Task ExecuteAsync(string sql)
    {
        await using var db = app.OpenStore();
        await db.Database.OpenConnectionAsync(Cancellation);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    protected async Task<List<string>> ReadAsync(string sql)
    {
        await using var db = app.OpenStore();
        return await db.Database.SqlQueryRaw<string>(sql).ToListAsync(Cancellation);
    }

    private async Task WriteAsync(int lines)
    {
        for (var i = 0; i < lines; i++)
            await Log.WriteAsync(db => db.Audit(AuditAction.AuditExported, i, AuditActor.Program), Cancellation);
    }

    private async Task<int> CountAsync()
    {
        await using var db = app.OpenStore();
        return await db.AuditEntries.CountAsync(Cancellation);
    }

    private async Task<AuditEntry> LastAsync()
    {
        await using var db = app.OpenStore();
        return await db.AuditEntries.OrderByDescending(a => a.Sequence).FirstAsync(Cancellation);
    }
}

/// <summary>Long enough ago that the database's own clock lets lines of that time go.</summary>
public class AuditedApp : CampaignApp
{
    public static readonly DateTimeOffset Begin = new(2025, 3, 1, 1, 0, 0, TimeSpan.Zero);

    public AuditedApp() => Clock = Now;

    public SetClock Now { get; } = new(Begin);
}

public sealed class AuditedAppOnPostgres : AuditedApp
{
    public AuditedAppOnPostgres() => Postgres = true;

    /// <inheritdoc cref="PostgresApp.Required"/>
    public AuditedAppOnPostgres Required
    {
        get
        {
            _ = Servers.Postgres;
            return this;
        }
    }

    public override ValueTask InitializeAsync() => Servers.HavePostgres ? base.InitializeAsync() : ValueTask.CompletedTask;
}

public sealed class AuditLogOnSqliteTests(AuditedApp app) : AuditLogTests(app), IClassFixture<AuditedApp>
{
    private readonly AuditedApp app = app;
    private List<string> triggers = [];

    [Fact]
    public async Task The_command_line_says_whether_it_is_whole()
    {
        var console = new ConsoleProgram(app.DataDirectory);

        var (exit, output, _) = await console.RunAsync("verify-audit");
        Assert.Equal((0, true), (exit, output.Contains("The audit log is whole")));

        await Log.WriteAsync(db => db.Audit(AuditAction.AuditExported, 1, AuditActor.Program), TestContext.Current.CancellationToken);
        await DisableGuardsAsync();
        await ExecuteAsync("UPDATE audit_chain SET \"LastSequence\" = \"LastSequence\" + 1");
        string error;
        (exit, _, error) = await console.RunAsync("verify-audit");
        await ExecuteAsync("UPDATE audit_chain SET \"LastSequence\" = \"LastSequence\" - 1");
        await EnableGuardsAsync();

        Assert.Equal(1, exit);
        ConsoleProgram.AssertOneSentence(error);
        Assert.Contains("broken at line", error);
    }

    protected override IEnumerable<string> Forbidden() =>
    [
        "UPDATE audit_entries SET \"Count\" = 99", "DELETE FROM audit_entries", "REPLACE INTO audit_entries SELECT * FROM audit_entries",
        "UPDATE audit_chain SET \"LastSequence\" = \"LastSequence\" - 1", "DELETE FROM audit_chain",
    ];

    protected override async Task DisableGuardsAsync()
    {
        triggers = await ReadAsync("SELECT sql AS Value FROM sqlite_master WHERE type = 'trigger'");
        foreach (var name in await ReadAsync("SELECT name AS Value FROM sqlite_master WHERE type = 'trigger'"))
            await ExecuteAsync($"DROP TRIGGER {name}");
    }

    protected override async Task EnableGuardsAsync()
    {
        foreach (var trigger in triggers)
            await ExecuteAsync(trigger);
    }
}

public sealed class AuditLogOnPostgresTests(AuditedAppOnPostgres app) : AuditLogTests(app.Required), IClassFixture<AuditedAppOnPostgres>
{
    protected override IEnumerable<string> Forbidden() =>
    [
        "UPDATE audit_entries SET \"Count\" = 99", "DELETE FROM audit_entries", "TRUNCATE audit_entries", "TRUNCATE audit_chain",
        "UPDATE audit_chain SET \"LastSequence\" = \"LastSequence\" - 1", "DELETE FROM audit_chain",
    ];

    protected override Task DisableGuardsAsync() => ExecuteAsync("ALTER TABLE audit_entries DISABLE TRIGGER USER");

    protected override Task EnableGuardsAsync() => ExecuteAsync("ALTER TABLE audit_entries ENABLE TRIGGER USER");
}
