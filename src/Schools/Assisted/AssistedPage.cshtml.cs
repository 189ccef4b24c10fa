using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Intake;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Assisted;

/// <summary>
/// A volunteer signs in somebody who cannot write or hold a phone, by that person's word or mark, or a guardian who can write and not
/// type, by the handwriting; before a witness who is named. At the desk: whoever does it has an account, which vouches for it.
/// </summary>
[Authorize(Policy = Policies.Organize)]
public sealed class AssistedPage(
    DeskPageDependencies desk, PledgeIntake intake, ClockCheck clock, IStringLocalizer<AssistedText> localizer,
    IStringLocalizer<IntakeText> lines) : EventPageModel(desk)
{
    [BindProperty]
    public AssistedForm Form { get; set; } = new();

    /// <summary>The receipt of whoever signed last, to be written down for that person: its address.</summary>
    [TempData]
    public string? Receipt { get; set; }

    public PublishedEvent Public { get; private set; } = null!;

    public SigningStatus Signing => Public.SigningAt(clock.Now);

    /// <summary>As on the last form: a volunteer helps many.</summary>
    [TempData]
    public string? LastWitness { get; set; }

    public bool IsOpen => Signing is SigningStatus.Open or SigningStatus.Rehearsal;

    /// <summary>Also after the end, where something was typed: it is not to be lost, and a key of before the end is still taken.</summary>
    public bool ShowsForm => IsOpen || HttpMethods.IsPost(Request.Method) || LateUntil is not null;

    /// <summary>Until when this page is taken, which was opened before signing ended; null where it has not, and where it is not.</summary>
    public DateTimeOffset? LateUntil => Form.Key is { } key && Public.TakesLate(key, clock.Now) ? Public.GraceUntil(clock.Now) : null;

    /// <summary>Signing has ended, and a page that was opened before is still taken.</summary>
    public bool IsInGrace => Public.GraceUntil(clock.Now) is not null;

    /// <summary>The words by which the volunteer says that a guardian has agreed.</summary>
    private ShownConsent Shown => ShownConsent.Of(Public.Rules[0].Version, localizer["Consent"].Value);

    /// <param name="key">Of an earlier copy of the page, which a reload after the end of signing would lose.</param>
    public async Task<IActionResult> OnGetAsync(Guid? key)
    {
        if (!await FindAsync())
            return NotFound();
        (Form.Key, Form.Witness) =
            (key is { } earlier && Public.TakesLate(earlier, clock.Now) ? earlier : Public.Keys.Issue(clock.Now), LastWitness);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await FindAsync())
            return NotFound();
        ModelState.Clear();
        if (!Form.Willing)
            Wrong(nameof(Form.Willing), localizer["Error.Willing"]);
        var voucher = new Voucher(VoucherKind.Organizer, User.AccountId(), Form.HoldsGuardianConsent);
        var request = Form.ToRequest(Public) with { ShownConsent = Shown };
        if (!Form.Willing)
            request.Key = null; // nothing is stored without one, and whatever else is wrong is told as well
        return Answer(await intake.SignAsync(
            Public, request, SigningChannel.Assisted, voucher, HttpContext.RequestAborted,
            AuditLine(AuditAction.AssistedSigned, count: 1)));
    }

    private IActionResult Answer(SignResult result)
    {
        switch (result)
        {
            case SignResult.Signed signed:
                (Done, Receipt, LastWitness) = (localizer["Done", signed.Receipt.Number], $"/r/{signed.Receipt.Address}", Form.Witness);
                return Redirect(DeskRoutes.Assisted(Event.Code));
            case SignResult.Invalid invalid:
                foreach (var (path, texts) in invalid.InWords(lines).Where(wrong => IsTold(wrong.Key)))
                    foreach (var text in texts)
                        Wrong(Form.FieldOf(path), LineFor(path, text));
                break;
            case SignResult.NotOpen when !Form.Willing: // told, and without a key nobody knows whether it is taken late
                break;
            case SignResult.NotOpen:
                ModelState.AddModelError("", localizer["Error.NotOpen"]);
                break;
            case SignResult.KeyTaken:
                Form.Key = Public.Keys.Issue(clock.Now); // the next submission is another request
                ModelState.AddModelError("", localizer["Error.Again"]);
                break;
            default:
                ModelState.AddModelError("", localizer["Error.Unavailable"]);
                break;
        }
        return Page();
    }

    /// <summary>Consent is told at its own box, and so is the person's word, for the lack of which the key was left out.</summary>
    private bool IsTold(string path) => path != "consents.guardian" && (path != "key" || Form.Willing);

    private string LineFor(string path, string line) => path switch
    {
        "signers" => localizer["Error.Consent"],
        "classId" or "signers[0].classId" when string.IsNullOrEmpty(Form.Class) => lines["Error.ClassMissing"],
        "witness" => localizer["Error.Witness", line],
        _ => line,
    };

    private void Wrong(string field, string line) => ModelState.AddModelError(field == "" ? "" : $"{nameof(Form)}.{field}", line);

    private async Task<bool> FindAsync()
    {
        if (await Published.FindAsync(Event.Id, HttpContext.RequestAborted) is not { } found)
            return false;
        Public = found.Localized();
        return true;
    }
}
