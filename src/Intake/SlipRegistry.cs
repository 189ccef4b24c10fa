using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Intake;

/// <summary>What a take-home slip opens.</summary>
public enum SlipState
{
    /// <summary>The pupil's family signs with it, as long as the event takes signatures.</summary>
    Open,

    /// <summary>A family has signed with it.</summary>
    Used,

    /// <summary>Another was issued in its place, the school has ended it, or the pupil has left the class.</summary>
    Ended,

    /// <summary>No slip has the code.</summary>
    Unknown,
}

/// <summary>A slip and the pupil whose it is, whose name it does not tell.</summary>
/// <param name="Id">See <see cref="Slip.Id"/>.</param>
/// <param name="EventId">The event.</param>
/// <param name="Entry">See <see cref="RosterEntry.Id"/>.</param>
/// <param name="ClassId">Where the pupil belongs now.</param>
/// <param name="Seat">Null where the school gives none.</param>
/// <param name="UsedAt">UTC: when a family signed with it; null before.</param>
/// <param name="IsEnded">See <see cref="SlipState.Ended"/>.</param>
/// <param name="StudentTextId">See <see cref="Slip.StudentTextId"/>.</param>
/// <param name="GuardianTextId">See <see cref="Slip.GuardianTextId"/>.</param>
/// <param name="Consent">See <see cref="Slip.Consent"/>.</param>
public sealed record FoundSlip(int Id, int EventId, int Entry, int ClassId, int? Seat, DateTimeOffset? UsedAt, bool IsEnded,
    int? StudentTextId, int? GuardianTextId, ShownConsent? Consent)
{
    /// <summary>Ended goes before used: the school may end one that somebody else had used.</summary>
    public SlipState State => IsEnded ? SlipState.Ended : UsedAt is null ? SlipState.Open : SlipState.Used;
}

/// <summary>
/// The codes of take-home slips: makes them, reads them back to be printed again, finds the slip of one. A code is random and stored twice:
/// as a hash, to find the slip by, and encrypted under the key ring that the program has already, which its nodes share and its backups
/// hold. A key of its own, from which codes were computed, would be a second secret to share, to back up and to change.
/// </summary>
/// <param name="gate">Reads for whoever has no account.</param>
/// <param name="dbFactory">Notes that a slip was used.</param>
/// <param name="rosters">Tells who has signed.</param>
/// <param name="protection">The key ring.</param>
/// <param name="time">By which it was used.</param>
public sealed class SlipRegistry(
    StoreGate gate, CampaignDbFactory dbFactory, RosterLookup rosters, IDataProtectionProvider protection, TimeProvider time)
{
    private readonly IDataProtector protector = protection.CreateProtector("code of a take-home slip");

    /// <summary>A slip with a code of its own and the texts that are in force, to be added to the store.</summary>
    /// <param name="e">The event.</param>
    /// <param name="entry">The pupil.</param>
    /// <param name="consent">The guardian's consent as it is printed on it; null where none is.</param>
    public Slip New(PublishedEvent e, int entry, ShownConsent? consent)
    {
        var code = SlipCode.New();
        return new Slip(e.Id, entry, LinkSecret.HashOf(code), protector.Protect(code), e.TextFor(SignerRole.Student)?.Id,
            e.TextFor(SignerRole.Guardian)?.Id, time.GetUtcNow(), consent);
    }

    /// <summary>
    /// The code to be printed again; null where the keys of then are gone, as after restoring a database without its keys.
    /// </summary>
    public string? CodeOf(Slip slip)
    {
        try
        {
            return protector.Unprotect(slip.ProtectedCode);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The slip of a code as typed; null where none has it.</summary>
    /// <param name="typed">The code.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<FoundSlip?> FindAsync(string? typed, CancellationToken cancellationToken)
    {
        if (!SlipCode.TryParse(typed, out var code))
            return null;
        var hash = LinkSecret.HashOf(code);
        return await gate.ReadAsync((db, cancelled) => (
            from slip in db.Slips.AsNoTracking()
            where slip.CodeHash == hash
            join pupil in db.Roster on slip.RosterEntryId equals pupil.Id
            select new FoundSlip(slip.Id, slip.EventId, pupil.Id, pupil.ClassId, pupil.Seat, slip.UsedAt,
                slip.RevokedAt != null || pupil.LeftAt != null, slip.StudentTextId, slip.GuardianTextId,
                ShownConsent.Kept(slip.RulesVersion, slip.ConsentHash)))
            .SingleOrDefaultAsync(cancelled), cancellationToken);
    }

    /// <summary>Whether the pupil itself has signed at the event, through any channel.</summary>
    public Task<bool> HasChildSignedAsync(FoundSlip slip, CancellationToken cancellationToken) =>
        rosters.HasSignedAsync(slip.EventId, slip.Entry, cancellationToken);

    /// <summary>A family has signed with it.</summary>
    internal async Task UseAsync(int slipId)
    {
        await using var db = dbFactory.Open();
        var now = (DateTimeOffset?)time.GetUtcNow();
        await db.Slips.Where(slip => slip.Id == slipId && slip.UsedAt == null)
            .ExecuteUpdateAsync(slip => slip.SetProperty(s => s.UsedAt, now), CancellationToken.None);
    }
}
