using System.Collections.Concurrent;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Storage;

/// <summary>
/// The events as the public sees them, cached, so that a thousand phones cause one read; with drafts that are not public yet,
/// which pages that everybody may open leave out (<see cref="VisibleEvents"/>). Whatever changes an
/// event calls <see cref="ChangedAsync"/>; what another node changes is found by its revision.
/// </summary>
public sealed class PublishedEvents(CampaignDbFactory dbFactory, StoreGate gate, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, PublishedEvent> byCode = new();
    private readonly ConcurrentDictionary<int, string> codes = new();

    // Rows of deleted events: a reading that began before the deletion must not bring one back. No row gets such a number again.
    private readonly ConcurrentDictionary<int, byte> deleted = new();

    // A code that nobody has is asked for anew each time: it may be given to an event at another node in the next second.
    private readonly SingleFlight<string, PublishedEvent?> readingByCode = new();
    private readonly SingleFlight<int, PublishedEvent?> readingById = new();

    /// <summary>Raised after an event has changed, with what the public sees from now on.</summary>
    public event Action<PublishedEvent>? Changed;

    /// <summary>Raised after <see cref="Changed"/>, for a change made on this node, of which the other nodes do not know yet.</summary>
    public event Action<int>? ChangedHere;

    /// <summary>Whether an event has been read since the start: of another nobody can be watching here.</summary>
    public bool WasRead(int id) => codes.ContainsKey(id);

    /// <summary>The event of a code as typed; null where there is none.</summary>
    public async ValueTask<PublishedEvent?> FindAsync(string? typedCode, CancellationToken cancellationToken = default)
    {
        if (!EventCode.TryParse(typedCode, out var code))
            return null;
        return byCode.TryGetValue(code, out var known)
            ? known
            : await readingByCode.ReadAsync(code, asked => ReadFirstAsync(e => e.Code == asked), cancellationToken);
    }

    public async ValueTask<PublishedEvent?> FindAsync(int id, CancellationToken cancellationToken = default) =>
        codes.TryGetValue(id, out var code) && byCode.TryGetValue(code, out var known)
            ? known
            : await readingById.ReadAsync(id, asked => ReadFirstAsync(e => e.Id == asked), cancellationToken);

    /// <summary>
    /// Reads an event anew, which this node has changed, and tells phones, screens and (through <see cref="ChangedHere"/>) the
    /// other nodes. Where it cannot be read now, whoever asks for it next reads it.
    /// </summary>
    public async Task ChangedAsync(int eventId, CancellationToken cancellationToken = default)
    {
        if (codes.TryGetValue(eventId, out var code))
            byCode.TryRemove(code, out _);
        await ReadAnewAsync(eventId, cancellationToken);
        ChangedHere?.Invoke(eventId);
    }

    /// <summary>The event has been deleted on this node: it is found no more, here and (through <see cref="ChangedHere"/>) elsewhere.</summary>
    public void Remove(int eventId)
    {
        Forget(eventId);
        ChangedHere?.Invoke(eventId);
    }

    /// <summary>
    /// Something that these events show has changed beside them (a text, a school's name): raises their revision and tells. Not to be
    /// cancelled: the change is stored already, and a browser that was closed since must leave nothing outdated behind.
    /// </summary>
    public async Task ContentChangedAsync(Expression<Func<CampaignEvent, bool>> which)
    {
        await using var db = dbFactory.Open();
        await db.Events.Where(which).ExecuteUpdateAsync(e => e.SetProperty(x => x.Revision, x => x.Revision + 1));
        foreach (var id in await db.Events.Where(which).Select(e => e.Id).ToListAsync())
            await ChangedAsync(id);
    }

    /// <summary>Reads anew what another node has changed, and forgets what one has deleted.</summary>
    public async Task LoadRemoteChangesAsync(CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var known = codes.Keys.ToList();
        var revisions = await db.Events.Where(e => known.Contains(e.Id)).Select(e => new { e.Id, e.Code, e.Revision })
            .ToListAsync(cancellationToken);
        foreach (var now in revisions)
            if (!byCode.TryGetValue(now.Code, out var before) || before.Revision < now.Revision)
                await ReadAnewAsync(now.Id, cancellationToken);
        foreach (var gone in known.Except(revisions.Select(now => now.Id)))
            Forget(gone);
    }

    /// <summary>Reads an event anew, which somebody else has changed, and tells phones and screens.</summary>
    /// <returns>The event as it stands now; null where there is none.</returns>
    public async Task<PublishedEvent?> ReadAnewAsync(int eventId, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var published = await LoadAsync(db, e => e.Id == eventId, cancellationToken);
        if (published is null)
            Forget(eventId);
        else
            Changed?.Invoke(published);
        return published;
    }

    private void Forget(int eventId)
    {
        deleted[eventId] = 0;
        if (codes.TryRemove(eventId, out var code))
            byCode.TryRemove(code, out _);
    }

    private Task<PublishedEvent?> ReadFirstAsync(Expression<Func<CampaignEvent, bool>> which) =>
        gate.ReadAsync((db, cancellationToken) => LoadAsync(db, which, cancellationToken), CancellationToken.None);

    private async Task<PublishedEvent?> LoadAsync(
        CampaignDb db, Expression<Func<CampaignEvent, bool>> which, CancellationToken cancellationToken)
    {
        var found = await db.Events.AsNoTracking().AsSplitQuery()
            .Include(e => e.Organization)
            .Include(e => e.Campaign.Texts)
            .Include(e => e.Campaign.Rules)
            .Include(e => e.Classes).ThenInclude(c => c.School.Parent)
            .Include(e => e.Scenes)
            .SingleOrDefaultAsync(which, cancellationToken);
        if (found is null)
            return null;
        var pictures = await db.Pictures.Where(p => p.EventId == found.Id).OrderBy(p => p.Id)
            .Select(p => new PublishedPicture(p.Id, p.Kind, p.Subject, p.Width, p.Height)).ToListAsync(cancellationToken);
        var classes = found.Classes.ConvertAll(c => c.Id);
        // An event that is over shows its classes as they were then.
        var endedAt = found.SigningEndedAt(time.GetUtcNow());
        var revisions = endedAt is null ? [] : await db.ClassRevisions.AsNoTracking()
            .Where(r => classes.Contains(r.ClassId) && r.Until > endedAt).ToListAsync(cancellationToken);
        var byClass = revisions.ToLookup(r => r.ClassId);
        var published = (Publish(found, endedAt, byClass) with
        {
            MergedClasses = await db.Classes.Where(c => c.MergedIntoId != null && classes.Contains(c.MergedIntoId.Value))
                .ToDictionaryAsync(c => c.Id, c => c.MergedIntoId!.Value, cancellationToken),
            Pictures = pictures,
            IsSealed = await db.Seals.AnyAsync(seal => seal.EventId == found.Id, cancellationToken),
            HasRosters = await db.Roster.AnyAsync(entry => classes.Contains(entry.ClassId), cancellationToken),
        }).With(found.Translations, found.Organization.NameIn,
            culture => ScenesOf(found, scene => (scene.TitleIn(culture), scene.SettingsIn(culture))),
            culture => [.. ClassesOf(found, endedAt, byClass, school => school.NameIn(culture))]);
        codes[published.Id] = published.Code;
        // Two reads may finish in the other order; the higher revision is kept.
        var kept = byCode.AddOrUpdate(published.Code, published, (_, known) => known.Revision > published.Revision ? known : published);
        if (!deleted.ContainsKey(published.Id))
            return kept;
        Forget(published.Id);
        return null;
    }

    /// <param name="e">Whose.</param>
    /// <param name="endedAt">When it was over: its classes are shown as they were then. Null while it is not.</param>
    /// <param name="revisions">Of its classes, since then.</param>
    /// <param name="nameOf">An organization's name in a language.</param>
    private static IEnumerable<PublishedClass> ClassesOf(
        CampaignEvent e, DateTimeOffset? endedAt, ILookup<int, ClassRevision> revisions, Func<Organization, string> nameOf)
    {
        var names = SchoolNames.Of(e.Classes.Select(group => group.School), nameOf);
        return e.Classes.Select(group => (group.School, Class: Publish(group, endedAt, revisions[group.Id], names[group.SchoolId])))
            .OrderBy(c => c.School.Name, NameOrder.Instance).ThenBy(c => c.School.Id).ThenBy(c => c.Class.Name, ClassName.SchoolOrder)
            .Select(c => c.Class);
    }

    private static PublishedClass Publish(
        ClassGroup group, DateTimeOffset? endedAt, IEnumerable<ClassRevision> revisions, string school)
    {
        var (name, expected) = endedAt is { } then ? ClassRevision.At(group, [.. revisions], then) : (group.Name, group.Expected);
        return new PublishedClass(group.Id, school, name, name.NeedsGuardian(group.School.Stage), expected);
    }

    private static List<PublishedScene> ScenesOf(CampaignEvent e, Func<Scene, (string Title, SceneSettings Settings)> words) =>
    [
        .. from scene in e.Scenes
           orderby scene.Position
           let said = words(scene)
           select new PublishedScene(scene.Id, scene.Kind, said.Title, said.Settings),
    ];

    private static PublishedEvent Publish(CampaignEvent e, DateTimeOffset? endedAt, ILookup<int, ClassRevision> revisions) => new(
        e.Id, e.Code, e.Title, e.Place, e.StartsAt, e.EndsAt, e.HomeSigningUntil,
        TimeZoneInfo.FindSystemTimeZoneById(e.TimeZone), e.State, e.Organization.Name, e.Hosts, e.Partners,
        [.. e.Campaign.Texts.GroupBy(t => t.Role).Select(versions => versions.MaxBy(t => t.Version)!).OrderBy(t => t.Role)
            .Select(PublishedText.Of)],
        [.. e.Campaign.Rules.OrderByDescending(r => r.Version).Select(r => new PublishedRules(r.Version, r.WrittenAt, r.Settings))],
        [.. ClassesOf(e, endedAt, revisions, school => school.Name)],
        ScenesOf(e, scene => (scene.Title, scene.Settings)),
        e.ShowsNames,
        e.Revision)
    {
        IsPublic = e.IsPublic,
        IsArchived = e.ArchivedAt is not null,
        OrganizationPath = e.Organization.Path,
        OpenedAt = e.OpenedAt,
        ClosedAt = e.ClosedAt,
        Grace = e.Campaign.ErasedAt is null ? TimeSpan.FromMinutes(e.GraceMinutes) : TimeSpan.Zero,
        Keys = new SigningKeys(e.KeySecret),
    };
}
