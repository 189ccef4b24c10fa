using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Report;

/// <summary>A part of an event as the stage showed it.</summary>
/// <param name="Title">Of the scene, or of its kind where several scenes have it.</param>
/// <param name="From">When it came on.</param>
/// <param name="Until">When the next came on; null for the last.</param>
public sealed record StagePart(string Title, DateTimeOffset From, DateTimeOffset? Until);

/// <summary>Which parts of an event were really held, and when: read from the lines that hosts leave in the audit log.</summary>
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
            .Where(a => a.EventCode == e.Code && a.At >= from && a.At <= until
                && (a.Action == AuditAction.SceneShown || a.Action == AuditAction.SignNowStarted))
            .OrderBy(a => a.Sequence).Take(MaxLines).Select(a => new { a.At, a.Detail }).ToListAsync(cancellationToken);
        var parts = new List<StagePart>();
        string? shown = null;
        foreach (var line in lines)
        {
            if (line.Detail is not { } kind || kind == shown) // another step of the same scene
                continue;
            shown = kind;
            if (parts.Count > 0)
                parts[^1] = parts[^1] with { Until = line.At };
            parts.Add(new StagePart(TitleOf(kind, e), line.At, null));
        }
        return parts;
    }

    /// <summary>The log names kinds of scenes; most events have one scene of each.</summary>
    private string TitleOf(string name, PublishedEvent e)
    {
        if (kinds.Find(name) is not { } kind)
            return name;
        var scenes = e.Scenes.Where(scene => scene.Kind == kind.Kind).ToList();
        return scenes.Count == 1 ? scenes[0].Title : localizers.Create(kind.ResourceType)["Name"];
    }
}
