using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Intake;
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
public sealed partial class PhonePage(
    VisibleEvents events, PublishedEvents published, PledgeIntake intake, SlipRegistry slips, SlipIntake slipIntake,
    EventCodeLimit codes, TimeProvider time, ClockCheck clock, InterfaceLanguages languages, IStringLocalizer<PledgingText> localizer,
    IStringLocalizer<IntakeText> lines, ConsentWording consent, PhonePageCache cache)
    : PageModel
{
    /// <summary>The key in the address of the language in which the pledge is read beside the wording that is signed.</summary>
    public const string ReadKey = "read";

    /// <summary>The key in the address of the class that is chosen beforehand.</summary>
    public const string ClassKey = "c";

    /// <summary>Up to so many classes the list stands on the page a second time, for a second child without a script.</summary>
    public const int MaxClassesPrintedTwice = 60;

    public PublishedEvent Event { get; private set; } = null!;

    public SigningStatus Status { get; private set; }

    /// <summary>By the server's clock, of this request.</summary>
    private DateTimeOffset now;

    /// <summary>Also where signing has closed after the page was opened: what was typed stays on the page.</summary>
    public bool ShowsForm => ClosedSlip is null
        && (Status is SigningStatus.Open or SigningStatus.Rehearsal || HttpMethods.IsPost(Request.Method) || IsLate);

    /// <summary>Its day is over: on that day signing may still be opened, where the event runs late.</summary>
    public bool IsOver => Event.EndsAt.IsPastDay(Event.Zone, now);

    /// <summary>Signing was never opened, and there is no reason to expect it: the event is over, or has been archived.</summary>
    public bool IsNotHeld => Status == SigningStatus.NotYet && (IsOver || Event.IsArchived);

    [BindProperty]
    public SignForm Form { get; set; } = new();

    /// <summary>Who may sign here: whose texts the event has, and a student alone only where a class is old enough.</summary>
    public IEnumerable<SigningParty> Parties => Enum.GetValues<SigningParty>().Where(party =>
        SignForm.SeatsOf(party).All(seat => Event.TextFor(SignForm.RoleOf(seat)) is not null)
        && (party != SigningParty.Student || Event.Classes.Any(c => !c.NeedsGuardian))
        && (Slip is null || IsOfSlip(party)));

    /// <summary>The people the form has a place for, whoever of them signs in the end.</summary>
    public IEnumerable<Seat> Seats => Enum.GetValues<Seat>().Where(seat => Event.TextFor(SignForm.RoleOf(seat)) is not null
        && (Slip is null || seat is Seat.Student or Seat.Guardian));

    /// <summary>With more classes than this, the script asks for the school first, or in one school for the grade.</summary>
    private const int MaxClassesAtOnce = 30;

    /// <summary>What a class picker offers, under headings; the last is none of them.</summary>
    public IEnumerable<SelectListItem> ClassChoices(string? chosen)
    {
        var groups = new Dictionary<string, SelectListGroup>();
        return Event.Classes.Select(c => Choice(c.Id.ToString(CultureInfo.InvariantCulture), c.LocalizedName(), GroupOf(HeadingOf(c))))
            .Append(Choice(SignForm.NoClass, localizer["Class.None"], group: null));

        SelectListGroup GroupOf(string heading) => groups.TryGetValue(heading, out var known)
            ? known
            : groups[heading] = new SelectListGroup { Name = heading };

        SelectListItem Choice(string value, string text, SelectListGroup? group) => new(text, value, value == chosen) { Group = group };
    }

    /// <summary>What the picker of the first of two steps is called; null where there is one step.</summary>
    public string? FirstChoice => Event.Classes.Count <= MaxClassesAtOnce ? null : localizer[HasOneSchool ? "Grade" : "School"].Value;

    private bool HasOneSchool => Event.Classes.All(c => c.School == Event.Classes[0].School);

    /// <summary>The school, in a long list with the grade behind an em space, by which the script tells them apart.</summary>
    private string HeadingOf(PublishedClass c) => Event.Classes.Count <= MaxClassesAtOnce ? c.School
        : HasOneSchool ? c.Name.HeadingIn(CultureInfo.CurrentUICulture)
        : $"{c.School}\u2003{c.Name.HeadingIn(CultureInfo.CurrentUICulture)}";

    /// <inheritdoc cref="ConsentWording.TokenOf"/>
    public string Wording => consent.TokenOf(Event);

    /// <summary>The classes whose students may sign alone.</summary>
    public string ClassesWithoutGuardian => string.Join(' ', Event.Classes.Where(c => !c.NeedsGuardian).Select(c => c.Id));

    /// <summary>Who asks for the pledge: the hosts, or else the organization that made the event.</summary>
    public string Asker => string.Join(localizer["Comma"], Event.Askers);

    public string When
    {
        get
        {
            var from = Event.Local(Event.StartsAt);
            return Event.Local(Event.EndsAt).WriteAsEnd(to => localizer[from.Date == to.Date ? "Phone.When" : "Phone.WhenDays", from, to]);
        }
    }

    /// <summary>The tag of the translation that the reader has chosen; null for that of the page's language, where there is one.</summary>
    [BindProperty(SupportsGet = true, Name = ReadKey)]
    public string? Read { get; set; }

    /// <summary>Whether the pledge is written in another language than the page.</summary>
    public bool SignedIsForeign => Event.Texts.Any(text => text.Wording.SignedLanguage() is { } own
        && !TranslationLanguages.AreOfOneLanguage(own, languages.Current.Tag));

    /// <summary>Whether a translation stands beside any of the texts.</summary>
    public bool HasTranslation => Event.Texts.Any(text => TranslationOf(text) is not null);

    /// <summary>The translations that the reader does not see now, each as a link to this page with it.</summary>
    public IEnumerable<ReadingChoice> ReadingChoices
    {
        get
        {
            var shown = Event.Texts.Select(TranslationOf).OfType<PledgeTranslation>().Select(t => t.Language).ToHashSet();
            return Event.Texts.SelectMany(text => text.Translations).DistinctBy(t => t.Language).Where(t => !shown.Contains(t.Language))
                .Select(t => new ReadingChoice(
                    t.Language, t.Direction.Dir(), TranslationLanguages.NameOf(t.Language), AddressOf(t.Language)));
        }
    }

    /// <summary>Leads back to the wording alone; null where nothing was chosen, or the page's own language has a translation.</summary>
    public string? WithoutTranslation =>
        HasTranslation && !Event.Texts.Any(text => languages.Current.TranslationFor(text) is not null) ? AddressOf(null) : null;

    /// <summary>A text as this reader sees it.</summary>
    public WordingOnPage AsRead(PublishedText text) => new(text.Wording, TranslationOf(text));

    private PledgeTranslation? TranslationOf(PublishedText text) =>
        (string.IsNullOrEmpty(Read) ? null : PledgeTranslation.For(text.Translations, Read)) ?? languages.Current.TranslationFor(text);

    private string AddressOf(string? translation)
    {
        var query = QueryHelpers.ParseQuery(Request.QueryString.Value);
        query.Remove(ReadKey);
        if (translation is not null)
            query[ReadKey] = translation;
        return QueryHelpers.AddQueryString(LocalAddress.Of(Request.PathBase, Request.Path), query) + "#texts";
    }

    /// <summary>The parties in which a role signs, for the page's style and script to show or hide what it reads.</summary>
    public static string PartiesWith(SignerRole role) => PartiesWith(seat => SignForm.RoleOf(seat) == role);

    /// <summary>The same for a seat.</summary>
    public static string PartiesWith(Seat seat) => PartiesWith(taken => taken == seat);

    private static string PartiesWith(Func<Seat, bool> seat) =>
        string.Join(' ', Enum.GetValues<SigningParty>().Where(party => SignForm.SeatsOf(party).Any(seat)));

    public async Task<IActionResult> OnGetAsync(
        string? code, string? slip, [FromQuery(Name = ClassKey)] int? classId, CancellationToken cancellationToken)
    {
        if (RouteData.Values.ContainsKey("slip"))
            return await OpenSlipAsync(slip!, cancellationToken);
        if (!await FindAsync(code, cancellationToken))
            return NotFound();
        var chosen = Event.ClassOf(classId);
        Form = new SignForm
        {
            Key = NewKey(),
            Class = chosen?.Id.ToString(CultureInfo.InvariantCulture)
        };
        if (cache.VariantOf(Event, Status, IsInGrace, IsLate, IsNotHeld, chosen, Read, Request) is not { } variant)
            return Page();
        var key = ShowsForm ? Form.Key.ToString() : null;
        return cache.Find(Event, variant) is { } page
            ? new PrecompressedPageResult(page, key)
            : new CachedPhonePageResult(cache, Event, variant, key);
    }

    public async Task<IActionResult> OnPostAsync(string? code, CancellationToken cancellationToken)
    {
        // A body that is no form at all: then nothing is bound, not even the code.
        if (ModelState[""] is { Errors.Count: > 0 })
            return BadRequest();
        if (!await FindAsync(code, cancellationToken))
            return NotFound();
        if (Form.Slip is not null)
            await TakeSlipAsync(Form.Slip, cancellationToken);
        // What could not be read is missing, and missing has words of its own.
        ModelState.Clear();
        var request = Form.ToRequest(Event);
        request.Flags |= SigningFlagsFeature.Of(HttpContext);
        request.ShownConsent = consent.Of(Event, Form.Wording);
        var result = request.Slip is null
            ? await intake.SignAsync(Event, request, SigningChannel.Phone, voucher: null, cancellationToken)
            : await slipIntake.SignAsync(Event, request, cancellationToken);
        if (result is SignResult.RehearsalPage)
            await FindAsync(code, cancellationToken); // it may have been opened since it was found
        return Answer(result);
    }

    private async Task<bool> FindAsync(string? code, CancellationToken cancellationToken)
    {
        // Each copy of the page carries a key of its own.
        Response.Headers.CacheControl = "private, no-cache";
        if (await events.FindAsync(code, cancellationToken) is not { } found)
            return false;
        Event = found.Localized();
        now = clock.Now;
        Status = found.SigningAt(now);
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
                var wrong = invalid.InWords(lines).SelectMany(e => e.Value.Select(line => (Form.FieldOf(e.Key), LineFor(e.Key, line))));
                foreach (var (field, line) in wrong.Distinct())
                    ModelState.AddModelError(field, line);
                return PageWithStatus(StatusCodes.Status400BadRequest);
            case SignResult.NotOpen notOpen:
                ModelState.AddModelError("", localizer[notOpen.Status == SigningStatus.NotYet ? "Error.NotYet" : "Error.Ended"]);
                return PageWithStatus(StatusCodes.Status403Forbidden);
            case SignResult.SlipRefused { State: SlipState.Unknown }:
                return WaitForSlip(Form.Slip!, exists: false) ?? NotFound();
            case SignResult.SlipRefused refused:
                CloseSlip(refused.State);
                return Page();
            case SignResult.RehearsalPage page:
                Form.Key = page.Key;
                ModelState.AddModelError("", localizer["Error.RehearsalPage"]);
                return PageWithStatus(StatusCodes.Status409Conflict);
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
        path.EndsWith("classId", StringComparison.Ordinal)
            ? string.IsNullOrEmpty(Form.ClassOf(Form.SeatOf(path))) ? lines["Error.ClassMissing"] : line
        : Form.Seats.Count > 1 && Form.SeatOf(path) is { } seat ? localizer["Error.Of", localizer[$"Name.{seat}"], line]
        : line;

    /// <summary>The page again with all that was typed.</summary>
    private PageResult PageWithStatus(int status)
    {
        Form.Key ??= Event.IssueKey(clock.Now);
        Response.StatusCode = status;
        return Page();
    }
}

/// <summary>A link to the same page with a translation beside the wording.</summary>
/// <param name="Name">Of the language, in itself.</param>
public sealed record ReadingChoice(string Language, string Dir, string Name, string Address);
