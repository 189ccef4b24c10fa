using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests;

/// <summary>What a test needs to know of the event it was given.</summary>
/// <param name="Organization">The community that holds it; its parent is a street, whose parent is a district.</param>
/// <param name="Primary">A class of grade 5, whose pupils need a guardian; 45 are expected.</param>
/// <param name="OtherPrimary">A second class of grade 5 of the same school, of unknown size.</param>
/// <param name="Junior">A class of grade 7, whose pupils need a guardian.</param>
/// <param name="Senior">A class of grade 10, whose students may sign alone.</param>
public sealed record SeededEvent(
    int Id, string Code, int CampaignId, int District, int Organization, int Primary, int OtherPrimary, int Junior, int Senior);

/// <summary>Puts things into the store, where a test is not about how they got there.</summary>
public static class Seed
{
    /// <summary>
    /// A district with a street, a community and its two schools, and an event of the community with the official
    /// texts. Each call plants a tree of its own, so a second event belongs to somebody else.
    /// </summary>
    public static async Task<SeededEvent> SeedEventAsync(this CampaignApp app, EventState state = EventState.Open,
        string title = "暑期防溺水宣传活动", DateTimeOffset? startsAt = null, DateTimeOffset? homeSigningUntil = null,
        bool namesContact = true, bool isPublic = true)
    {
        var clock = app.Get<TimeProvider>();
        var starts = startsAt ?? clock.GetUtcNow();
        await using var db = app.OpenStore();

        var district = new Organization("荷塘区", OrganizationKind.District);
        var street = new Organization("贺家土街道", OrganizationKind.Street, district);
        var community = new Organization("大塘冲社区", OrganizationKind.Community, street);
        var primarySchool = new Organization("大塘冲小学", OrganizationKind.School, community);
        var middleSchool = new Organization("大塘冲中学", OrganizationKind.School, community);
        var primary = new ClassGroup(primarySchool, 5, 1, expected: 45);
        var otherPrimary = new ClassGroup(primarySchool, 5, 2);
        var junior = new ClassGroup(middleSchool, 7, 3);
        var senior = new ClassGroup(middleSchool, 10, 1);

        var rules = RulesSettings.Usual(community.Name, Campaign.UsualEnd(starts.AddHours(2).DayIn(CampaignEvent.DefaultZone)));
        if (namesContact)
            rules = rules with { ContactPerson = "张老师（示例）", ContactWay = "社区服务中心（示例），电话000-0000-0000" };
        var campaign = new Campaign(community, "2026 暑期防溺水", rules, clock.GetUtcNow());
        OfficialTexts.WriteInto(campaign, clock.GetUtcNow());
        var gathering = new CampaignEvent(campaign, community, title, "社区广场", starts, starts.AddHours(2));
        gathering.Describe(title, "社区广场", ["大塘冲社区"], ["绿舟应急救援队"]);
        gathering.Schedule(starts, starts.AddHours(2), homeSigningUntil);
        gathering.Arrange(EventTemplate.Scenes());
        gathering.Invite([primary, otherPrimary, junior, senior]);
        BringTo(state, gathering, clock.GetUtcNow());
        if (isPublic)
            gathering.Publish();

        db.AddRange(district, street, community, primarySchool, middleSchool);
        db.Add(gathering);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        await app.Get<PublishedEvents>().ChangedAsync(gathering.Id, TestContext.Current.CancellationToken);
        return new SeededEvent(gathering.Id, gathering.Code, campaign.Id, district.Id, community.Id, primary.Id, otherPrimary.Id,
            junior.Id, senior.Id);
    }

    /// <summary>Changes an event as the desk would: saves, then tells phones and screens.</summary>
    public static async Task ChangeEventAsync(this CampaignApp app, int eventId, Action<CampaignEvent> change)
    {
        await using var db = app.OpenStore();
        var gathering = await db.Events.FindAsync([eventId], TestContext.Current.CancellationToken)
            ?? throw new InvalidOperationException($"There is no event {eventId}.");
        change(gathering);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        await app.Get<PublishedEvents>().ChangedAsync(eventId, TestContext.Current.CancellationToken);
    }

    /// <summary>Invites classes of one more school to an event beside its four; their ids.</summary>
    public static async Task<IReadOnlyList<int>> SeedFurtherClassesAsync(this CampaignApp app, SeededEvent e, int count)
    {
        await using var db = app.OpenStore();
        var gathering = await db.Events.Include(g => g.Classes).SingleAsync(g => g.Id == e.Id, TestContext.Current.CancellationToken);
        var community = await db.Organizations.SingleAsync(o => o.Id == e.Organization, TestContext.Current.CancellationToken);
        var school = new Organization("实验小学", OrganizationKind.School, community);
        var classes = Enumerable.Range(0, count).Select(i => new ClassGroup(school, 1 + (i % 6), 1 + (i / 6), expected: 45)).ToList();
        db.Add(school);
        gathering.Invite([.. gathering.Classes, .. classes]);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        await app.Get<PublishedEvents>().ChangedAsync(e.Id, TestContext.Current.CancellationToken);
        return [.. classes.Select(c => c.Id)];
    }

    /// <summary>Changes each scene of an event, as the desk would.</summary>
    public static async Task ChangeScenesAsync(this CampaignApp app, int eventId, Action<Scene> change)
    {
        await using var db = app.OpenStore();
        var gathering = await db.Events.Include(e => e.Scenes).SingleAsync(e => e.Id == eventId, TestContext.Current.CancellationToken);
        gathering.Scenes.ForEach(change);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        await app.Get<PublishedEvents>().ChangedAsync(eventId, TestContext.Current.CancellationToken);
    }

