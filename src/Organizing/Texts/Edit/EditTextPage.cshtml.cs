using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Texts.Edit;

/// <summary>Writes the next version of a role's pledge text. What has been signed stays as it was.</summary>
[Authorize(Policy = Policies.Organize)]
public sealed class EditTextPage(CampaignDb db, PublishedEvents published, IStringLocalizer<EventsText> localizer, TimeProvider time) : CampaignPageModel(db)
{
    public sealed record TextForm
    {
        public string? Title { get; init; }

        /// <summary>One clause per line.</summary>
        public string? Clauses { get; init; }
        public string? Closing { get; init; }
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

    private int CurrentVersion => VersionsFor(Role).FirstOrDefault()?.Version ?? 0;

    /// <param name="official">Which of the role's official wordings to begin with; none for the current version.</param>
    public void OnGet(int? official)
    {
        var offered = OfficialTexts.For(Role);
        Preview = official is { } chosen && chosen >= 0 && chosen < offered.Count
            ? offered[chosen]
            : VersionsFor(Role).FirstOrDefault()?.Wording ?? offered[0];
        SeenVersion = CurrentVersion;
        Form = new TextForm { Title = Preview.Title, Clauses = string.Join('\n', Preview.Clauses), Closing = Preview.Closing };
    }

    /// <summary>Shows the form beside its preview; saves nothing.</summary>
    public void OnPostPreview() => Preview = Read();

    public async Task<IActionResult> OnPostAsync()
    {
        Preview = Read();
        if (!ModelState.IsValid)
            return Page();
        if (SeenVersion != CurrentVersion)
            return Overtaken(CurrentVersion);

        var text = Campaign.Write(Role, Preview, time.GetUtcNow());
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
        await published.ContentChangedAsync(e => e.CampaignId == Campaign.Id);
        Done = text.Version == SeenVersion ? "Done.TextUnchanged" : "Done.Text";
        return Redirect(AddressOf(Role, $"{text.Version}"));
    }

    private PledgeWording Read()
    {
        var read = new FormReader(ModelState, localizer, nameof(Form), "EditText");
        var title = read.Line(nameof(Form.Title), Form.Title, PledgeWording.TitleMaxLength);
        var clauses = read.Lines(nameof(Form.Clauses), Form.Clauses, PledgeWording.ClauseMaxLength, PledgeWording.MaxClauses);
        var closing = read.Text(nameof(Form.Closing), Form.Closing, PledgeWording.ClosingMaxLength);
        if (clauses.Count == 0)
            read.Refuse(nameof(Form.Clauses), "Error.NoClauses");
        return new PledgeWording(title, clauses, closing);
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
