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

/// <summary>
/// Signings that look made by a program: shown with the reasons, taken out one by one or all at once, brought back likewise; or found to
/// be people's.
/// </summary>
[Authorize(Policy = Policies.ReadNames)]
[AuthorizeChanges(Policies.Organize)]
public sealed class SuspiciousPage(
    DeskPageDependencies desk, ReviewStore store, PledgeLedger ledger, IStringLocalizer<ReviewText> reviewLocalizer)
    : ReviewPageModel(desk, store)
{
    private const int OnOnePage = 30;

    /// <summary>Those found to be people's, instead of those to look through.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Genuine { get; set; }

    /// <summary>How many were found to be people's.</summary>
    public int GenuineOnes { get; private set; }

    /// <summary>All that look made by a program, still count and were not found genuine; or those that were.</summary>
    public IReadOnlyList<Suspect> Suspects { get; private set; } = [];

    /// <summary>How many the count would lose with them.</summary>
    public int PeopleOfThem { get; private set; }

    /// <summary>Those on this page, in full.</summary>
    public IReadOnlyList<(Suspect Suspect, Signing Signing)> Shown { get; private set; } = [];

    public long? Next { get; private set; }

    /// <summary>How many are to be looked through.</summary>
    public int OpenOnes { get; private set; }

    public async Task OnGetAsync(long? after)
    {
        await LoadAsync();
        await using var store = OpenStore();
        await FindAsync(store, long.MaxValue);
        var page = Suspects.Where(s => s.Request > (after ?? 0)).Take(OnOnePage).ToList();
        Next = page.Count > 0 && page[^1].Request < Suspects[^1].Request ? page[^1].Request : null;
        var signings = await Signing.ReadAsync(store, Store.Sequences, Event.Id, [.. page.Select(s => s.Request)]);
        Shown = [.. page.Where(s => signings.ContainsKey(s.Request)).Select(s => (s, signings[s.Request]))];
        await NoteNamesShownAsync(AuditReason.Suspicious, [.. Shown.SelectMany(shown => shown.Signing.Pledges)]);
    }

    /// <summary>Takes out exactly what the organizer has seen: those up to a place, if they are still as many.</summary>
    public async Task<IActionResult> OnPostAsync(long upTo, int seen)
    {
        await using (var store = OpenStore())
            await FindAsync(store, upTo);
        if (Suspects.Count == 0 || Suspects.Count != seen)
        {
            await OnGetAsync(null);
            ModelState.AddModelError("", reviewLocalizer["Error.Changed"]);
            return Page();
        }
        var done = await ledger.InvalidateAsync(
            [.. Suspects.Select(s => s.Request)], By, AuditLine(AuditAction.PledgesInvalidated, AuditReason.Suspicious));
        return Said(reviewLocalizer[done == 1 ? "Done.AllInvalidated.One" : "Done.AllInvalidated", done], "/suspicious");
    }

    public async Task<IActionResult> OnPostInvalidateAsync(long request)
    {
        if (!await AreHereAsync(request))
            return NotFound();
        var done = await ledger.InvalidateAsync([request], By, AuditLine(AuditAction.PledgesInvalidated, AuditReason.Suspicious));
        return Said(reviewLocalizer[done > 0 ? "Done.OneInvalidated" : "Done.Nothing"], "/suspicious");
    }

    public Task<IActionResult> OnPostGenuineAsync(long request) => MarkAsync(request, isGenuine: true);

    public Task<IActionResult> OnPostSuspectAsync(long request) => MarkAsync(request, isGenuine: false);

    private async Task<IActionResult> MarkAsync(long request, bool isGenuine)
    {
        if (!await AreHereAsync(request))
            return NotFound();
        await Store.MarkAsync(Event.Id, request, isGenuine, User.Actor());
        return Said(reviewLocalizer[isGenuine ? "Done.Genuine" : "Done.Suspect"], "/suspicious" + (isGenuine ? "" : "?genuine=true"));
    }

    private async Task FindAsync(CampaignDb store, long upTo)
    {
        var all = (await Suspicions.FindAsync(store, Store.Sequences, Event.Id)).Where(s => s.Stands && s.Request <= upTo).ToList();
        GenuineOnes = all.Count(s => s.IsGenuine);
        OpenOnes = all.Count - GenuineOnes;
        Suspects = [.. all.Where(s => s.IsGenuine == Genuine)];
        var theirs = Suspects.SelectMany(s => s.Pledges).ToDictionary(p => p.Sequence);
        // A child whose other parent signed as well stays in the count with that signing.
        var others = await SignedPledge.Of(store, Store.Sequences, Event.Id).Where(CountingRule.ValidPledge)
            .Where(p => p.CountedWith != null).Select(p => new { p.Sequence, p.CountedWith }).ToListAsync();
        var heirs = others.Where(p => !theirs.ContainsKey(p.Sequence)).Select(p => p.CountedWith!.Value).ToHashSet();
        PeopleOfThem = theirs.Values.Count(p => p.Counts && !heirs.Contains(p.Sequence));
    }
}
