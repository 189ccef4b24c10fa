using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Desk.Prepared;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Records.Seals;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Archive;

/// <summary>The archive package of an event: has it made, which seals the event, says how far it is, and which seals there are.</summary>
[Authorize(Policy = Policies.ReadNames)]
[AuthorizeChanges(Policies.Organize)]
public sealed class ArchivePage(
    DeskPageDependencies desk, ArchiveWriter writer, PreparedFiles files, SealReader seals, SealTimestamps timestamps,
    InterfaceLanguages languages)
    : EventPageModel(desk)
{
    public PublishedEvent Public { get; private set; } = null!;

    /// <summary>Making one seals the event: an observer who may see names takes out the one that is there.</summary>
    public bool MayPrepare => User.MayOrganize();

    /// <summary>Null before somebody has asked for it.</summary>
    public PreparedFile? Prepared => files.Find(Wanted);

    /// <summary>The newest first.</summary>
    public IReadOnlyList<SealSummary> Seals { get; private set; } = [];

    /// <summary>An authority is configured, or was when one of the seals was made.</summary>
    public bool ShowsTimestamps => timestamps.IsConfigured || Seals.Any(seal => seal.TimestampedAt is not null);

    private FileWanted Wanted => new(PreparedKind.Archive, Event.Id, languages.Current.Tag);

    public async Task OnGetAsync()
    {
        Public = (await Published.FindAsync(Event.Id, HttpContext.RequestAborted))!.Localized();
        Seals = await seals.ListAsync(Event.Id, HttpContext.RequestAborted);
        if (Prepared is { IsRunning: true })
            Response.Headers["Refresh"] = "2";
    }

    /// <summary>Has the package made.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        var cancellationToken = HttpContext.RequestAborted;
        Db.Audit(AuditAction.ArchivePrepared, Event);
        await Db.SaveChangesAsync(cancellationToken);
        var e = (await Published.FindAsync(Event.Id, cancellationToken))!.Localized();
        files.Start(Wanted, async (file, progress, ended) => await writer.WriteAsync(file, e, progress, ended));
        return Redirect(DeskRoutes.Archive(Event.Code));
    }
}
