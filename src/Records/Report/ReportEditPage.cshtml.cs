using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Report;

/// <summary>Writes the next version of the words of an activity report, in the language of the page.</summary>
[Authorize(Policy = Policies.Organize)]
public sealed class ReportEditPage(
    DeskPageDependencies desk, IStringLocalizer<ReportText> localizer, InterfaceLanguages languages, TimeProvider time)
    : EventPageModel(desk)
{
    public sealed record WordsForm
    {
        public string? Title { get; init; }

        /// <summary>A paragraph a line; so are the lessons.</summary>
        public string? Overview { get; init; }

        public string? Lessons { get; init; }
    }

    [BindProperty]
    public WordsForm Form { get; set; } = new();

    /// <summary>The newest version when the form was shown, to find out that somebody else has written since.</summary>
    [BindProperty]
    public int SeenVersion { get; set; }

    /// <summary>The newest first, in the language of the page.</summary>
    public IReadOnlyList<ReportVersion> Versions { get; private set; } = [];

    /// <summary>The older version that is read; null for the newest.</summary>
    public ReportVersion? Older { get; private set; }

    public string LanguageName => languages.Current.Name;

    private int Newest => Versions.Count > 0 ? Versions[0].Version : 0;

    protected override async Task<bool> TryLoadAsync()
    {
        var language = languages.Current.Tag;
        Versions = await Db.ReportVersions.AsNoTracking().Where(v => v.EventId == Event.Id && v.Language == language)
            .OrderByDescending(v => v.Version).ToListAsync();
        return true;
    }

    /// <param name="version">An older one, to be read and taken up again.</param>
    public async Task<IActionResult> OnGetAsync(int? version)
    {
        var shown = version is null ? Versions.FirstOrDefault() : Versions.FirstOrDefault(v => v.Version == version);
        if (shown is null && version is not null)
            return NotFound();
        Older = shown?.Version == Newest ? null : shown;
        SeenVersion = Newest;
        var title = (await Published.FindAsync(Event.Id, HttpContext.RequestAborted))!.Localized().Title;
        Form = new WordsForm { Title = shown?.Title ?? title, Overview = shown?.Overview, Lessons = shown?.Lessons };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var wording = Read();
        if (!ModelState.IsValid)
            return Page();
        if (SeenVersion != Newest)
            return Overtaken(Newest);
        if (Newest > 0 && Versions[0].Wording == wording)
            return Settled("Done.Unchanged", Newest);
        var version = Newest + 1;
        Db.ReportVersions.Add(new ReportVersion(
            Event.Id, languages.Current.Tag, version, wording, User.Actor().AccountName ?? "", time.GetUtcNow()));
        Db.Audit(AuditAction.ReportWritten, Event, count: version);
        try
        {
            await Db.SaveChangesAsync();
        }
        catch (DbUpdateException)
        {
            // Two wrote the same version at once, and the index let the other through; or the store cannot write.
            await TryLoadAsync();
            if (Newest >= version)
                return Overtaken(Newest);
            throw;
        }
        return Settled("Done.Written", version);
    }

    private ReportWording Read()
    {
        var read = Reader(localizer, nameof(Form), "Words");
        return new ReportWording(
            read.Line(nameof(Form.Title), Form.Title, ReportWording.TitleMaxLength),
            read.Text(nameof(Form.Overview), Form.Overview, ReportWording.TextMaxLength),
            read.Text(nameof(Form.Lessons), Form.Lessons, ReportWording.TextMaxLength));
    }

    private RedirectResult Settled(string done, int version)
    {
        Done = localizer[done, version];
        return Redirect(DeskRoutes.ReportEdit(Event.Code));
    }

    /// <summary>
    /// Keeps what was typed and says that somebody else has written meanwhile. Saving again then writes the version after theirs.
    /// </summary>
    private PageResult Overtaken(int version)
    {
        ModelState.Remove(nameof(SeenVersion));
        SeenVersion = version;
        ModelState.AddModelError("", localizer["Error.Overtaken", version, Versions[0].WrittenBy]);
        return Page();
    }
}
