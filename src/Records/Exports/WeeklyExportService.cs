using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Exports;

/// <summary>
/// Sends weekly exports when they are due, and again what has not arrived. Several nodes may look at once: whichever moves a row on, by one
/// statement, does it, and where it stops in the middle another one goes on after a while.
/// </summary>
internal sealed partial class WeeklyExportService(
    CampaignDbFactory dbFactory, ExportContent content, Webhook webhook, IOptions<ExportSettings> settings, ClockCheck clock,
    TimeProvider time, ILogger<WeeklyExportService> log)
    : PeriodicBackgroundService(Interval, time)
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>After which an attempt whose end was never noted is made again by any node.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>For how long the log of deliveries is kept.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(366);

    /// <summary>Notes what is due, and sends what is to be sent now.</summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        await clock.RunAsync(cancellationToken);
        if (!clock.IsTrusted)
            return;
        await using var db = dbFactory.Open();
        await NoteDueAsync(db, cancellationToken);
        var now = Time.GetUtcNow();
        var waiting = await db.ExportDeliveries.AsNoTracking().Where(d => d.NextAttemptAt != null && d.NextAttemptAt <= now
                && db.WeeklyExports.Any(x => x.Id == d.ExportId && x.RevokedAt == null))
            .OrderBy(d => d.NextAttemptAt).Select(d => new { d.Id, d.NextAttemptAt }).ToListAsync(cancellationToken);
        foreach (var delivery in waiting)
        {
            var until = Time.GetUtcNow() + Lease;
            var taken = await db.ExportDeliveries.Where(d => d.Id == delivery.Id && d.NextAttemptAt == delivery.NextAttemptAt)
                .ExecuteUpdateAsync(set => set.SetProperty(d => d.NextAttemptAt, until)
                    .SetProperty(d => d.Attempts, d => d.Attempts + 1), cancellationToken);
            if (taken == 1)
                await TryAttemptAsync(delivery.Id, cancellationToken);
        }
    }

    protected override Task ExecuteIterationAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    protected override void LogFailure(Exception failure) => LogNotSent(failure.GetType().Name, failure.Message);

    /// <summary>What was missed while the program was off is made up for once.</summary>
    private async Task NoteDueAsync(CampaignDb db, CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        var due = await db.WeeklyExports.AsNoTracking().Where(x => x.RevokedAt == null && x.NextAt <= now)
            .OrderBy(x => x.Id).ToListAsync(cancellationToken);
        foreach (var export in due)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var next = export.NextAfter(now);
            var moved = await db.WeeklyExports.Where(x => x.Id == export.Id && x.NextAt == export.NextAt)
                .ExecuteUpdateAsync(set => set.SetProperty(x => x.NextAt, next), cancellationToken);
            if (moved == 0)
                continue; // another node has noted it
            db.ExportDeliveries.Add(new ExportDelivery(export.Id, export.NextAt, now));
            await db.SaveChangesAsync(cancellationToken);
            var old = now - Kept;
            await db.ExportDeliveries.Where(d => d.ExportId == export.Id && d.DueAt < old).ExecuteDeleteAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    /// <summary>What goes wrong with one is counted as its failed attempt, and the others are sent all the same.</summary>
    private async Task TryAttemptAsync(int id, CancellationToken cancellationToken)
    {
        try
        {
            await AttemptAsync(id, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            await NoteBrokenAsync(id, failure, cancellationToken);
        }
    }

    private async Task NoteBrokenAsync(int id, Exception failure, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var delivery = await db.ExportDeliveries.SingleOrDefaultAsync(d => d.Id == id, cancellationToken);
        if (delivery is null)
            return; // deleted meanwhile
        delivery.NoteFailed(DeliveryFailure.Broken, null, Time.GetUtcNow());
        LogBroken(delivery.ExportId, failure.GetType().Name, failure.Message, delivery.NextAttemptAt);
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task AttemptAsync(int id, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var delivery = await db.ExportDeliveries.SingleAsync(d => d.Id == id, cancellationToken);
        var export = await db.WeeklyExports.AsNoTracking().Include(x => x.Organization)
            .SingleAsync(x => x.Id == delivery.ExportId, cancellationToken);
        if (delivery.Body is null)
        {
            delivery.Fill(await content.WriteAsync(
                export.Organization.Path, delivery.DueAt, export.Address is not null, Time.GetUtcNow(), cancellationToken));
            await db.SaveChangesAsync(cancellationToken); // the same at each attempt, whoever makes it
        }
        var result = export.Address is null
            ? await WriteAsync(export, delivery, cancellationToken)
            : await PostAsync(export, delivery, cancellationToken);
        if (result.Failure is { } failure)
        {
            delivery.NoteFailed(failure, result.Status, Time.GetUtcNow());
            LogNotDelivered(export.Id, failure, result.Status, delivery.NextAttemptAt);
        }
        else
        {
            delivery.NoteDelivered(result.Status, Time.GetUtcNow());
            db.Audit(AuditAction.RollUpDelivered, export.Organization).Detail = export.Address is { } to ? new Uri(to).Host : "";
        }
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<AttemptResult> PostAsync(WeeklyExport export, ExportDelivery delivery, CancellationToken cancellationToken)
    {
        // The settings may have become stricter since it was set up.
        var (address, _) = WebhookAddress.Read(export.Address!, settings.Value);
        return address is null
            ? new AttemptResult(DeliveryFailure.NotAllowed, null)
            : await webhook.SendAsync(address, export.SealedSecret!,
                string.Create(CultureInfo.InvariantCulture, $"rollup_{export.Id}_{delivery.Id}"), delivery.Body!, cancellationToken);
    }

    private async Task<AttemptResult> WriteAsync(WeeklyExport export, ExportDelivery delivery, CancellationToken cancellationToken)
    {
        if (settings.Value.Folder is not { Length: > 0 } folder)
            return new AttemptResult(DeliveryFailure.NotWritten, null);
        var day = delivery.DueAt.DayIn(CampaignEvent.DefaultZone);
        var path = Path.Combine(folder,
            string.Create(CultureInfo.InvariantCulture, $"rollup-{export.OrganizationId}-{day:yyyy-MM-dd}-{delivery.Id}.csv"));
        try
        {
            Directory.CreateDirectory(folder);
            // Under another name first: whoever collects the files never finds half of one.
            await File.WriteAllBytesAsync(path + ".part", delivery.Body!, cancellationToken);
            DurableFiles.Flush(path + ".part");
            File.Move(path + ".part", path, overwrite: true);
            return default;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new AttemptResult(DeliveryFailure.NotWritten, null);
        }
    }

    [LoggerMessage(2130, LogLevel.Warning, "Weekly exports could not be looked at ({Kind}: {Reason}); the next look is in a minute")]
    private partial void LogNotSent(string kind, string reason);

    [LoggerMessage(2134, LogLevel.Error,
        "Weekly export {ExportId} could not be made or noted ({Kind}: {Reason}); the next attempt is at {Next}")]
    private partial void LogBroken(int exportId, string kind, string reason, DateTimeOffset? next);

    [LoggerMessage(2131, LogLevel.Warning,
        "Weekly export {ExportId} did not arrive ({Failure}, status {Status}); the next attempt is at {Next}")]
    private partial void LogNotDelivered(int exportId, DeliveryFailure failure, int? status, DateTimeOffset? next);
}
