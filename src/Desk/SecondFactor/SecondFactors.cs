using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Desk;

/// <summary>A passkey of an account, for a list.</summary>
/// <param name="Id">Its credential id.</param>
/// <param name="Name">As its owner has named it.</param>
public sealed record OwnPasskey(byte[] Id, string Name, DateTimeOffset CreatedAt);

/// <summary>What an account has beside its password.</summary>
/// <param name="HasAuthenticator">An authenticator app makes its codes.</param>
/// <param name="RecoveryCodes">How many are left.</param>
/// <param name="Passkeys">The oldest first.</param>
public sealed record SecondFactorState(bool HasAuthenticator, int RecoveryCodes, IReadOnlyList<OwnPasskey> Passkeys)
{
    public bool IsSetUp => HasAuthenticator || Passkeys.Count > 0;
}

/// <summary>
/// The second factors of accounts, in the framework's tables: the key of an authenticator app, sealed by data protection; the time
/// step of the last code that was taken; hashes of recovery codes, a row each; passkeys. <c>TwoFactorEnabled</c> of the account says
/// whether there is any of them but recovery codes, which come with the first and go with the last. Whatever changes them gives the
/// account a new stamp, which ends its sessions. Works outside the access scope: the caller knows whose account it is.
/// </summary>
public sealed partial class SecondFactors(
    CampaignDbFactory dbFactory, IDataProtectionProvider protection, IOptions<PasswordHasherOptions> hasher, TimeProvider time,
    ILogger<SecondFactors> log)
{
    public const int MaxPasskeys = 10;

    /// <summary>Longest name of a passkey, in UTF-16 units.</summary>
    public const int PasskeyNameMaxLength = 40;

    // What a row of organizer_tokens is, in its columns LoginProvider and Name.
    internal const string Authenticator = "authenticator";
    internal const string Recovery = "recovery-code";
    private const string Challenge = "passkey-challenge";
    private const string KeyName = "key";
    private const string LastStepName = "last-step";
    private const string SaltName = "recovery-salt";

    private readonly IDataProtector seal = protection.CreateProtector("key of an authenticator app");

    public async Task<SecondFactorState> ReadAsync(int account, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var hasKey = await db.UserTokens.AnyAsync(
            t => t.UserId == account && t.LoginProvider == Authenticator && t.Name == KeyName, cancellationToken);
        var codes = await db.UserTokens.CountAsync(t => t.UserId == account && t.LoginProvider == Recovery, cancellationToken);
        var passkeys = await db.UserPasskeys.AsNoTracking().Where(p => p.UserId == account).ToListAsync(cancellationToken);
        return new SecondFactorState(hasKey, codes,
            [.. passkeys.OrderBy(p => p.Data.CreatedAt).Select(p => new OwnPasskey(p.CredentialId, p.Data.Name ?? "", p.Data.CreatedAt))]);
    }

    /// <summary>
    /// Whether the code is the app's, now. A code is taken once: its time step is noted, and only later ones are taken from then on,
    /// also where two requests bring it at the same moment.
    /// </summary>
    public async Task<bool> UseCodeAsync(int account, string typed, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var rows = await db.UserTokens.AsNoTracking().Where(t => t.UserId == account && t.LoginProvider == Authenticator)
            .ToDictionaryAsync(t => t.Name, t => t.Value!, cancellationToken);
        if (!rows.TryGetValue(KeyName, out var stored) || Unseal(account, stored) is not { } key
            || TimeBasedCode.FindStep(key, typed, time.GetUtcNow()) is not { } step)
            return false;
        var last = rows[LastStepName];
        return step > long.Parse(last, CultureInfo.InvariantCulture) && await db.UserTokens
            .Where(t => t.UserId == account && t.LoginProvider == Authenticator && t.Name == LastStepName && t.Value == last)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.Value, Text(step)), cancellationToken) == 1;
    }

    /// <summary>Whether it is one of the account's recovery codes, which is spent then, with a line in the audit log.</summary>
    public async Task<bool> UseRecoveryCodeAsync(int account, string typed, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var salt = await db.UserTokens.Where(t => t.UserId == account && t.LoginProvider == Authenticator && t.Name == SaltName)
            .Select(t => t.Value).SingleOrDefaultAsync(cancellationToken);
        if (salt is null || ReadableSecret.Read(typed) is not { } code)
            return false;
        var hash = RecoveryCodes.Hash(code, salt);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.UserTokens.Where(t => t.UserId == account && t.LoginProvider == Recovery && t.Name == hash)
            .ExecuteDeleteAsync(cancellationToken) != 1)
            return false;
        var organizer = await db.Users.SingleAsync(o => o.Id == account, cancellationToken);
        db.Audit(AuditAction.SecondFactorChanged, organizer, AuditReason.RecoveryCodeUsed, by: new(account, organizer.UserName));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Sets up an authenticator app, in place of one that there may be.</summary>
    /// <param name="step">The time step of the code by which the app was tried; that code is spent.</param>
    /// <returns>The recovery codes, where these are the first; else none.</returns>
    public Task<IReadOnlyList<string>> SetAuthenticatorAsync(
        int account, byte[] key, long step, AuditActor by, CancellationToken cancellationToken) =>
        ChangeAsync(account, AuditReason.AuthenticatorSet, by, db =>
        {
            Set(db, account, KeyName, Convert.ToBase64String(seal.Protect(key)));
            Set(db, account, LastStepName, Text(step));
        }, cancellationToken);

    public Task RemoveAuthenticatorAsync(int account, AuditActor by, CancellationToken cancellationToken) =>
        ChangeAsync(account, AuditReason.AuthenticatorRemoved, by, db => db.UserTokens.RemoveRange(
            db.UserTokens.Local.Where(t => t.LoginProvider == Authenticator && t.Name is KeyName or LastStepName).ToList()),
            cancellationToken);

    /// <returns>The new codes; those of before are worth nothing.</returns>
    public Task<IReadOnlyList<string>> RenewRecoveryCodesAsync(int account, AuditActor by, CancellationToken cancellationToken) =>
        ChangeAsync(account, AuditReason.RecoveryCodesRenewed, by, RemoveRecoveryCodes, cancellationToken);

    /// <returns>The recovery codes, where these are the first; else none.</returns>
    public Task<IReadOnlyList<string>> AddPasskeyAsync(
        int account, UserPasskeyInfo passkey, AuditActor by, CancellationToken cancellationToken) =>
        ChangeAsync(account, AuditReason.PasskeyAdded, by, db => db.UserPasskeys.Add(new IdentityUserPasskey<int>
        {
            UserId = account,
            CredentialId = passkey.CredentialId,
            Data = new IdentityPasskeyData
            {
                PublicKey = passkey.PublicKey,
                Name = passkey.Name,
                CreatedAt = time.GetUtcNow(),
                SignCount = passkey.SignCount,
                Transports = passkey.Transports,
                IsUserVerified = passkey.IsUserVerified,
                IsBackupEligible = passkey.IsBackupEligible,
                IsBackedUp = passkey.IsBackedUp,
                AttestationObject = passkey.AttestationObject,
                ClientDataJson = passkey.ClientDataJson,
            },
        }), cancellationToken);

    public Task RemovePasskeyAsync(int account, byte[] id, AuditActor by, CancellationToken cancellationToken) =>
        ChangeAsync(account, AuditReason.PasskeyRemoved, by,
            db => db.UserPasskeys.RemoveRange(db.UserPasskeys.Local.Where(p => p.CredentialId.AsSpan().SequenceEqual(id)).ToList()),
            cancellationToken);

    /// <summary>Takes all of them away: the phone is lost, and so are the recovery codes.</summary>
    public Task ResetAsync(int account, AuditActor by, CancellationToken cancellationToken) =>
        ChangeAsync(account, AuditReason.SecondFactorReset, by, db =>
        {
            db.UserTokens.RemoveRange(db.UserTokens.Local.Where(t => t.LoginProvider == Authenticator && t.Name != SaltName).ToList());
            db.UserPasskeys.RemoveRange(db.UserPasskeys.Local.ToList());
        }, cancellationToken);

    /// <summary>
    /// Spends what a passkey has signed: each challenge is taken once, at whichever node, also where a copied cookie brings it again.
    /// A row of the account keeps it until it would be refused by its age.
    /// </summary>
    /// <param name="account">Whose passkey it is.</param>
    /// <param name="state">What was kept of the challenge, unsealed.</param>
    /// <returns>False where it was spent before.</returns>
    public async Task<bool> SpendChallengeAsync(int account, string state, CancellationToken cancellationToken)
    {
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(state)));
        var now = time.GetUtcNow();
        await using var db = dbFactory.Open();
        var spent = await db.UserTokens.Where(t => t.UserId == account && t.LoginProvider == Challenge).ToListAsync(cancellationToken);
        if (spent.Exists(t => t.Name == hash))
            return false;
        db.UserTokens.RemoveRange(spent.Where(t => long.Parse(t.Value!, CultureInfo.InvariantCulture) < now.UtcTicks));
        db.UserTokens.Add(Row(account, Challenge, hash, Text((now + StepCookies.MaxAge).UtcTicks)));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException twice) when (!StoreFailure.Is(twice))
        {
            return false; // two requests at one moment: the row is the other's
        }
    }

    /// <summary>Notes the counter of an authenticator, by which a copy of it can be told.</summary>
    public async Task NotePasskeyUsedAsync(UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        if (await db.UserPasskeys.SingleOrDefaultAsync(p => p.CredentialId == passkey.CredentialId, cancellationToken) is not { } stored)
            return;
        (stored.Data.SignCount, stored.Data.IsBackedUp) = (passkey.SignCount, passkey.IsBackedUp);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Changes the account's rows, and with them whatever follows from it, in one transaction.</summary>
    private async Task<IReadOnlyList<string>> ChangeAsync(
        int account, AuditReason what, AuditActor by, Action<CampaignDb> change, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var organizer = await db.Users.SingleAsync(o => o.Id == account, cancellationToken);
        await db.UserTokens.Where(t => t.UserId == account && (t.LoginProvider == Authenticator || t.LoginProvider == Recovery))
            .LoadAsync(cancellationToken);
        await db.UserPasskeys.Where(p => p.UserId == account).LoadAsync(cancellationToken);
        change(db);
        var had = organizer.TwoFactorEnabled;
        organizer.TwoFactorEnabled = db.UserPasskeys.Local.Count > 0
            || db.UserTokens.Local.Any(t => t.LoginProvider == Authenticator && t.Name == KeyName);
        IReadOnlyList<string> codes = [];
        if (!organizer.TwoFactorEnabled)
            RemoveRecoveryCodes(db);
        else if (!had || what == AuditReason.RecoveryCodesRenewed)
            codes = AddRecoveryCodes(db, account);
        organizer.SecurityStamp = Guid.NewGuid().ToString();
        organizer.ConcurrencyStamp = Guid.NewGuid().ToString();
        db.Audit(AuditAction.SecondFactorChanged, organizer, what, by: by);
        await db.SaveChangesAsync(cancellationToken);
        LogChanged(account, what);
        return codes;
    }

    private IReadOnlyList<string> AddRecoveryCodes(CampaignDb db, int account)
    {
        var (codes, salt) = (RecoveryCodes.New(), RecoveryCodes.NewSalt(hasher.Value.IterationCount));
        Set(db, account, SaltName, salt);
        foreach (var code in codes)
            db.UserTokens.Add(Row(account, Recovery, RecoveryCodes.Hash(code, salt), null));
        return codes;
    }

    private static void RemoveRecoveryCodes(CampaignDb db) => db.UserTokens.RemoveRange(
        db.UserTokens.Local.Where(t => t.LoginProvider == Recovery || t is { LoginProvider: Authenticator, Name: SaltName }).ToList());

    private static void Set(CampaignDb db, int account, string name, string value)
    {
        // A row that was just removed cannot be added again beside itself.
        var known = db.ChangeTracker.Entries<IdentityUserToken<int>>()
            .SingleOrDefault(t => t.Entity.LoginProvider == Authenticator && t.Entity.Name == name);
        if (known is null)
            db.UserTokens.Add(Row(account, Authenticator, name, value));
        else
            (known.State, known.Entity.Value) = (EntityState.Modified, value);
    }

    private static IdentityUserToken<int> Row(int account, string provider, string name, string? value) =>
        new() { UserId = account, LoginProvider = provider, Name = name, Value = value };

    /// <summary>Null where the keys of data protection are not those by which it was sealed: see docs/operations.md.</summary>
    private byte[]? Unseal(int account, string stored)
    {
        try
        {
            return seal.Unprotect(Convert.FromBase64String(stored));
        }
        catch (CryptographicException)
        {
            LogKeyUnreadable(account);
            return null;
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    [LoggerMessage(1825, LogLevel.Information, "The second factor of account {AccountId} was changed: {Change}")]
    private partial void LogChanged(int accountId, AuditReason change);

    [LoggerMessage(1826, LogLevel.Warning,
        "The authenticator key of account {AccountId} cannot be read: it was sealed by keys that this program does not have")]
    private partial void LogKeyUnreadable(int accountId);
}
