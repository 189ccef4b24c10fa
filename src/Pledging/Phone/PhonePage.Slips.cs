using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Intake;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Pledging;

/// <summary>
/// The same page by a take-home slip, at <c>/s/{slip}</c>: the class and the child are there already, by seat number alone; who the child
/// is the page does not tell. Opening it spends nothing.
/// </summary>
public sealed partial class PhonePage
{
    /// <summary>Null where the page was opened by the event's own code.</summary>
    public FoundSlip? Slip { get; private set; }

    /// <summary>The child has signed, at school or elsewhere, and a guardian may sign alone.</summary>
    public bool HasChildSigned { get; private set; }

    /// <summary>The slip where it opens nothing (any more).</summary>
    public FoundSlip? ClosedSlip => Slip is { State: not SlipState.Open } ? Slip : null;

    /// <summary>The child as the slip names it: school, class and seat number.</summary>
    public string ChildOfSlip => Event.ClassOf(Slip!.ClassId) is not { } group ? ""
        : Slip.Seat is { } seat ? localizer["Slip.Child", group.School, group.Name.In(CultureInfo.CurrentUICulture), seat]
        : localizer["Slip.ChildOfClass", group.School, group.Name.In(CultureInfo.CurrentUICulture)];

    /// <summary>When a family signed with the slip, on the event's own clocks.</summary>
    public DateTimeOffset UsedAt => Event.Local(Slip!.UsedAt!.Value);

    /// <summary>
    /// Who signs with a slip: the child and a guardian; a guardian alone for a child that has signed; a child that may alone.
    /// </summary>
    private bool IsOfSlip(SigningParty party) => party switch
    {
        SigningParty.Family => true,
        SigningParty.Guardian => HasChildSigned,
        SigningParty.Student => Event.ClassOf(Slip!.ClassId) is { NeedsGuardian: false },
        _ => false,
    };

    private async Task<IActionResult> OpenSlipAsync(string typed, CancellationToken cancellationToken)
    {
        var found = await slips.FindAsync(typed, cancellationToken);
        if (WaitForSlip(typed, found is not null) is { } refusal)
            return refusal;
        if (found is null || await published.FindAsync(found.EventId, cancellationToken) is not { } e
            || !await FindAsync(e.Code, cancellationToken))
            return NotFound();
        await TakeSlipAsync(typed, cancellationToken);
        Form = new SignForm
        {
            Key = NewKey(),
            Slip = typed,
            Party = HasChildSigned ? SigningParty.Guardian : SigningParty.Family,
        };
        if (ClosedSlip is not null)
            Response.StatusCode = ClosedSlip.State == SlipState.Used ? StatusCodes.Status200OK : StatusCodes.Status410Gone;
        return Page();
    }

    /// <summary>429 for who has tried many codes that no slip has; else null.</summary>
    private StatusCodeResult? WaitForSlip(string typed, bool exists)
    {
        if (codes.WaitForSlip(HttpContext, typed, exists) is not { } wait)
            return null;
        Response.Headers.RetryAfter = Problem.Seconds(wait);
        return StatusCode(StatusCodes.Status429TooManyRequests);
    }

    /// <summary>Another phone may have signed with it since the page was read.</summary>
    private void CloseSlip(SlipState state)
    {
        Slip = Slip! with { UsedAt = Slip.UsedAt ?? time.GetUtcNow(), IsEnded = state == SlipState.Ended };
        Response.StatusCode = StatusCodes.Status410Gone;
    }

    /// <summary>One of a pupil who is in none of the event's classes any more is as good as ended.</summary>
    private async Task TakeSlipAsync(string typed, CancellationToken cancellationToken)
    {
        Slip = await slips.FindAsync(typed, cancellationToken) is { } found && found.EventId == Event.Id ? found : null;
        if (Slip is { IsEnded: false } && Event.ClassOf(Slip.ClassId) is null)
            Slip = Slip with { IsEnded = true };
        HasChildSigned = Slip is { State: SlipState.Open } && await slips.HasChildSignedAsync(Slip, cancellationToken);
    }
}