    /// <summary>Settles the event's scene of a kind, as the desk would; returns its id.</summary>
    public static async Task<int> SettleSceneAsync(this CampaignApp app, SeededEvent e, SceneKind kind,
        Func<SceneSettings, SceneSettings> settle)
    {
        var id = 0;
        await app.ChangeScenesAsync(e.Id, scene =>
        {
            if (scene.Kind != kind)
                return;
            scene.Edit(scene.Title, scene.Notes, settle(scene.Settings));
            id = scene.Id;
        });
        return id;
    }

    /// <summary>Brings the event's first scene of a kind onto its stage, as a host does.</summary>
    public static async Task ShowSceneAsync(this CampaignApp app, SeededEvent e, SceneKind kind, int step = 0)
    {
        var published = (await app.Get<PublishedEvents>().FindAsync(e.Id, TestContext.Current.CancellationToken))!;
        Assert.True(await app.Get<StageConductor>().ShowAsync(e.Id, published.Scenes.First(scene => scene.Kind == kind).Id, step));
    }

    /// <summary>When the film or the metronome that runs was at its beginning, in milliseconds since 1970.</summary>
    public static async Task<long> StageBeganAsync(this CampaignApp app, SeededEvent e)
    {
        await using var db = app.OpenStore();
        var stage = await db.Stages.SingleAsync(s => s.EventId == e.Id, TestContext.Current.CancellationToken);
        return stage.RunningSince!.Value.ToUnixTimeMilliseconds() - stage.PositionAtStart;
    }

    /// <summary>Gives a role another wording, as the desk would; it becomes version 2.</summary>
    /// <param name="translations">What may be read beside it; for guardians see <see cref="SampleTexts"/>.</param>
    public static async Task RewriteTextAsync(this CampaignApp app, SeededEvent e, SignerRole role,
        IReadOnlyList<PledgeTranslation>? translations = null)
    {
        await using var db = app.OpenStore();
        var campaign = await db.Campaigns.Include(c => c.Texts)
            .SingleAsync(c => c.Id == e.CampaignId, TestContext.Current.CancellationToken);
        campaign.Write(role, SampleTexts.Rewritten(role), DateTimeOffset.UnixEpoch, translations);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        await app.Get<PublishedEvents>()
            .ContentChangedAsync(changed => changed.CampaignId == e.CampaignId);
    }

    /// <summary>Marks the signing of a receipt (<c>/r/{receipt}</c>) as invalid, as an organizer would.</summary>
    public static async Task InvalidateAsync(this CampaignApp app, string receipt, int by = 1)
    {
        var signed = await app.Get<Receipts>().FindAsync(receipt["/r/".Length..], TestContext.Current.CancellationToken);
        await app.Get<PledgeLedger>().InvalidateAsync([signed!.Receipt.Sequence], by);
    }

    /// <summary>Makes a host link of an event, as the desk would; its number and its address.</summary>
    public static async Task<(int Id, string Address)> SeedHostLinkAsync(this CampaignApp app, SeededEvent e)
    {
        var secret = LinkSecret.New();
        var link = new HostLink(e.Id, LinkSecret.HashOf(secret), createdBy: 1, app.Get<TimeProvider>().GetUtcNow());
        await using var db = app.OpenStore();
        db.HostLinks.Add(link);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return (link.Id, $"/host/{e.Code}/{secret}");
    }

    /// <summary>Puts pupils on the list of a class, as an import would; their entries, in that order.</summary>
    /// <param name="app">The store.</param>
    /// <param name="e">An event of the class, which is told.</param>
    /// <param name="classId">The class.</param>
    /// <param name="pupils">Seat and name.</param>
    public static async Task<int[]> SeedRosterAsync(
        this CampaignApp app, SeededEvent e, int classId, params (int? Seat, string Name)[] pupils)
    {
        await using var db = app.OpenStore();
        var group = await db.Classes.SingleAsync(c => c.Id == classId, TestContext.Current.CancellationToken);
        var entries = pupils.Select(pupil => new RosterEntry(group, pupil.Seat, pupil.Name, app.Get<TimeProvider>().GetUtcNow())).ToList();
        db.Roster.AddRange(entries);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        await app.Get<PublishedEvents>().ContentChangedAsync(changed => changed.Id == e.Id);
        return [.. entries.Select(entry => entry.Id)];
    }

    /// <summary>Makes a link of a class, as the desk would; its number and its secret.</summary>
    public static async Task<(int Id, string Secret)> SeedClassLinkAsync(
        this CampaignApp app, SeededEvent e, int classId, bool holdsConsent = true, bool forCampaign = false)
    {
        var secret = LinkSecret.New();
        var now = app.Get<TimeProvider>().GetUtcNow();
        var link = new ClassLink(classId, forCampaign ? null : e.Id, e.CampaignId, LinkSecret.HashOf(secret), holdsConsent, createdBy: 1,
            now, now.AddDays(30));
        await using var db = app.OpenStore();
        db.ClassLinks.Add(link);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return (link.Id, secret);
    }

    private static void BringTo(EventState state, CampaignEvent gathering, DateTimeOffset now)
    {
        if (state == EventState.Rehearsal)
            gathering.Rehearse();
        if (state is EventState.Open or EventState.Closed)
            gathering.Open(now);
        if (state == EventState.Closed)
            gathering.Close(now);
    }
}
