using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Audit;

/// <summary>The audit log of the account's subtree, the newest line first.</summary>
[Authorize(Policy = Policies.Administer)]
public sealed class AuditPage(CampaignDb db, AuditLog audit, AuditWording wording) : PageModel
{
    private const int OnOnePage = 50;

    [BindProperty(SupportsGet = true, Name = "")]
    public AuditFilter Filter { get; set; } = new();

    /// <summary>The last line of the page before.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Before { get; set; }

    /// <summary>Walk the whole chain and say whether it is as it was written.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Check { get; set; }

    public IReadOnlyList<AuditEntry> Lines { get; private set; } = [];

    /// <summary>There are older lines than the last one shown.</summary>
    public bool HasOlder { get; private set; }

    /// <summary>Titles by code, of the events within the access scope.</summary>
    public IReadOnlyDictionary<string, string> Events { get; private set; } = new Dictionary<string, string>();

    /// <summary>Classes by id, of the schools within the access scope.</summary>
    public IReadOnlyDictionary<int, Campaigns.ClassGroup> Classes { get; private set; } = new Dictionary<int, Campaigns.ClassGroup>();

    /// <summary>What the check found; null where none was asked for.</summary>
    public AuditCheck? Found { get; private set; }

    public AuditWording Wording => wording;

    public int KeepDays => audit.KeepDays;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        if (Check)
            Found = await audit.VerifyAsync(cancellationToken);
        var lines = await Filter.Of(db.AuditEntries.AsNoTracking()).Where(a => a.Sequence < (Before ?? long.MaxValue))
            .Take(OnOnePage + 1).ToListAsync(cancellationToken);
        HasOlder = lines.Count > OnOnePage;
        Lines = lines[..Math.Min(OnOnePage, lines.Count)];
        var codes = Lines.Select(a => a.EventCode).Distinct().ToList();
        Events = await db.Events.AsNoTracking().Where(e => codes.Contains(e.Code))
            .ToDictionaryAsync(e => e.Code, e => e.LocalizedTitle(), cancellationToken);
        var classes = Lines.Select(a => a.ClassId).Distinct().ToList();
        Classes = await db.Classes.AsNoTracking().Include(c => c.School).Where(c => classes.Contains(c.Id))
            .ToDictionaryAsync(c => c.Id, cancellationToken);
    }
}
