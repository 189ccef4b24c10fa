using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Report;

/// <summary>A part of an event as the stage showed it.</summary>
/// <param name="Title">Of the scene, or of its kind where it is gone or an old line of the log does not tell which one it was.</param>
/// <param name="From">When it came on.</param>
/// <param name="Until">When the next came on; null for the last.</param>
public sealed record StagePart(string Title, DateTimeOffset From, DateTimeOffset? Until);

/// <summary>
/// Which parts of an event were really held, and when: read from the lines that hosts leave in the audit log. What was done in the
/// rehearsal is not part of the event.
/// </summary>
public sealed class StageParts(
    CampaignDbFactory dbFactory, SceneRegistry<SceneDescriptor> kinds, IStringLocalizerFactory localizers)
{
    /// <summary>Hosts try the stage in the days before; what they show from an hour before the beginning on is the event.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromHours(1);

    /// <summary>Events last longer than planned.</summary>
    private static readonly TimeSpan After = TimeSpan.FromHours(3);

    /// <summary>More changes of scene in an event are somebody paging back and forth.</summary>
    private const int MaxLines = 1_000;

    public async Task<IReadOnlyList<StagePart>> ReadAsync(PublishedEvent e, CancellationToken cancellationToken)
    {
        var (from, until) = (e.StartsAt - Before, e.EndsAt + After);
        await using var db = dbFactory.Open();
        var lines = await db.AuditEntries.AsNoTracking()
            .Where(a => a.EventCode == e.Code && a.At <= until
                && ((a.At >= from && (a.Action == AuditAction.SceneShown || a.Action == AuditAction.SignNowStarted))
                    || a.Action == AuditAction.RehearsalStarted || a.Action == AuditAction.RehearsalWiped
                    || a.Action == AuditAction.SigningOpened
                    || (a.Action == AuditAction.EventEdited && a.Detail == AuditEntry.RehearsalEnded)))
            .OrderBy(a => a.Sequence).Take(MaxLines).Select(a => new { a.At, a.Action, a.Detail }).ToListAsync(cancellationToken);
        var shown = new List<(AuditedScene, DateTimeOffset)>();
        var rehearses = false;
        foreach (var line in lines)
        {
            if (line.Action is not (AuditAction.SceneShown or AuditAction.SignNowStarted))
                rehearses = line.Action == AuditAction.RehearsalStarted;
            else if (!rehearses && AuditedScene.Read(line.Detail) is { } scene)
                shown.Add((scene, line.At));
        }
        return [.. Timetable.Of(shown).Select(part => new StagePart(TitleOf(part.Scene, e), part.From, part.Until))];
    }

    /// <summary>An old line names the kind alone; most events have one scene of each.</summary>
    private string TitleOf(AuditedScene shown, PublishedEvent e)
    {
        if (e.Scenes.FirstOrDefault(scene => scene.Id == shown.Id) is { } known)
            return known.Title;
        if (kinds.Find(shown.Kind) is not { } kind)
            return shown.Kind;
        var scenes = e.Scenes.Where(scene => scene.Kind == kind.Kind).ToList();
        return shown.Id is null && scenes.Count == 1 ? scenes[0].Title : localizers.Create(kind.ResourceType)["Name"];
    }
}
