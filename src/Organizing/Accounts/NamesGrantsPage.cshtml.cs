using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Accounts;

/// <summary>Where an observer may see names and until when: given and ended by an administrator.</summary>
[Authorize(Policy = Policies.Administer)]
public sealed class NamesGrantsPage(DeskPageDependencies desk, TimeProvider time, IStringLocalizer<OrganizingText> localizer)
    : DeskPageModel(desk)
{
    /// <summary>Offered in the form.</summary>
    public const int UsualDays = 30;

    public sealed record GrantForm
    {
        public int OrganizationId { get; init; }

        /// <summary>The last day of the right.</summary>
        public string? Until { get; init; }
    }

    public Organizer Account { get; private set; } = null!;

    /// <summary>Organizers and administrators see names without it.</summary>
    public bool IsObserver => Account.Role == OrganizerRole.Observer;

    /// <summary>The observer's organization and those below it.</summary>
    public IReadOnlyList<TreeRow> Choices { get; private set; } = [];

    /// <summary>Those that hold now, the one that ends first coming first.</summary>
    public IReadOnlyList<NamesGrant> Grants { get; private set; } = [];

    [BindProperty]
    public GrantForm Form { get; set; } = new();

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var id = int.Parse((string)RouteData.Values["id"]!, CultureInfo.InvariantCulture);
        if (await Db.OrganizersInScope.Include(o => o.Organization).SingleOrDefaultAsync(o => o.Id == id) is not { } found)
        {
            context.Result = NotFound();
            return;
        }
        Account = found;
        var now = time.GetUtcNow();
        Grants = await Db.NamesGrants.Include(g => g.Organization)
            .Where(g => g.OrganizerId == id && g.RevokedAt == null && g.Until > now).OrderBy(g => g.Until).ToListAsync();
        var below = await Db.Organizations.Where(o => o.Path.StartsWith(Account.Organization.Path)).Select(o => o.Id).ToListAsync();
        Choices = [.. (await Db.ReadTreeAsync()).Where(row => below.Contains(row.Id))];
        await next();
    }

    public void OnGet() => Form = new GrantForm
    {
        OrganizationId = Account.OrganizationId,
        Until = Today.AddDays(UsualDays).ToString(FormReader.DayFormat, CultureInfo.InvariantCulture),
    };

    public async Task<IActionResult> OnPostAsync()
    {
        if (!IsObserver)
            return NotFound();
        var read = Reader(localizer, nameof(Form), "NamesGrants");
        var until = read.Day(nameof(Form.Until), Form.Until);
        if (until < Today || until > Today.AddDays(NamesGrant.MaxDays))
            read.Refuse(nameof(Form.Until), "NamesGrants.NotBetween", Today, Today.AddDays(NamesGrant.MaxDays));
        var organization = Choices.Any(row => row.Id == Form.OrganizationId) ? await Db.Organizations.FindAsync(Form.OrganizationId) : null;
        if (organization is null)
            read.Missing(nameof(Form.OrganizationId));
        if (!ModelState.IsValid || until is not { } last || organization is null)
            return Page();
        foreach (var replaced in Grants.Where(g => g.OrganizationId == organization.Id))
        {
            replaced.Revoke(time.GetUtcNow());
            Db.Audit(AuditAction.NamesRevoked, organization).Subject = Account.UserName;
        }
        Db.NamesGrants.Add(new NamesGrant(Account, organization, User.AccountId(), time.GetUtcNow(),
            last.AddDays(1).BeginsIn(CampaignEvent.DefaultZone)));
        var line = Db.Audit(AuditAction.NamesGranted, organization);
        (line.Subject, line.Detail) = (Account.UserName, last.ToString(FormReader.DayFormat, CultureInfo.InvariantCulture));
        await Db.SaveChangesAsync();
        Done = localizer["NamesGrants.Done", organization.LocalizedName(), last];
        return Redirect(DeskRoutes.NamesGrants(Account.Id));
    }

    public async Task<IActionResult> OnPostRevokeAsync(int grant)
    {
        if (Grants.SingleOrDefault(g => g.Id == grant) is { } found)
        {
            found.Revoke(time.GetUtcNow());
            Db.Audit(AuditAction.NamesRevoked, found.Organization).Subject = Account.UserName;
            await Db.SaveChangesAsync();
            Done = localizer["NamesGrants.Revoked", found.Organization.LocalizedName()];
        }
        return Redirect(DeskRoutes.NamesGrants(Account.Id));
    }

    /// <summary>The last day of a right, for reading.</summary>
    public static DateOnly LastDayOf(NamesGrant grant) => grant.Until.AddTicks(-1).DayIn(CampaignEvent.DefaultZone);

    private DateOnly Today => time.GetUtcNow().DayIn(CampaignEvent.DefaultZone);
}
