using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Desk;
using SafetyCampaign.Ledger;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Events.Review;

/// <summary>
/// Likely duplicates side by side, for an organizer to count them once or apart. Nothing is deleted, everything can be taken
/// back.
/// </summary>
[Authorize(Policy = Policies.ReadNames)]
[AuthorizeChanges(Policies.Organize)]
public sealed class DuplicatesPage(
    DeskPageDependencies desk, ReviewStore store, PledgeLedger ledger, IStringLocalizer<ReviewText> reviewLocalizer)
    : ReviewPageModel(desk, store)
{
    private const int OnOnePage = 20;

    /// <summary>Those counted once, instead of those that are still counted apart.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Once { get; set; }

    public int OpenOnes { get; private set; }
    public int CountedOnce { get; private set; }
    public IReadOnlyList<Likeness> Groups { get; private set; } = [];
    public IReadOnlyDictionary<long, Signing> Signings { get; private set; } = new Dictionary<long, Signing>();

    /// <summary>Names that certificates cannot show as they are; the first page tells them.</summary>
    public IReadOnlyList<UndrawableName> Undrawable { get; private set; } = [];

    /// <summary>Where the next page begins; null on the last.</summary>
    public long? Next { get; private set; }

    public async Task OnGetAsync(long? after)
    {
        await LoadAsync();
        await using var store = OpenStore();
        var all = await Duplicates.FindAsync(store, Store.Sequences, Public);
        Undrawable = after is null && !Once ? await UndrawableNames.FindAsync(store, Store.Sequences, Event.Id) : [];
        OpenOnes = all.Count(group => group.IsOpen);
        CountedOnce = all.Count - OpenOnes;
        var shown = all.Where(group => group.IsOpen != Once).ToList();
        var start = shown.FindIndex(group => group.Key == after) + 1;
        Groups = shown.GetRange(start, Math.Min(OnOnePage, shown.Count - start));
        Next = start + Groups.Count < shown.Count ? Groups[^1].Key : null;
        Signings = await Signing.ReadAsync(store, Store.Sequences, Event.Id,
            [.. Groups.SelectMany(group => group.Pledges).Select(p => p.Request).Distinct()]);
        await NoteNamesShownAsync(AuditReason.Duplicates, [.. Signings.Values.SelectMany(signing => signing.Pledges)]);
    }

    public async Task<IActionResult> OnPostMergeAsync(long pledge, long with)
    {
        if (!await AreHereAsync(pledge, with))
            return NotFound();
        var done = await ledger.MergeAsync(pledge, with, By, AuditLine(AuditAction.PledgesMerged, count: 1));
        if (done)
            await MergeSameGuardianAsync(pledge, with);
        return Answer(done, "Done.Merged");
    }

    public async Task<IActionResult> OnPostSeparateAsync(long pledge) =>
        await AreHereAsync(pledge)
            ? Answer(await ledger.SeparateAsync(pledge, By, AuditLine(AuditAction.PledgesSeparated, count: 1)), "Done.Separated")
            : NotFound();

    public async Task<IActionResult> OnPostInvalidateAsync(long request) =>
        await AreHereAsync(request)
            ? Answer(await ledger.InvalidateAsync([request], By, AuditLine(AuditAction.PledgesInvalidated)) > 0, "Done.Invalidated")
            : NotFound();

    public async Task<IActionResult> OnPostReinstateAsync(long request) =>
        await AreHereAsync(request)
            ? Answer(await ledger.ReinstateAsync([request], By, AuditLine(AuditAction.PledgesReinstated)) > 0, "Done.Reinstated")
            : NotFound();

    /// <summary>
    /// The guardian who signed first with the child of a group, counts, and may be the one asked about: a mother is not proposed as a
    /// father. Null where there is none.
    /// </summary>
    public SignedPledge? FirstGuardian(Likeness group, SignedPledge asked) => group.Pledges.SelectMany(p => Signings[p.Request].Guardians)
        .Where(p => p.Counts && p.Name is not null && p.MayBeSameGuardian(asked)).MinBy(p => p.Sequence);

    /// <summary>
    /// The guardian who signed with the first child of a group, or with one that counts with it, and is the same as the one of a signing:
    /// merging the signing's child with that one merges both. Null where there is none.
    /// </summary>
    public SignedPledge? SameGuardian(Likeness group, Signing signing) => group.First is not { } first ? null
        : SameGuardian(signing, group.Pledges.Where(p => p == first || p.CountedWith == first.Sequence).Select(p => Signings[p.Request]));

    private static SignedPledge? SameGuardian(Signing signing, IEnumerable<Signing> of) =>
        signing.Guardians.FirstOrDefault(p => p.Counts) is not { } own ? null
            : of.Where(other => other.Request != signing.Request).SelectMany(other => other.Guardians)
                .Where(p => p.Counts && p.IsSameGuardian(own)).MinBy(p => p.Sequence);

    /// <summary>Two children have been found to be one; so are their guardians where they are alike.</summary>
    private async Task MergeSameGuardianAsync(long child, long with)
    {
        await using var store = OpenStore();
        var requests = await SignedPledge.Select(SignedPledge.Of(store, Store.Sequences, Event.Id)
            .Where(p => p.Sequence == child || p.Sequence == with || p.CountedWith == with))
            .ToDictionaryAsync(p => p.Sequence, p => p.Request);
        var signings = await Signing.ReadAsync(store, Store.Sequences, Event.Id, [.. requests.Values.Distinct()]);
        var signing = signings[requests[child]];
        if (SameGuardian(signing, signings.Values) is { } same)
            await ledger.MergeAsync(signing.Guardians.First(p => p.Counts).Sequence, same.Sequence, By,
                AuditLine(AuditAction.PledgesMerged, count: 1));
    }

    public static bool ClassesDiffer(Likeness group) => group.ClassId is null && group.Pledges.Any(p => p.ClassId is not null);

    /// <summary>What stands above groups: their class; or that they have none, or not the same.</summary>
    public string HeadingOf(Likeness group) => group.ClassId is not null ? ClassName(group.ClassId)
        : reviewLocalizer[ClassesDiffer(group) ? "ClassesDiffer" : "NoClass"];

    private RedirectResult Answer(bool done, string words) =>
        Said(reviewLocalizer[done ? words : "Done.Nothing"], Once ? "?once=true" : "");
}
