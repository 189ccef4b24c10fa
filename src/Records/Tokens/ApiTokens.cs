using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Tokens;

/// <summary>The token of a request, found to hold.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Name">Whom it is for.</param>
/// <param name="Scopes">What it may read.</param>
/// <param name="AccessScope">What it reaches, for the account that made it; it writes nothing.</param>
public sealed record TokenInUse(int Id, string Name, ApiScopes Scopes, AccessScope AccessScope);

/// <summary>Finds tokens by their hash, and notes when they were used.</summary>
public sealed class ApiTokens(CampaignDbFactory dbFactory, ClockCheck clock)
{
    /// <summary>Between two notes of the use of one token.</summary>
    private static readonly TimeSpan NoteEvery = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The tokens whose makers may still administer where they reach: removed, suspended, demoted and moved accounts end theirs. It sees
    /// everything, whatever the context's access scope is, since a maker may stand above it.
    /// </summary>
    internal static IQueryable<int> HeldByMaker(CampaignDb db, DateTimeOffset now) =>
        from token in db.ApiTokens.IgnoreQueryFilters()
        join maker in db.Users on token.CreatedBy equals maker.Id
        where maker.Role == OrganizerRole.Administrator && (maker.LockoutEnd == null || maker.LockoutEnd <= now)
            && token.Organization.Path.StartsWith(maker.Organization.Path)
        select token.Id;

    /// <returns>The token, or why it opens nothing.</returns>
    public async Task<(TokenInUse? Token, Problem? Refusal)> FindAsync(string secret, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var (hash, now) = (LinkSecret.HashOf(secret), clock.Latest);
        var held = HeldByMaker(db, now);
        var found = await (
            from token in db.ApiTokens.AsNoTracking().Where(t => t.SecretHash == hash)
            select new
            {
                token.Id,
                token.Name,
                token.Scopes,
                token.Until,
                token.RevokedAt,
                token.LastUsedAt,
                token.Organization.Path,
                MakerId = token.CreatedBy,
                MakerName = db.Users.Where(o => o.Id == token.CreatedBy).Select(o => o.UserName).FirstOrDefault(),
                MakerMay = held.Contains(token.Id),
            }).SingleOrDefaultAsync(cancellationToken);
        switch (found)
        {
            case null:
                return (null, Problem.TokenUnknown);
            case { RevokedAt: not null }:
                return (null, Problem.TokenRevoked);
            case { MakerMay: false }:
                return (null, Problem.TokenMakerGone);
            case { Until: var until } when until <= now:
                return (null, Problem.TokenExpired(TimeZoneInfo.ConvertTime(until.AddTicks(-1),
                    TimeZoneInfo.FindSystemTimeZoneById(CampaignEvent.DefaultZone))));
        }
        if (found.LastUsedAt is not { } last || now - last >= NoteEvery)
            await db.ApiTokens.Where(t => t.Id == found.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.LastUsedAt, now), cancellationToken);
        return (new TokenInUse(found.Id, found.Name, found.Scopes,
            new AccessScope(found.Path, MayWrite: false, found.MakerId, found.MakerName)), null);
    }
}
