using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Ledger;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Events.Review;

/// <summary>What an organizer decided in one go, of one signing or of many.</summary>
/// <param name="Last">The place of its last part in the ledger.</param>
/// <param name="Signings">How many signings it was about.</param>
/// <param name="People">How many people came to the count by it; negative where they left.</param>
/// <param name="First">The first pledge it was about.</param>
public sealed record Decision(LedgerActKind Kind, DateTimeOffset At, int? By, long Last, int Signings, int People, long? First);

/// <summary>What organizers have decided, newest first, who and when; each is taken back here in one go.</summary>
[Authorize(Policy = Policies.ReadNames)]
[AuthorizeChanges(Policies.Organize)]
public sealed class ActsPage(
    DeskPageDependencies desk, ReviewStore store, PledgeLedger ledger, IStringLocalizer<ReviewText> reviewLocalizer)
    : ReviewPageModel(desk, store)
{
    private const int OnOnePage = 50;

    private static readonly LedgerActKind[] Kinds = [LedgerActKind.Merged, LedgerActKind.Separated, LedgerActKind.Invalidated,
        LedgerActKind.Reinstated];

    public IReadOnlyList<Decision> Decisions { get; private set; } = [];

    /// <summary>Account names by id, of those within the access scope.</summary>
    public IReadOnlyDictionary<int, string?> Accounts { get; private set; } = new Dictionary<int, string?>();

    /// <summary>The pledges that decisions were about, by their place.</summary>
    public IReadOnlyDictionary<long, SignedPledge> Pledges { get; private set; } = new Dictionary<long, SignedPledge>();

    /// <summary>The places of decisions that still hold and can be taken back.</summary>
    public IReadOnlySet<long> Holding { get; private set; } = new HashSet<long>();

    public long? Next { get; private set; }

    public async Task OnGetAsync(long? before)
    {
        await LoadAsync();
        await using var store = OpenStore();
        var found = await Here(store).GroupBy(a => new { a.Kind, a.At, a.By })
            .Where(g => g.Max(a => a.Sequence) < (before ?? long.MaxValue)).OrderByDescending(g => g.Max(a => a.Sequence))
            .Take(OnOnePage + 1)
            .Select(g => new Decision(g.Key.Kind, g.Key.At, g.Key.By, g.Max(a => a.Sequence), g.Count(), -g.Sum(a => a.People),
                g.Min(a => a.Subject)))
            .ToListAsync();
        Decisions = [.. found.Take(OnOnePage)];
        Next = found.Count > OnOnePage ? Decisions[^1].Last : null;
        var accounts = Decisions.Select(d => d.By).Distinct().ToList();
        Accounts = await Db.OrganizersInScope.Where(o => accounts.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.UserName);
        var firsts = Decisions.Select(d => d.First).ToList();
        Pledges = await SignedPledge.Select(store.Pledges.Where(p => firsts.Contains(p.Sequence) && p.EventId == Event.Id))
            .ToDictionaryAsync(p => p.Sequence);
        Holding = await HoldingAsync(store);
        await NoteNamesShownAsync(AuditReason.Decisions,
            [.. Decisions.Where(d => d.Signings == 1).Select(d => Pledges.GetValueOrDefault(d.First ?? 0)).OfType<SignedPledge>()]);
    }

    public async Task<IActionResult> OnPostAsync(long act)
    {
        List<long> subjects;
        LedgerActKind kind;
        await using (var store = OpenStore())
        {
            if (await Here(store).SingleOrDefaultAsync(a => a.Sequence == act) is not { } last)
                return NotFound();
            kind = last.Kind;
            subjects = await Here(store).Where(a => a.Kind == last.Kind && a.At == last.At && a.By == last.By && a.Subject != null)
                .Select(a => a.Subject!.Value).ToListAsync();
        }
        var done = kind switch
        {
            LedgerActKind.Invalidated => await ledger.ReinstateAsync(subjects, By, AuditLine(AuditAction.PledgesReinstated)),
            LedgerActKind.Merged => await ledger.SeparateAsync(subjects[0], By, AuditLine(AuditAction.PledgesSeparated, count: 1)) ? 1 : 0,
            _ => 0,
        };
        return Said(reviewLocalizer[done > 0 ? "Done.Undone" : "Done.Nothing"], "/acts");
    }

    private IQueryable<LedgerAct> Here(CampaignDb store) =>
        store.Acts.AsNoTracking().Where(a => a.EventId == Event.Id && Kinds.Contains(a.Kind));

    private async Task<HashSet<long>> HoldingAsync(CampaignDb store)
    {
        var times = Decisions.Where(d => d.Kind == LedgerActKind.Invalidated).Select(d => d.At).ToList();
        var stillOut = await (from a in Here(store)
                              join p in store.Pledges on a.Subject equals p.Sequence
                              where a.Kind == LedgerActKind.Invalidated && times.Contains(a.At) && p.InvalidatedAt == a.At
                              select a.At).Distinct().ToListAsync();
        return [.. Decisions.Where(d => d.Kind switch
        {
            LedgerActKind.Invalidated => stillOut.Contains(d.At),
            // Only the latest: what was separated and merged again is taken back there.
            LedgerActKind.Merged => Pledges.GetValueOrDefault(d.First ?? 0) is { Stands: true, CountedWith: not null }
                && Decisions.First(other => other.Kind == LedgerActKind.Merged && other.First == d.First) == d,
            _ => false,
        }).Select(d => d.Last)];
    }
}
