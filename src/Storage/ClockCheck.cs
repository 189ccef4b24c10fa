using Microsoft.EntityFrameworkCore;

namespace SafetyCampaign.Storage;

/// <summary>
/// Compares the clock with the last time that was known to be right, which the store keeps. A clock that has jumped by more
/// than a day, or that says a year before this program, is not believed until it is right again or an administrator confirms
/// it: meanwhile nothing is erased and nothing is closed, since neither can be undone. Pledges are taken as before, ordered by
/// their sequence numbers.
/// </summary>
public sealed partial class ClockCheck(CampaignDbFactory dbFactory, TimeProvider time, ILogger<ClockCheck> log)
    : PeriodicBackgroundService(Interval, time)
{
    /// <summary>The most that may lie between two times: a computer that was off for longer has its clock confirmed.</summary>
    public static readonly TimeSpan MaxJump = TimeSpan.FromDays(1);

    /// <summary>How often the time is stored.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <summary>This program is younger than that; a computer without a battery for its clock begins in 1970 or 2000.</summary>
    public static readonly DateTimeOffset Earliest = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const string AnOpenDoubt = """SELECT "Id" FROM clock_doubts WHERE "EndedAt" IS NULL LIMIT 1""";

    /// <summary>UTC ticks; 0 while it is not known.</summary>
    private long seenAt;

    /// <summary>What was read before a confirmation must not be kept after it.</summary>
    private readonly SemaphoreSlim turn = new(1);

    private int openDoubt;
    private bool hasLooked;

    /// <summary>False where the time must not be acted upon.</summary>
    public bool IsTrusted => IsRight(Time.GetUtcNow()) && Volatile.Read(ref seenAt) != 0;

    /// <summary>The last time that was taken as right, up to <see cref="Interval"/> ago; null where there was none.</summary>
    public DateTimeOffset? SeenAt => Volatile.Read(ref seenAt) is var ticks and not 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>
    /// The time by which signing is open or not: the clock's, or, while that is not believed, the last that was right.
    /// </summary>
    public DateTimeOffset Now => Time.GetUtcNow() is var now && !IsRight(now) && SeenAt is { } seen ? seen : now;

    /// <summary>
    /// The time by which a right has ended or not: the clock's, but never before the last that was right, so that a clock that is behind
    /// opens nothing again.
    /// </summary>
    public DateTimeOffset Latest => Time.GetUtcNow() is var now && SeenAt is { } seen && seen > now ? seen : now;

    /// <summary>Looks at the clock before anything acts by it.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RunAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Compares, and stores the time where it is right.</summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            await CompareAsync(cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task CompareAsync(CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var now = Time.GetUtcNow();
        // By SQL, as what follows where the clock is right: each start waits for it.
        var stored = await db.ReadValueAsync("""SELECT "ClockSeenAt" FROM maintenance""", cancellationToken) as long?;
        if (stored is null && now >= Earliest)
            stored = now.UtcTicks;
        Volatile.Write(ref seenAt, stored ?? 0);
        if (IsRight(now))
            await KeepAsync(db, now, cancellationToken);
        else
            await DoubtAsync(db, now, cancellationToken);
        hasLooked = true;
    }

    /// <summary>An administrator says that the clock is right.</summary>
    /// <param name="by">The account.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>False for a clock before <see cref="Earliest"/>, which is wrong whatever anybody says.</returns>
    public async Task<bool> ConfirmAsync(AuditActor by, CancellationToken cancellationToken = default)
    {
        var now = Time.GetUtcNow();
        if (now < Earliest)
            return false;
        await turn.WaitAsync(cancellationToken);
        try
        {
            await using var db = dbFactory.Open();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.Maintenance.ExecuteUpdateAsync(row => row.SetProperty(m => m.ClockSeenAt, now), cancellationToken);
            await EndDoubtsAsync(db, now, by.AccountId, cancellationToken);
            db.Audit(AuditAction.ClockConfirmed, by: by);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            Volatile.Write(ref seenAt, now.UtcTicks); // once its line is on disk
            openDoubt = 0;
        }
        finally
        {
            turn.Release();
        }
        LogClockConfirmed(by.AccountId, now);
        return true;
    }

    public override void Dispose()
    {
        turn.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override Task ExecuteIterationAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    protected override void LogFailure(Exception failure) => LogNotCompared(failure.GetType().Name, failure.Message);

    private bool IsRight(DateTimeOffset now) =>
        now >= Earliest && (SeenAt is not { } seen || (now - seen).Duration() <= MaxJump);

    private async Task KeepAsync(CampaignDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync(
            $"""UPDATE maintenance SET "ClockSeenAt" = {now.UtcTicks} WHERE "ClockSeenAt" IS NULL OR "ClockSeenAt" < {now.UtcTicks}""",
            cancellationToken);
        if (now.UtcTicks > Volatile.Read(ref seenAt))
            Volatile.Write(ref seenAt, now.UtcTicks);
        // Another node may doubt a clock of its own; what this one ends is its own doubt, or one from before its start.
        if (openDoubt == 0 && (hasLooked || await db.ReadValueAsync(AnOpenDoubt, cancellationToken) is null))
            return;
        await EndDoubtsAsync(db, now, by: null, cancellationToken);
        if (openDoubt != 0)
            LogClockRight(now);
        openDoubt = 0;
    }

    private async Task EndDoubtsAsync(CampaignDb db, DateTimeOffset now, int? by, CancellationToken cancellationToken)
    {
        var last = await LastSequenceAsync(db, cancellationToken);
        await db.ClockDoubts.Where(d => d.EndedAt == null && (openDoubt == 0 || d.Id == openDoubt)).ExecuteUpdateAsync(
            row => row.SetProperty(d => d.EndedAt, now).SetProperty(d => d.UntilSequence, last).SetProperty(d => d.ConfirmedBy, by),
            cancellationToken);
    }

    private async Task DoubtAsync(CampaignDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (openDoubt != 0)
            return;
        LogClockDoubted(now, SeenAt);
        var doubt = await db.ClockDoubts.FirstOrDefaultAsync(d => d.EndedAt == null, cancellationToken)
            ?? db.ClockDoubts.Add(new ClockDoubt
            {
                FoundAt = now,
                SeenAt = SeenAt,
                AfterSequence = await LastSequenceAsync(db, cancellationToken),
            }).Entity;
        await db.SaveChangesAsync(cancellationToken);
        openDoubt = doubt.Id;
    }

    private static async Task<long> LastSequenceAsync(CampaignDb db, CancellationToken cancellationToken) => Math.Max(
        await db.Pledges.MaxAsync(p => (long?)p.Sequence, cancellationToken) ?? 0,
        await db.Acts.MaxAsync(a => (long?)a.Sequence, cancellationToken) ?? 0);

    [LoggerMessage(1002, LogLevel.Error,
        "The clock says {Now}, and the last time known to be right was {SeenAt}: nothing is erased or closed until the clock is right, or "
            + "an administrator confirms it at the desk")]
    private partial void LogClockDoubted(DateTimeOffset now, DateTimeOffset? seenAt);

    [LoggerMessage(1003, LogLevel.Warning, "The clock is right again ({Now}); what waited for it goes on")]
    private partial void LogClockRight(DateTimeOffset now);

    [LoggerMessage(1004, LogLevel.Warning, "Account {AccountId} has confirmed that the clock is right ({Now}); what waited for it goes on")]
    private partial void LogClockConfirmed(int? accountId, DateTimeOffset now);

    [LoggerMessage(1005, LogLevel.Warning, "The clock could not be compared with the last time that was right ({Kind}: {Reason})")]
    private partial void LogNotCompared(string kind, string reason);
}
