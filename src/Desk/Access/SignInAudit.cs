using System.Collections.Concurrent;
using System.Threading.Channels;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Desk;

/// <summary>
/// Signing in, in the audit log. Success is on disk before the answer; failures are written aside, so that the time of
/// an answer does not tell which names are known, and of one account at most once in <see cref="Between"/> with their number,
/// so that a flood of them does not fill the disk.
/// </summary>
/// <param name="audit">Takes the lines.</param>
/// <param name="time">Keeps the interval.</param>
/// <param name="log">One line where failures could not be written.</param>
public sealed partial class SignInAudit(AuditLog audit, TimeProvider time, ILogger<SignInAudit> log) : BackgroundService
{
    public static readonly TimeSpan Between = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(int? AccountId, AuditReason Reason), Failures> waiting = new();
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private sealed record Failures(Organizer? Account, int Count);

    /// <param name="account">Who signed in.</param>
    /// <param name="by">By what beside or instead of the password; null for the password alone.</param>
    public Task SucceededAsync(Organizer account, AuditReason? by = null, CancellationToken cancellationToken = default) =>
        audit.WriteAsync(db => db.Audit(AuditAction.SignedIn, account, by, by: ActorOf(account)), cancellationToken);

    /// <summary>Counts a failure, to be written soon.</summary>
    /// <param name="account">The account that was meant; null where no account has the name.</param>
    /// <param name="reason">Why it was refused.</param>
    public void Failed(Organizer? account, AuditReason reason)
    {
        waiting.AddOrUpdate((account?.Id, reason), new Failures(account, 1), (_, before) => before with { Count = before.Count + 1 });
        wake.Writer.TryWrite(true);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var _ in wake.Reader.ReadAllAsync(stoppingToken))
            {
                await WriteAsync(stoppingToken);
                await Task.Delay(Between, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        foreach (var key in waiting.Keys)
            if (waiting.TryRemove(key, out var failures))
                try
                {
                    await audit.WriteAsync(db => failures.Account is { } account
                        ? db.Audit(AuditAction.SignInFailed, account, key.Reason, failures.Count, ActorOf(account))
                        : Unknown(db, key.Reason, failures.Count), cancellationToken);
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    LogFailuresNotWritten(failure.Message, failures.Count);
                    waiting.AddOrUpdate(key, failures, (_, since) => since with { Count = since.Count + failures.Count });
                    return; // the others would fail as well; all are tried again with the next failure
                }
    }

    private static AuditEntry Unknown(CampaignDb db, AuditReason reason, int count)
    {
        var line = db.Audit(AuditAction.SignInFailed, count, AuditActor.Program);
        line.Reason = reason;
        return line;
    }

    private static AuditActor ActorOf(Organizer account) => new(account.Id, account.UserName);

    [LoggerMessage(1841, LogLevel.Warning, "{Failures} failed sign-ins could not be written to the audit log ({Reason})")]
    private partial void LogFailuresNotWritten(string reason, int failures);
}
