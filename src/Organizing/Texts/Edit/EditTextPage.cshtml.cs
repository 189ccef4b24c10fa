using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Texts.Edit;

/// <summary>Writes the next version of a role's pledge text. What has been signed stays as it was.</summary>
[Authorize(Policy = Policies.Organize)]
public sealed class EditTextPage(DeskPageDependencies desk, IStringLocalizer<EventsText> localizer, TimeProvider time, ClockCheck clock)
    : TextsPageModel(desk)
{
    public sealed record TextForm
    {
        public string? Title { get; init; }

        /// <summary>One clause per line.</summary>
        public string? Clauses { get; init; }
        public string? Closing { get; init; }

        /// <summary>Those there are, and an empty one at the end to add another.</summary>
        public List<TranslationForm> Translations { get; init; } = [];
    }

    [BindProperty(SupportsGet = true)]
    public SignerRole Role { get; set; }

    [BindProperty]
    public TextForm Form { get; set; } = new();

    /// <summary>The version that was current when the form was shown, to find out that somebody else has written since.</summary>
    [BindProperty]
    public int SeenVersion { get; set; }

    /// <summary>The form as the signer would read it.</summary>
    public PledgeWording Preview { get; private set; } = new("", [], "");

    /// <summary>The translations that could be read from the form.</summary>
    public IReadOnlyList<PledgeTranslation> Translations { get; private set; } = [];

    /// <summary>The events at which the version so far can be signed now.</summary>
    public IReadOnlyList<CampaignEvent> SigningNow => CurrentVersion == 0
        ? []
        : [.. Campaign.Events.Where(e => CampaignEvent.SigningAt(e.State, e.HomeSigningUntil, clock.Now) == SigningStatus.Open)];

    /// <summary>An official translation stays behind because the wording is no longer the official one.</summary>
    private bool leavesOfficialOut;

    private int CurrentVersion => VersionsFor(Role).FirstOrDefault()?.Version ?? 0;

    /// <param name="official">Which of the role's official wordings to begin with; none for the current version.</param>
    public void OnGet(int? official)
    {
        SeenVersion = CurrentVersion;
        Begin(official);
    }

    /// <summary>Puts an official wording in the place of what was being written; saves nothing.</summary>
    public void OnPostOfficial(int? official)
    {
        ModelState.Clear(); // the fields show the new wording, not what was sent
        Begin(official);
    }

    private void Begin(int? official)
    {
        var offered = OfficialTexts.For(Role);
        var current = VersionsFor(Role).FirstOrDefault();
        (Preview, Translations) = official is { } chosen && chosen >= 0 && chosen < offered.Count
            ? (offered[chosen], OfficialTexts.TranslationsOf(offered[chosen]))
            : current is not null ? (current.Wording, current.Translations) : (offered[0], OfficialTexts.TranslationsOf(offered[0]));
        Form = new TextForm
        {
            Title = Preview.Title,
            Clauses = string.Join('\n', Preview.Clauses),
            Closing = Preview.Closing,
            Translations = [.. Translations.Select(TranslationForm.Of), new TranslationForm()],
        };
    }

    /// <summary>Shows the form beside its preview; saves nothing.</summary>
    public void OnPostPreview()
    {
        Preview = Read();
        OfferAnother();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        Preview = Read();
        OfferAnother();
        if (!ModelState.IsValid)
            return Page();
        if (SeenVersion != CurrentVersion)
            return Overtaken(CurrentVersion);

        var isSigned = SigningNow.Count > 0;
        var text = Campaign.Write(Role, Preview, time.GetUtcNow(), Translations);
        if (text.Version != SeenVersion)
            Db.Audit(AuditAction.TextWritten, Campaign, text.Version).Detail = Role.WireName();
        try
        {
            await Db.SaveChangesAsync();
        }
        catch (DbUpdateException)
        {
            // Two wrote the same version at once, and the index let the other through; or the store cannot write.
            if (await Db.Texts.AnyAsync(t => t.CampaignId == Id && t.Role == Role && t.Version > SeenVersion))
                return Overtaken(SeenVersion + 1);
            throw;
        }
        await Published.ContentChangedAsync(e => e.CampaignId == Campaign.Id);
        Done = (text.Version == SeenVersion, leavesOfficialOut, isSigned) switch
        {
            (true, _, _) => "Done.TextUnchanged",
            (_, true, true) => "Done.TextWithoutOfficial.WhileSigning",
            (_, true, _) => "Done.TextWithoutOfficial",
            (_, _, true) => "Done.Text.WhileSigning",
            _ => "Done.Text",
        };
        return Redirect(VersionAddress(Role, text.Version));
    }

    private PledgeWording Read()
    {
        var read = Reader(localizer, nameof(Form), "EditText");
        var title = read.Line(nameof(Form.Title), Form.Title, PledgeWording.TitleMaxLength);
        var clauses = read.Lines(nameof(Form.Clauses), Form.Clauses, PledgeWording.ClauseMaxLength, PledgeWording.MaxClauses);
        var closing = read.Text(nameof(Form.Closing), Form.Closing, PledgeWording.ClosingMaxLength);
        if (clauses.Count == 0)
            read.Refuse(nameof(Form.Clauses), "Error.NoClauses");
        var wording = new PledgeWording(title, clauses, closing);
        Translations = ReadTranslations(wording, read);
        return wording;
    }

    private List<PledgeTranslation> ReadTranslations(PledgeWording signed, FormReader read)
    {
        var translations = new List<PledgeTranslation>();
        foreach (var (place, form) in Form.Translations.Index().Where(typed => !typed.Item.IsLeftOut))
        {
            if (form.IsOfOtherWording(signed))
            {
                leavesOfficialOut = true;
                continue;
            }
            var own = Reader(localizer, $"{nameof(Form)}.{nameof(Form.Translations)}[{place}]", "Translation");
            if (form.Read(own, signed) is not { } translation)
                continue;
            if (translations.Exists(t => t.Language == translation.Language))
                own.Refuse(nameof(form.Language), "Error.TranslationTwice", TranslationLanguages.NameOf(translation.Language));
            else
                translations.Add(translation);
        }
        if (translations.Count > PledgeTranslation.MaxTranslations)
            read.Refuse(nameof(Form.Translations), "Error.TooManyTranslations", PledgeTranslation.MaxTranslations, translations.Count);
        return translations;
    }

    /// <summary>There is always an empty form at the end.</summary>
    private void OfferAnother()
    {
        if (Form.Translations.Count == 0 || !Form.Translations[^1].IsLeftOut)
            Form.Translations.Add(new TranslationForm());
    }

    /// <summary>
    /// Keeps the form and says that somebody else has written meanwhile. Saving again then writes the version after
    /// theirs.
    /// </summary>
    private PageResult Overtaken(int version)
    {
        ModelState.Remove(nameof(SeenVersion));
        SeenVersion = version;
        ModelState.AddModelError("", localizer["Error.TextOvertaken", version]);
        return Page();
    }
}
