using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Pledging;

/// <summary>
/// What a signer sees at <c>/e/{code}</c>: the event, the pledge, the form. The form works without a script; with one,
/// PhonePage.ts sends the same request to the API.
/// </summary>
/// <remarks>
/// No antiforgery token: signing uses no account and no cookie, so a forged request could do nothing
/// that its author could not do directly, while a token would refuse phones that keep no cookies.
/// </remarks>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[RateLimit(RateLimitPurpose.Signing)]
public sealed class PhonePage(PublishedEvents events, PledgeIntake intake, TimeProvider time, IStringLocalizer<PledgingText> localizer) : PageModel
{
    public PublishedEvent Event { get; private set; } = null!;
    public SigningStatus Status { get; private set; }

    /// <summary>Also where signing has closed after the page was opened: what was typed stays on the page.</summary>
    public bool ShowsForm => Status is SigningStatus.Open or SigningStatus.Rehearsal || HttpMethods.IsPost(Request.Method);

    [BindProperty]
    public SignForm Form { get; set; } = new();

    /// <summary>Who may sign here: whose texts the event has, and a student alone only where a class is old enough.</summary>
    public IEnumerable<SigningParty> Parties => Enum.GetValues<SigningParty>().Where(party =>
        SignForm.SeatsOf(party).All(seat => Event.TextFor(SignForm.RoleOf(seat)) is not null)
        && (party != SigningParty.Student || Event.Classes.Any(c => !c.NeedsGuardian)));

    /// <summary>The people the form has a place for, whoever of them signs in the end.</summary>
    public IEnumerable<Seat> Seats => Enum.GetValues<Seat>().Where(seat => Event.TextFor(SignForm.RoleOf(seat)) is not null);

    /// <summary>What a class picker offers, by school; the last is none of them.</summary>
    public IEnumerable<SelectListItem> ClassChoices
    {
        get
        {
            var schools = Event.Classes.Select(c => c.School).Distinct().ToDictionary(school => school, school => new SelectListGroup { Name = school });
            return Event.Classes.Select(c => new SelectListItem { Value = $"{c.Id}", Text = c.LocalizedName(), Group = schools[c.School] })
                .Append(new SelectListItem { Value = SignForm.NoClass, Text = localizer["Class.None"] });
        }
    }

    /// <summary>The classes whose students may sign alone.</summary>
    public string ClassesWithoutGuardian => string.Join(' ', Event.Classes.Where(c => !c.NeedsGuardian).Select(c => c.Id));

    /// <summary>Who asks for the pledge: the hosts, or else the organization that made the event.</summary>
    public string Asker => string.Join(localizer["Comma"], Event.Askers);

    public string When => (Event.Local(Event.StartsAt), Event.Local(Event.EndsAt)) is var (from, to) && from.Date == to.Date
        ? localizer["Phone.When", from, to]
        : localizer["Phone.WhenDays", from, to];

    /// <summary>The parties in which a role signs, for the page's style and script to show or hide what it reads.</summary>
    public static string PartiesWith(SignerRole role) => PartiesWith(seat => SignForm.RoleOf(seat) == role);

    /// <summary>The same for a seat.</summary>
    public static string PartiesWith(Seat seat) => PartiesWith(taken => taken == seat);

    private static string PartiesWith(Func<Seat, bool> seat) =>
        string.Join(' ', Enum.GetValues<SigningParty>().Where(party => SignForm.SeatsOf(party).Any(seat)));

    public async Task<IActionResult> OnGetAsync(string code, [FromQuery(Name = "c")] int? classId, CancellationToken cancellationToken)
    {
        if (!await FindAsync(code, cancellationToken))
            return NotFound();
        Form = new SignForm { Key = Guid.CreateVersion7(time.GetUtcNow()), Class = Event.ClassOf(classId)?.Id.ToString(CultureInfo.InvariantCulture) };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string code, CancellationToken cancellationToken)
    {
        // A body that is no form at all: then nothing is bound, not even the code.
        if (ModelState[""] is { Errors.Count: > 0 })
            return BadRequest();
        if (!await FindAsync(code, cancellationToken))
            return NotFound();
        // What could not be read is missing, and missing has words of its own.
        ModelState.Clear();
        return Answer(await intake.SignAsync(Event, Form.ToRequest(Event), SigningChannel.Phone, cancellationToken));
    }

    private async Task<bool> FindAsync(string code, CancellationToken cancellationToken)
    {
        // Each copy of the page carries a key of its own.
        Response.Headers.CacheControl = "private, no-cache";
        if (await events.FindAsync(code, cancellationToken) is not { } found)
            return false;
        Event = found;
        Status = found.SigningAt(time.GetUtcNow());
        return true;
    }

    private IActionResult Answer(SignResult result)
    {
        switch (result)
        {
            case SignResult.Signed signed:
                Response.Headers.Location = $"/r/{signed.Receipt.Address}";
                return StatusCode(StatusCodes.Status303SeeOther);
            case SignResult.Invalid invalid:
                foreach (var (field, line) in invalid.InWords(localizer).SelectMany(e => e.Value.Select(line => (Form.FieldOf(e.Key), LineFor(e.Key, line)))).Distinct())
                    ModelState.AddModelError(field, line);
                return PageWithStatus(StatusCodes.Status400BadRequest);
            case SignResult.NotOpen notOpen:
                ModelState.AddModelError("", localizer[notOpen.Status == SigningStatus.NotYet ? "Error.NotYet" : "Error.Ended"]);
                return PageWithStatus(StatusCodes.Status403Forbidden);
            case SignResult.KeyTaken:
                Form.Key = null; // the next submission is another request with a key of its own
                ModelState.AddModelError("", localizer["Error.KeyTaken"]);
                return PageWithStatus(StatusCodes.Status409Conflict);
            default:
                ModelState.AddModelError("", localizer["Error.Unavailable"]);
                return PageWithStatus(StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>Says of several people whose line it is, and of a class that was not chosen that it was not.</summary>
    private string LineFor(string path, string line) =>
        path.EndsWith("classId", StringComparison.Ordinal) ? string.IsNullOrEmpty(Form.ClassOf(Form.SeatOf(path))) ? localizer["Error.ClassMissing"] : line
        : Form.Seats.Count > 1 && Form.SeatOf(path) is { } seat ? localizer["Error.Of", localizer[$"Name.{seat}"], line]
        : line;

    /// <summary>The page again with all that was typed.</summary>
    private PageResult PageWithStatus(int status)
    {
        Form.Key ??= Guid.CreateVersion7(time.GetUtcNow());
        Response.StatusCode = status;
        return Page();
    }
}
