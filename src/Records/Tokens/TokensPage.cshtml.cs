using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Tokens;

/// <summary>How a token stands.</summary>
public enum TokenState
{
    Valid,
    Expired,
    Revoked,

    /// <summary>The account that made it may no longer administer there.</summary>
    MakerGone,
}

/// <summary>
/// The tokens by which other programs read by the API: made, listed and revoked by an administrator. A new one is shown once and kept
/// nowhere.
/// </summary>
[Authorize(Policy = Policies.Administer)]
public sealed class TokensPage(DeskPageDependencies desk, TimeProvider time, IStringLocalizer<TokensText> localizer) : DeskPageModel(desk)
{
    /// <summary>Offered in the form: a school year.</summary>
    private const int UsualDays = 365;

    private const string NewSecretKey = "ApiToken";

    public sealed record Row(
        int Id, string Name, string Organization, ApiScopes Scopes, string? By, DateTimeOffset Until, DateTimeOffset? LastUsedAt,
        DateTimeOffset? RevokedAt, TokenState State);

    public sealed record TokenForm
    {
        /// <summary>Whom it is for.</summary>
        public string? Name { get; init; }

        public int OrganizationId { get; init; }

        public bool Counts { get; init; }

        public bool Lists { get; init; }

        /// <summary>The last day.</summary>
        public string? Until { get; init; }
    }

    [BindProperty]
    public TokenForm Form { get; set; } = new();

    /// <summary>The account's organization and those below it.</summary>
    public IReadOnlyList<TreeRow> Choices { get; private set; } = [];

    /// <summary>The newest first.</summary>
    public IReadOnlyList<Row> Tokens { get; private set; } = [];

    /// <summary>The token just made. It comes with the redirect after the press, in the encrypted temp-data cookie.</summary>
    public string? ShownOnce { get; private set; }

    public async Task OnGetAsync()
    {
        ShownOnce = TempData[NewSecretKey] as string;
        await ShowAsync();
        Form = new TokenForm
        {
            OrganizationId = Choices[0].Id,
            Counts = true,
            Until = Today.AddDays(UsualDays).ToString(FormReader.DayFormat, CultureInfo.InvariantCulture),
        };
    }

    public async Task<IActionResult> OnPostNewAsync()
    {
        await ShowAsync();
        var read = Reader(localizer, nameof(Form), "Field");
        var name = read.Line(nameof(Form.Name), Form.Name, ApiToken.NameMaxLength);
        var until = read.Day(nameof(Form.Until), Form.Until);
        if (until < Today || until > Today.AddDays(ApiToken.MaxDays))
            read.Refuse(nameof(Form.Until), "NotBetween", Today, Today.AddDays(ApiToken.MaxDays));
        var scopes = (Form.Counts ? ApiScopes.Counts : 0) | (Form.Lists ? ApiScopes.Lists : 0);
        if (scopes == ApiScopes.None)
            read.Refuse(nameof(Form.Counts), "NoScope");
        var organization = Choices.Any(row => row.Id == Form.OrganizationId) ? await Db.Organizations.FindAsync(Form.OrganizationId) : null;
        if (organization is null)
            read.Missing(nameof(Form.OrganizationId));
        if (!ModelState.IsValid || until is not { } last || organization is null)
            return Page();
        var secret = ApiToken.NewSecret();
        Db.ApiTokens.Add(new ApiToken(organization, name, LinkSecret.HashOf(secret), scopes, User.AccountId(), time.GetUtcNow(),
            last.AddDays(1).BeginsIn(CampaignEvent.DefaultZone)));
        var line = Db.Audit(AuditAction.ApiTokenCreated, organization);
        (line.Subject, line.Detail) = (name, $"{scopes}");
        await Db.SaveChangesAsync();
        TempData[NewSecretKey] = secret;
        return Redirect(DeskRoutes.Tokens);
    }

    public async Task<IActionResult> OnPostRevokeAsync(int token)
    {
        if (await Db.ApiTokens.Include(t => t.Organization).SingleOrDefaultAsync(t => t.Id == token) is { RevokedAt: null } found)
        {
            found.Revoke(time.GetUtcNow());
            Db.Audit(AuditAction.ApiTokenRevoked, found.Organization).Subject = found.Name;
            await Db.SaveChangesAsync();
            Done = localizer["Done.Revoked", found.Name];
        }
        return Redirect(DeskRoutes.Tokens);
    }

    /// <summary>The last day of a token, for reading.</summary>
    public static DateOnly LastDayOf(DateTimeOffset until) => until.AddTicks(-1).DayIn(CampaignEvent.DefaultZone);

    private async Task ShowAsync()
    {
        Choices = await Db.ReadTreeAsync(HttpContext.RequestAborted);
        var now = time.GetUtcNow();
        // Of a maker above this account's access scope the name is not told.
        var tokens = await (
            from token in Db.ApiTokens.AsNoTracking()
            orderby token.Id descending
            select new
            {
                Token = token,
                Organization = token.Organization.Name,
                By = Db.OrganizersInScope.Where(o => o.Id == token.CreatedBy).Select(o => o.UserName).FirstOrDefault(),
            }).ToListAsync(HttpContext.RequestAborted);
        var shown = tokens.ConvertAll(of => of.Token.Id);
        var held = await ApiTokens.HeldByMaker(Db, now).Where(id => shown.Contains(id)).ToHashSetAsync(HttpContext.RequestAborted);
        Tokens = [.. tokens.Select(of => new Row(of.Token.Id, of.Token.Name, of.Organization, of.Token.Scopes, of.By, of.Token.Until,
            of.Token.LastUsedAt, of.Token.RevokedAt, StateOf(of.Token, held.Contains(of.Token.Id), now)))];
    }

    private static TokenState StateOf(ApiToken token, bool makerMay, DateTimeOffset now) =>
        token.RevokedAt is not null ? TokenState.Revoked
        : token.Until <= now ? TokenState.Expired
        : makerMay ? TokenState.Valid : TokenState.MakerGone;

    private DateOnly Today => time.GetUtcNow().DayIn(CampaignEvent.DefaultZone);
}
