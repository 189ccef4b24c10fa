using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.CampaignTitle;

/// <summary>What a campaign is called, in the language in which it is written and in further ones.</summary>
[Authorize(Policy = Policies.Organize)]
public sealed class CampaignTitlePage(DeskPageDependencies desk, IStringLocalizer<EventsText> localizer, InterfaceLanguages languages)
    : CampaignPageModel(desk)
{
    public sealed record TitleForm
    {
        public string? Title { get; init; }

        /// <summary>In further languages.</summary>
        public List<TranslatedTitle> Translations { get; init; } = [];
    }

    /// <param name="Language">The tag of a language of the program.</param>
    /// <param name="Title">As it is typed; empty for none.</param>
    public sealed record TranslatedTitle(string? Language, string? Title);

    [BindProperty]
    public TitleForm Form { get; set; } = new();

    /// <summary>The campaign's revision when the form was shown, to find out that somebody else has saved since.</summary>
    [BindProperty]
    public long SeenRevision { get; set; }

    /// <summary>This page's own address, with the way back.</summary>
    public string Address => DeskRoutes.CampaignTitle(Id, FromCode);

    /// <summary>The list of the campaign's texts.</summary>
    public string TextsAddress => DeskRoutes.CampaignTexts(Id, FromCode);

    public void OnGet()
    {
        SeenRevision = Campaign.Revision;
        Form = new TitleForm { Title = Campaign.Title, Translations = [.. TitlesOffered()] };
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var read = Reader(localizer, nameof(Form), "Campaign");
        var title = read.Line(nameof(Form.Title), Form.Title, Campaign.TitleMaxLength);
        var translations = ReadTranslations();
        if (!ModelState.IsValid)
            return Page();
        Campaign.Rename(title);
        foreach (var (language, translated) in translations)
            Campaign.Translate(language, translated);
        Db.Audit(AuditAction.CampaignRenamed, Campaign);
        if (!await SaveAsync())
            return await OvertakenAsync();
        Done = "Done.CampaignTitle";
        return Redirect(Address);
    }

    private List<(string Language, string Title)> ReadTranslations()
    {
        Form = Form with { Translations = [.. languages.OneOfEach(Form.Translations, typed => typed.Language)] };
        return
        [
            .. Form.Translations.Index().Select(typed => (typed.Item.Language!,
                Reader(localizer, $"{nameof(Form)}.{nameof(Form.Translations)}[{typed.Index}]", "CampaignIn").Line(
                    nameof(TranslatedTitle.Title), typed.Item.Title, Campaign.TitleMaxLength, required: false))),
        ];
    }

    private IEnumerable<TranslatedTitle> TitlesOffered() => languages.OfferedFor(Campaign.Title, Campaign.Translations)
        .Select(language => new TranslatedTitle(language.Tag, Campaign.Translations.For(language.Culture)?.Title));

    /// <summary>False when somebody else has saved since the form was shown; then nothing is saved.</summary>
    private async Task<bool> SaveAsync()
    {
        Db.Entry(Campaign).Property(c => c.Revision).OriginalValue = SeenRevision;
        try
        {
            await Db.SaveChangesAsync(HttpContext.RequestAborted);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
        catch (DbUpdateException failure) when (!StoreFailure.Is(failure))
        {
            // Two added a translation at one instant: the other's key stood in the way before the revision did.
            if (await Db.Campaigns.AnyAsync(c => c.Id == Id && c.Revision == SeenRevision))
                throw;
            return false;
        }
    }

    /// <summary>Keeps the form and says that somebody else has saved meanwhile. Saving again then succeeds: who saves has been told.</summary>
    private async Task<PageResult> OvertakenAsync()
    {
        ModelState.Remove(nameof(SeenRevision));
        SeenRevision = await Db.Campaigns.Where(c => c.Id == Id).Select(c => c.Revision).SingleOrDefaultAsync();
        ModelState.AddModelError("", DeskLocalizer["Error.OrganizationOvertaken"]);
        return Page();
    }
}
