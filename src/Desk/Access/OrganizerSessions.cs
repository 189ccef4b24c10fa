using System.Linq.Expressions;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Desk;

/// <summary>An open session, for a list.</summary>
/// <param name="Device">See <see cref="OrganizerSession.Device"/>.</param>
public sealed record OpenSession(int Id, string Device, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt);

/// <summary>
/// The sessions of the desk, each a row. A request asks for its row, the account and the organization in one query and nothing is
/// cached: what ends a session (sign-out, a new security stamp, a lock, time) ends it at the next request on every node. Works
/// outside the access scope, because nobody is known yet when a session is looked up.
/// </summary>
public sealed partial class OrganizerSessions(
    CampaignDbFactory dbFactory, IOptions<DeskSessionOptions> options, IOptions<SecondFactorOptions> secondFactor, TimeProvider time,
    ILogger<OrganizerSessions> log)
{
    /// <summary>Begins a session; every sign-in has a new key, which only the browser gets to know.</summary>
    public async Task<string> StartAsync(int account, string device, bool throughProvider, CancellationToken cancellationToken)
    {
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var now = time.GetUtcNow();
        await using var db = dbFactory.Open();
        // Read here: the account's row may have been written since the caller read it.
        var stamp = await db.Users.Where(o => o.Id == account).Select(o => o.SecurityStamp).SingleAsync(cancellationToken);
        var session = new OrganizerSession
        {
            OrganizerId = account,
            KeyHash = HashOf(key),
            SecurityStamp = stamp ?? "",
            Device = device,
            ThroughProvider = throughProvider,
            CreatedAt = now,
            LastSeenAt = now,
        };
        db.Sessions.Add(session);
        await db.SaveChangesAsync(cancellationToken);
        LogSessionStarted(account, session.Id);
        return key;
    }

    /// <summary>Whom a key belongs to; null where its session has ended.</summary>
    /// <param name="inUse">The request is somebody's work at the desk, and not a screen or a phone page that is open beside it.</param>
    public async Task<ClaimsPrincipal?> FindAsync(string key, bool inUse, CancellationToken cancellationToken)
    {
        var hash = HashOf(key);
        var now = time.GetUtcNow();
        await using var db = dbFactory.Open();
        var found = await (
            from session in db.Sessions
            where session.KeyHash == hash
            join account in db.Users on session.OrganizerId equals account.Id
            join organization in db.Organizations on account.OrganizationId equals organization.Id
            where session.SecurityStamp == (account.SecurityStamp ?? "")
            select new
            {
                session.CreatedAt,
                session.LastSeenAt,
                account.LockoutEnd,
                // The identity provider asks for what it deems right.
                HasPasswordAlone = !account.TwoFactorEnabled && account.PasswordHash != null && !session.ThroughProvider,
                Claims = new OrganizerClaims(
                    account.Id, account.UserName!, account.Role, organization.Path, session.Id,
                    account.MustChangePassword && !session.ThroughProvider),
            }).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (found is null || found.LockoutEnd > now || !IsOpen(found.CreatedAt, found.LastSeenAt, now))
            return null;
        if (inUse && now - found.LastSeenAt >= options.Value.SeenInterval)
            await NoteSeenAsync(db, found.Claims.Session, now, cancellationToken);
        return (found.Claims with
        {
            MustSetUpSecondFactor = found.HasPasswordAlone && secondFactor.Value.IsDemandedFrom(found.Claims.Role),
        }).ToPrincipal();
    }

    /// <summary>See <see cref="OrganizerSession.ThroughProvider"/>.</summary>
    public async Task<bool> IsThroughProviderAsync(int? session, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        return await db.Sessions.AnyAsync(s => s.Id == session && s.ThroughProvider, cancellationToken);
    }

    /// <summary>The account's open sessions, the newest first.</summary>
    public async Task<IReadOnlyList<OpenSession>> ListAsync(int account, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = dbFactory.Open();
        var rows = await db.Sessions
            .Where(s => s.OrganizerId == account && db.Users.Any(o => o.Id == account && s.SecurityStamp == (o.SecurityStamp ?? "")))
            .OrderByDescending(s => s.Id).Select(s => new OpenSession(s.Id, s.Device, s.CreatedAt, s.LastSeenAt))
            .ToListAsync(cancellationToken);
        return [.. rows.Where(s => IsOpen(s.CreatedAt, s.LastSeenAt, now))];
    }

    /// <summary>Ends one session of the account, wherever its cookie was copied.</summary>
    /// <param name="by">Who does it, for the audit log; null where its line is written by what ends the session.</param>
    public async Task EndAsync(int account, int session, CancellationToken cancellationToken, AuditActor? by = null)
    {
        if (await EndAsync(account, s => s.Id == session && s.OrganizerId == account, by, cancellationToken) > 0)
            LogSessionEnded(account, session);
    }

    /// <summary>Ends all sessions of the account.</summary>
    /// <param name="by">As above.</param>
    public async Task EndAllAsync(int account, CancellationToken cancellationToken, AuditActor? by = null)
    {
        var ended = await EndAsync(account, s => s.OrganizerId == account, by, cancellationToken);
        if (ended > 0)
            LogSessionsEnded(account, ended);
    }

    private async Task<int> EndAsync(
        int account, Expression<Func<OrganizerSession, bool>> which, AuditActor? by, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var ended = await db.Sessions.Where(which).ExecuteDeleteAsync(cancellationToken);
        if (ended > 0 && by is not null && await db.Users.FindAsync([account], cancellationToken) is { } organizer)
        {
            db.Audit(AuditAction.SessionsEnded, organizer, count: ended, by: by);
            await db.SaveChangesAsync(cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
        return ended;
    }

    /// <summary>Deletes the rows of sessions that are over by time or by a new security stamp; how many.</summary>
    public async Task<int> CleanUpAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (born, seen) = (now - options.Value.SessionLifetime, now - options.Value.SessionIdleTimeout);
        await using var db = dbFactory.Open();
        return await db.Sessions
            .Where(s => s.CreatedAt <= born || s.LastSeenAt <= seen
                || !db.Users.Any(o => o.Id == s.OrganizerId && s.SecurityStamp == (o.SecurityStamp ?? "")))
            .ExecuteDeleteAsync(cancellationToken);
    }

    private bool IsOpen(DateTimeOffset createdAt, DateTimeOffset lastSeenAt, DateTimeOffset now) =>
        now - createdAt < options.Value.SessionLifetime && now - lastSeenAt < options.Value.SessionIdleTimeout;

    /// <summary>A full disk or a busy store costs a session some minutes, never a request.</summary>
    private static async Task NoteSeenAsync(CampaignDb db, int session, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            await db.Sessions.Where(s => s.Id == session && s.LastSeenAt < now)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.LastSeenAt, now), cancellationToken);
        }
        catch (Exception failure) when (StoreFailure.Is(failure))
        {
        }
    }

    /// <summary>SHA-256 without salt or iterations is enough for 256 random bits.</summary>
    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    [LoggerMessage(1811, LogLevel.Information, "Account {AccountId} began session {SessionId}")]
    private partial void LogSessionStarted(int accountId, int sessionId);

    [LoggerMessage(1812, LogLevel.Information, "Session {SessionId} of account {AccountId} was ended")]
    private partial void LogSessionEnded(int accountId, int sessionId);

    [LoggerMessage(1813, LogLevel.Information, "All sessions of account {AccountId} were ended, {Sessions} of them")]
    private partial void LogSessionsEnded(int accountId, int sessions);
}
