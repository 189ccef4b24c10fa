using System.Runtime.InteropServices;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Operations;

/// <summary><c>backup FILE</c> and <c>restore FILE</c>, for the SQLite file in the data folder.</summary>
internal static class BackupVerbs
{
    private const string File = "FILE";

    public static readonly Verb Backup =
        new("backup", "copy the database and keys to one new file, also while the program runs", BackupAsync, File);

    public static readonly Verb Restore =
        new("restore", "put a backup in place, keeping what is there; the program must be stopped", RestoreAsync, File);

    private static async Task BackupAsync(WebApplication app, IConfiguration typed)
    {
        RefuseOnPostgres(app);
        var path = Path.GetFullPath(typed[File]!);
        var backup = app.Services.GetRequiredService<Backup>();
        using var stop = new CancellationTokenSource();
        // Ctrl+C leaves nothing half-written behind.
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => { signal.Cancel = true; stop.Cancel(); });
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => { signal.Cancel = true; stop.Cancel(); });

        var pledges = await WatchAsync(Task.Run(() => backup.Write(path, stop.Token)), () => backup.Doing);
        Console.WriteLine($"备份已写好，{pledges} 份承诺 · The backup is written, {pledges} pledges: {path}");
        Console.WriteLine("里面有姓名和签名，请妥善保管 · It holds names and signatures; keep it where only you can read it.");
    }

    private static async Task RestoreAsync(WebApplication app, IConfiguration typed)
    {
        RefuseOnPostgres(app);
        var path = Path.GetFullPath(typed[File]!);
        var restore = app.Services.GetRequiredService<Restore>();

        var (pledges, kept) = await WatchAsync(Task.Run(() => restore.ReadAsync(path, CancellationToken.None)), () => restore.Doing);
        await Verbs.UpgradeAsync(app);
        await app.Services.GetRequiredService<AuditLog>().WriteAsync(db => db.Audit(AuditAction.BackupRestored, by: AuditActor.Program));
        Console.WriteLine($"备份已恢复，{pledges} 份承诺 · The backup is back in place, {pledges} pledges.");
        if (kept is not null)
            Console.WriteLine($"原来的数据在这里 · What was there before is kept in {kept}");
    }

    private static void RefuseOnPostgres(WebApplication app)
    {
        using var db = app.Services.GetRequiredService<CampaignDbFactory>().Open();
        if (db is not SqliteCampaignDb)
            throw new InvalidOperationException("The data lies in PostgreSQL: use pg_dump to back it up and pg_restore to put it back.");
    }

    /// <summary>Prints the current step once a second, beginning after the first second.</summary>
    private static async Task<T> WatchAsync<T>(Task<T> work, Func<string> doing)
    {
        while (await Task.WhenAny(work, Task.Delay(TimeSpan.FromSeconds(1))) != work)
            Console.WriteLine($"  {doing()}");
        return await work;
    }
}
