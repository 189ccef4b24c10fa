using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Drawing;
using SafetyCampaign.Intake;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Assisted;

/// <summary>
/// A volunteer signs in somebody who cannot write or hold a phone, by that person's word or mark, or a guardian who can write and not
/// type, by the handwriting, with the child or alone; before a witness who is named. At the desk: whoever does it has an account, which
/// vouches for it.
/// </summary>
[Authorize(Policy = Policies.Organize)]
public sealed class AssistedPage(
    DeskPageDependencies desk, AssistedIntake intake, ClockCheck clock, PublicAddress address, IStringLocalizer<AssistedText> localizer,
    IStringLocalizer<IntakeText> lines) : EventPageModel(desk)
{
    [BindProperty]
    public AssistedForm Form { get; set; } = new();

    /// <summary>Of whoever signed last: the secret of the receipt, which is shown once.</summary>
    [TempData]
    public string? Receipt { get; set; }

    /// <summary>Its address, as a code for that person's own phone; null where nobody signed just now.</summary>
    public (string Address, QrDrawing Qr)? ReceiptToHandOver =>
        Receipt is null ? null : (address.ReceiptPage(Receipt), new QrDrawing(address.ReceiptPage(Receipt)));

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

    /// <summary>Who may sign here: whose texts the event has.</summary>
    public IEnumerable<AssistedParty> Parties => Enum.GetValues<AssistedParty>().Where(
        party => AssistedForm.RolesOf(party).All(role => Public.TextFor(role) is not null));

    /// <summary>Whether to offer that a guardian signs without a child: after the child was not found.</summary>
    public bool OffersWithoutChild => Form.Party == AssistedParty.Guardian
        && (Form.WithoutChild || ModelState[$"{nameof(Form)}.{nameof(Form.Child)}"] is { Errors.Count: > 0 });

    /// <summary>What is read out to a guardian who signs, and agreed to.</summary>
    public string GuardianConsent => localizer["Consent.Guardian", Public.Rules[0].Settings.EraseOn];

    /// <summary>The words by which the volunteer says that a guardian has agreed.</summary>
    private ShownConsent Shown => ShownConsent.Of(
        Public.Rules[0].Version, Form.HasGuardian ? GuardianConsent : localizer["Consent"].Value);

    /// <param name="key">Of an earlier copy of the page, which a reload after the end of signing would lose.</param>
    public async Task<IActionResult> OnGetAsync(Guid? key)
    {
        if (!await FindAsync())
            return NotFound();
        (Form.Key, Form.Witness) =
            (key is { } earlier && Public.TakesLate(earlier, clock.Now) ? earlier : Public.IssueKey(clock.Now), LastWitness);
        TempData.Keep(nameof(LastWitness)); // also for a form that is opened again
        Form.Party = Parties.FirstOrDefault();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await FindAsync())
            return NotFound();
        ModelState.Clear();
        if (!Form.Willing)
            Wrong(nameof(Form.Willing), localizer["Error.Willing"]);
        var voucher = new Voucher(VoucherKind.Organizer, User.AccountId(), !Form.HasGuardian && Form.HoldsGuardianConsent);
        var request = Form.ToRequest(Public) with { ShownConsent = Shown };
        if (!Form.Willing)
            request.Key = null; // nothing is stored without one, and whatever else is wrong is told as well
        var result = await intake.SignAsync(Public, request, Form.WithoutChild, voucher,
            AuditLine(AuditAction.AssistedSigned, count: request.Signers!.Count), HttpContext.RequestAborted);
        return Answer(result, isJoined: request.Seat is not null);
    }

    private IActionResult Answer(SignResult result, bool isJoined)
    {
        switch (result)
        {
            case SignResult.Signed signed:
                (Done, Receipt, LastWitness) = (DoneOf(signed.Receipt.Number, isJoined), signed.Receipt.Address, Form.Witness);
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
            case SignResult.RehearsalPage page:
                Form.Key = page.Key;
                ModelState.AddModelError("", localizer["Error.RehearsalPage"]);
                break;
            case SignResult.KeyTaken:
                Form.Key = Public.IssueKey(clock.Now); // the next submission is another request
                ModelState.AddModelError("", localizer["Error.Again"]);
                break;
            default:
                ModelState.AddModelError("", localizer["Error.Unavailable"]);
                break;
        }
        return Page();
    }

    private string DoneOf(int number, bool isJoined) => Form.Party == AssistedParty.Family
        ? localizer["Done.Family", number, number + 1]
        : localizer[isJoined ? "Done.Joined" : "Done", number];

    /// <summary>
    /// That of a student who signs alone is told at the box of the school, once; and the person's word, for the lack of which the key was
    /// left out, at its own.
    /// </summary>
    private bool IsTold(string path) => (path != "consents.guardian" || Form.HasGuardian) && (path != "key" || Form.Willing);

    private string LineFor(string path, string line) => path switch
    {
        "signers" => localizer["Error.Consent"],
        "consents.guardian" => localizer["Error.GuardianConsent"],
        "classId" when string.IsNullOrEmpty(Form.Class) => lines["Error.ClassMissing"],
        "witness" => localizer["Error.Witness", line],
        "child" => localizer["Error.Child", line],
        _ when Form.IsOfChild(path) => localizer["Error.Child", line],
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
