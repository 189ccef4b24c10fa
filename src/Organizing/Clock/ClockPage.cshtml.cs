using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Clock;

/// <summary>
/// What the server's clock says beside the last time that was right. An administrator confirms it here, upon which what has
/// waited goes on: see <see cref="ClockCheck"/>.
/// </summary>
[Authorize(Policy = Policies.Administer)]
public sealed class ClockPage(
    ClockCheck clock, CampaignDbFactory dbFactory, TimeProvider time, IStringLocalizer<OrganizingText> localizer) : PageModel
{
    private const int MaxDoubts = 20;

    /// <summary>Between the time that was shown and the confirmation: a clock that has jumped meanwhile was not looked at.</summary>
    private static readonly TimeSpan MaxReading = TimeSpan.FromHours(1);

    /// <summary>The time that the administrator has seen, in UTC ticks.</summary>
    [BindProperty]
    public long Shown { get; set; }

    /// <summary>The key of what to say after the redirect.</summary>
    [TempData]
    public string? Done { get; set; }

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public DateTimeOffset? SeenAt => clock.SeenAt;

    public bool IsTrusted => clock.IsTrusted;

    public bool MayBeRight => Now >= ClockCheck.Earliest;

    /// <summary>The latest first.</summary>
    public IReadOnlyList<ClockDoubt> Doubts { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancellationToken) => ReadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (clock.IsTrusted)
            return RedirectToPage();
        if (Math.Abs(Now.UtcTicks - Shown) <= MaxReading.Ticks && await clock.ConfirmAsync(User.Actor(), cancellationToken))
        {
            Done = "Clock.Confirmed";
            return RedirectToPage();
        }
        ModelState.AddModelError("", localizer["Clock.Changed"]);
        await ReadAsync(cancellationToken);
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    /// <summary>The sequence numbers of the ledger that were given within a doubt.</summary>
    public string Sequences(ClockDoubt doubt) => doubt.UntilSequence switch
    {
        null => localizer["Clock.Since", doubt.AfterSequence + 1],
        { } until when until > doubt.AfterSequence => localizer["Clock.Range", doubt.AfterSequence + 1, until],
        _ => localizer["Clock.None"],
    };

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        // The clock is the whole server's, and no organization's.
        await using var db = dbFactory.Open();
        Doubts = await db.ClockDoubts.AsNoTracking().OrderByDescending(d => d.Id).Take(MaxDoubts).ToListAsync(cancellationToken);
    }
}
