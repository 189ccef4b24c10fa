using System.Data.Common;
using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Backups;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Operations;

/// <summary><c>backup FILE</c>, <c>verify FILE</c> and <c>restore FILE</c>, for the SQLite file in the data folder.</summary>
internal static class BackupVerbs
{
    private const string File = "FILE";
    private const string ClockIsRight = "ClockIsRight";
    private const string NoChecksum =
        "这份备份由旧版本写成，没有校验和，改动了也看不出来 · It was made by an earlier version and has no checksum: a changed bit in it goes unseen.";

    public static readonly Verb Backup =
        new("backup", "copy the database and keys to one new file, also while the program runs", BackupAsync, File);

    public static readonly Verb Verify =
        new("verify", "read a backup to its end: whether it is sound, and when it must be deleted", VerifyAsync, File);

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

        var made = await WatchAsync(Task.Run(() => backup.Write(path, stop.Token)), () => backup.Doing);
        await NoteAsync(app);
        Console.WriteLine($"备份已写好，{made.Pledges} 份承诺 · The backup is written, {made.Pledges} pledges: {path}");
        Console.WriteLine(made.Encryption is null
            ? "里面有姓名和签名，请妥善保管 · It holds names and signatures; keep it where only you can read it."
            : "已加密，没有密码无法恢复 · It is encrypted: without the password it cannot be restored.");
        SayDay(made.DeleteOn);
    }

    /// <summary>
    /// In the audit log, where the database takes it: one that is full, or that an earlier version made, is backed up all the same.
    /// </summary>
    private static async Task NoteAsync(WebApplication app)
    {
        try
        {
            await app.Services.GetRequiredService<AuditLog>().WriteAsync(db => db.Audit(AuditAction.BackupMade, by: AuditActor.Program));
        }
        catch (Exception failure) when (failure is DbUpdateException or DbException)
        {
            Console.Error.WriteLine("这次备份没能写进审计记录 · The audit log could not take a line about this backup.");
        }
    }

    private static Task VerifyAsync(WebApplication app, IConfiguration typed)
    {
        RefuseOnPostgres(app);
        var path = Path.GetFullPath(typed[File]!);
        var backup = app.Services.GetRequiredService<BackupVerification>().Verify(path, CancellationToken.None);
        Console.WriteLine($"备份完好，{backup.Pledges} 份承诺 · The backup is sound, {backup.Pledges} pledges: {path}");
        if (backup.MadeAt is { } madeAt)
            Console.WriteLine($"备份时间 · Made at {madeAt:yyyy-MM-dd HH:mm:ss} UTC");
        if (!backup.HasChecksum)
            Console.WriteLine(NoChecksum);
        if (backup.IsEncrypted)
            Console.WriteLine(backup.WasDecrypted
                ? "已加密，密码正确 · It is encrypted, and the password is right."
                : "已加密，未试密码 · It is encrypted; no password was tried.");
        Console.WriteLine(backup.Keys switch
        {
            BackupKeys.Plain => "含登录密钥，未加密 · It holds the keys that seal cookies, in plain.",
            BackupKeys.Encrypted => "含登录密钥，已用证书加密 · It holds the keys that seal cookies, encrypted with the certificate.",
            _ => "不含登录密钥 · It holds no keys.",
        });
        SayDay(backup.DeleteOn);
        return Task.CompletedTask;
    }

    private static async Task RestoreAsync(WebApplication app, IConfiguration typed)
    {
        RefuseOnPostgres(app);
        var path = Path.GetFullPath(typed[File]!);
        var isClockRight = typed[ClockIsRight] is not { } said ? (bool?)null
            : bool.TryParse(said, out var right) ? right
            : throw new InvalidOperationException($"--{ClockIsRight} is true or false, not {said}.");
        var restore = app.Services.GetRequiredService<Restore>();

        var done = await WatchAsync(Task.Run(() => restore.RestoreAsync(path, isClockRight, CancellationToken.None)), () => restore.Doing);
        await Verbs.UpgradeAsync(app);
        await app.Services.GetRequiredService<AuditLog>().WriteAsync(db => db.Audit(AuditAction.BackupRestored, by: AuditActor.Program));
        Console.WriteLine($"备份已恢复，{done.Pledges} 份承诺 · The backup is back in place, {done.Pledges} pledges.");
        if (done.Manifest is null)
            Console.WriteLine(NoChecksum);
        SayRepeated(done.Repeated);
        SayRevoked(done.Revoked);
        if (done.Kept is not null)
            Console.WriteLine($"原来的数据在这里 · What was there before is kept in {done.Kept}");
        if (done.DeleteKeptOn is { } day)
            Console.WriteLine($"到 {day:yyyy-MM-dd} 自动删除 · It is deleted by itself on {day:yyyy-MM-dd}.");
    }

    private static void SayRepeated(RepeatedErasures repeated)
    {
        if (!repeated.ReplacedWasRead)
            Console.WriteLine("原来的数据库读不了，只按数据文件夹里的删除清单处理 · The database that was replaced cannot be read; only the list "
                + "of erasures beside it was used.");
        Console.WriteLine($"备份之后撤回、删除、更正过的，再次处理了 {repeated.Total} 项 · Withdrawn, erased or corrected since, and so again: "
            + $"{repeated.Total} ({repeated.Withdrawn} withdrawn, {repeated.Erased} erased, {repeated.Corrected} corrected, "
            + $"{repeated.CorrectedErased} corrected and now without a name, {repeated.MaskedNames} off the screen, "
            + $"{repeated.Rehearsals} rehearsals wiped; past their day {repeated.Expired} pledges, "
            + $"{repeated.Beside.PaperPhotos + repeated.Beside.ReportPhotos} photos, {repeated.Beside.PaperSheets} class sheets, "
            + $"{repeated.Beside.Slips} slips, {repeated.Pupils} pupils on lists).");
        if (repeated.LeftInDoubt)
            Console.WriteLine("按这台电脑的时钟，有些姓名已过答应删除的日子；您说时钟不对，就没有删，等管理员在后台确认时钟后再删 · By this clock names are past "
                + "their day; since you say that it is wrong they are back, until an administrator confirms the clock at the desk.");
    }

    private static void SayRevoked(RepeatedRevocations revoked) => Console.WriteLine(revoked.ReplacedWasRead
        ? $"备份之后收回、停用、删除过的，再次处理了 {revoked.Total} 项 · Revoked, suspended or deleted since, and so again: {revoked.Total} "
            + $"({revoked.Accounts} accounts, {revoked.RemovedAccounts} removed accounts, {revoked.Grants} rights to names, "
            + $"{revoked.Tokens} API tokens, {revoked.Exports} weekly exports, "
            + $"{revoked.Links} links and slips, {revoked.Pupils} pupils on lists, {revoked.Events} deleted events, "
            + $"{revoked.Photos} photos, {revoked.PaperRows} rows of class sheets, {revoked.Slips} deleted slips)."
        : $"没有接着这份备份往下用的数据库，不知道备份之后收回过什么：主持链接和班级链接共 {revoked.Links} 个、接口令牌 {revoked.Tokens} 个已全部停用，请重新发放；账号、密码、角色、"
            + "学生名单、活动照片、纸质签名照片和已删除的活动都是备份时的样子，请逐一核对 · There is no sound database that goes on from this backup, so nobody "
            + $"knows what was revoked since: all {revoked.Links} links of hosts and classes and {revoked.Tokens} "
            + "API tokens have ended, make new ones; accounts, "
            + "passwords, roles, lists of pupils, photos of reports and class sheets, and deleted events are as the backup has them, so "
            + "look through them.");

    private static void SayDay(DateOnly? day) => Console.WriteLine(day is { } promised
        ? $"请在 {promised:yyyy-MM-dd} 删除这份备份：那天是答应删除姓名的日子 · Delete it on {promised:yyyy-MM-dd}: the earliest day promised to "
            + "those whose names it holds."
        : "里面没有姓名，不必按期删除 · It holds no names of signers; no day is promised.");

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
