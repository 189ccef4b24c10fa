using SafetyCampaign.Storage;

namespace SafetyCampaign.Backups;

/// <summary>
/// Makes backups by itself where <c>Backup:Schedule</c> says when. What was missed while the program was off is made up for once
/// it is on. One that fails is tried again after ten minutes.
/// </summary>
public sealed partial class BackupSchedule : PeriodicBackgroundService
{
    private const string Prefix = "campaign-";
    private const string Ending = ".backup";

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(10);

    private readonly BackupScheduleSettings settings;
    private readonly Backup backup;
    private readonly AuditLog audit;
    private readonly DataFolder data;
    private readonly ILogger<BackupSchedule> log;
    private readonly SemaphoreSlim running = new(1);
    private DateTimeOffset? failedAt;

    public BackupSchedule(IConfiguration configuration, DataFolder data, Backup backup, AuditLog audit, TimeProvider time,
        ILogger<BackupSchedule> log) : base(Interval, time)
    {
        settings = BackupScheduleSettings.Read(configuration, data);
        (this.backup, this.audit, this.data, this.log) = (backup, audit, data, log);
    }

    public BackupScheduleSettings Settings => settings;

    /// <summary>When the last try failed; null where it did not.</summary>
    public DateTimeOffset? FailedAt => failedAt;

    /// <summary>The backups that are there, the oldest first.</summary>
    public IReadOnlyList<(string Path, DateTimeOffset MadeAt)> Files() => Directory.Exists(settings.Folder)
        ? [.. from path in Directory.EnumerateFiles(settings.Folder, Prefix + "*" + Ending)
              let moment = FileTime.Read(Path.GetFileName(path)[Prefix.Length..^Ending.Length])
              where moment is not null
              orderby moment
              select (path, moment.Value)]
        : [];

    /// <summary>Deletes what is left of backups that were cut short. Not while one is being made here.</summary>
    /// <param name="before">What was written to since then stays: another process may be making one by hand.</param>
    internal void DeleteUnfinished(DateTimeOffset before)
    {
        if (!running.Wait(TimeSpan.Zero))
            return;
        try
        {
            foreach (var file in Unfinished().Where(file => file.LastWriteTimeUtc < before.UtcDateTime))
                file.Delete();
        }
        finally
        {
            running.Release();
        }
    }

    /// <summary>Makes one if it is time.</summary>
    /// <exception cref="InvalidOperationException">Says why there is none.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        await running.WaitAsync(cancellationToken);
        try
        {
            await MakeAsync(cancellationToken);
        }
        finally
        {
            running.Release();
        }
    }

    protected override Task ExecuteIterationAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    protected override void LogFailure(Exception failure) => LogNotBackedUp(failure.GetType().Name, failure.Message, RetryAfter);

    private IEnumerable<FileInfo> Unfinished() =>
        new DirectoryInfo(data.Path).EnumerateFiles("*" + Backup.CopyEnding + "*")
            .Concat(Directory.Exists(settings.Folder)
                // Not by the pattern "*.backup.*": as on Windows it would match the finished ones as well.
                ? new DirectoryInfo(settings.Folder).EnumerateFiles(Prefix + "*").Where(file => file.Name.Contains(Ending + "."))
                : []);

    private async Task MakeAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        var last = Files().Select(file => (DateTimeOffset?)file.MadeAt).LastOrDefault();
        if (!settings.IsOn || now - failedAt < RetryAfter || !settings.IsDue(last, now))
            return;
        failedAt = now;
        DurableFiles.CreateFolder(settings.Folder);
        var path = Path.Combine(settings.Folder, Prefix + FileTime.Write(now) + Ending);
        var made = await Task.Run(() => backup.Write(path, cancellationToken), cancellationToken);
        failedAt = null;
        await audit.WriteAsync(db => db.Audit(AuditAction.BackupMade, by: AuditActor.Program), cancellationToken);
        LogBackedUp(made.Pledges);
        foreach (var (old, _) in Files().SkipLast(settings.Keep))
            File.Delete(old);
    }

    [LoggerMessage(2403, LogLevel.Information, "A scheduled backup is written, with {Pledges} pledges")]
    private partial void LogBackedUp(long pledges);

    [LoggerMessage(2404, LogLevel.Error, "The scheduled backup could not be written ({Kind}: {Reason}); the next try is in {Interval}")]
    private partial void LogNotBackedUp(string kind, string reason, TimeSpan interval);
}
