using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Storage;

/// <summary>Where a thing lies, seen from an account of the community.</summary>
public enum Place
{
    Own,
    Below,
    Sibling,
    Above,
}

/// <summary>
/// A street with two communities; the first, whose access scope is tested, has a school. Every one of them has its own class,
/// campaign, text, event, scene, invitation, account, pledge and act.
/// </summary>
public class TwoTrees : CampaignApp
{
    private readonly Dictionary<Place, Organization> organizations = [];

    public AccessScope Writer { get; private set; } = AccessScope.Nothing;

    public AccessScope Observer => Writer with { MayWrite = false };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var street = new Organization("贺家土街道", OrganizationKind.Street);
        organizations[Place.Above] = street;
        organizations[Place.Own] = new Organization("大塘冲社区", OrganizationKind.Community, street);
        organizations[Place.Sibling] = new Organization("袁家湾社区", OrganizationKind.Community, street);
        organizations[Place.Below] = new Organization("大塘冲小学", OrganizationKind.School, organizations[Place.Own]);

        await using var db = OpenStore();
        foreach (var (place, organization) in organizations)
            Furnish(db, place, organization);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        foreach (var place in Enum.GetValues<Place>())
        {
            db.NamesGrants.Add(new NamesGrant(
                await db.Users.SingleAsync(o => o.OrganizationId == organizations[place].Id, TestContext.Current.CancellationToken),
                organizations[place], by: 1, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1)));
            db.ApiTokens.Add(new ApiToken(organizations[place], "平台", $"{place}", ApiScopes.Counts, by: 1, DateTimeOffset.UnixEpoch,
                DateTimeOffset.UnixEpoch.AddDays(1)));
            db.WeeklyExports.Add(
                new WeeklyExport(organizations[place], null, null, weekday: 1, hour: 6, by: 1, DateTimeOffset.MaxValue.AddDays(-99)));
            Record(db, await db.Events.SingleAsync(e => e.OrganizationId == organizations[place].Id, TestContext.Current.CancellationToken),
                1 + 2 * (int)place);
        }
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        Writer = new AccessScope(organizations[Place.Own].Path, MayWrite: true, await AccountAsync(Place.Own));
    }

    public int IdOf(Place place) => organizations[place].Id;

    /// <summary>The id of the place's own row of a kind, as nobody's reach hides it.</summary>
    public async Task<int> IdOfAsync<T>(Place place) where T : class
    {
        await using var db = OpenStore();
        return await Rows<T>(db, IdOf(place)).Select(row => EF.Property<int>(row, "Id")).SingleAsync(TestContext.Current.CancellationToken);
    }

    public Task<int> AccountAsync(Place place) => IdOfAsync<Organizer>(place);

    /// <summary>The rows of a kind that belong to an organization itself.</summary>
    public static IQueryable<T> Rows<T>(CampaignDb db, int organization) where T : class => (IQueryable<T>)(object)(typeof(T).Name switch
    {
        nameof(Organization) => db.Organizations.Where(o => o.Id == organization),
        nameof(Organizer) => db.OrganizersInScope.Where(o => o.OrganizationId == organization),
        nameof(NamesGrant) => db.NamesGrants.Where(g => g.OrganizationId == organization),
        nameof(ApiToken) => db.ApiTokens.Where(t => t.OrganizationId == organization),
        nameof(WeeklyExport) => db.WeeklyExports.Where(x => x.OrganizationId == organization),
        nameof(ClassGroup) => db.Classes.Where(c => c.SchoolId == organization),
        nameof(Campaign) => db.Campaigns.Where(c => c.OrganizationId == organization),
        nameof(PledgeText) => db.Texts.Where(t => t.Campaign.OrganizationId == organization),
        nameof(ChildrenRules) => db.Rules.Where(r => r.Campaign.OrganizationId == organization),
        nameof(CampaignEvent) => db.Events.Where(e => e.OrganizationId == organization),
        nameof(Scene) => db.Set<Scene>().Where(s => db.Events.Any(e => e.Id == s.EventId && e.OrganizationId == organization)),
        var other => throw new ArgumentOutOfRangeException(other),
    });

    private static void Furnish(CampaignDb db, Place place, Organization organization)
    {
        var group = new ClassGroup(organization, 5, 1);
        var campaign = new Campaign(organization, "2026 暑期防溺水", new DateOnly(2026, 9, 30), DateTimeOffset.UnixEpoch);
        campaign.Write(SignerRole.Student, new PledgeWording("承诺书", ["不私自下水游泳"], "我承诺"), DateTimeOffset.UnixEpoch);
        var gathering = new CampaignEvent(campaign, organization, "宣传活动", "广场", DateTimeOffset.UnixEpoch,
            DateTimeOffset.UnixEpoch.AddHours(2));
        gathering.Arrange([new Scene(SceneKind.Signing, "签名")]);
        gathering.Invite([group]);
        var name = place.ToString().ToUpperInvariant();
        db.Users.Add(
            new Organizer { UserName = name, NormalizedUserName = name, Organization = organization, Role = OrganizerRole.Organizer });
        db.AddRange(group, gathering);
    }

    private static void Record(CampaignDb db, CampaignEvent gathering, int sequence)
    {
        db.Pledges.Add(new Pledge { Sequence = sequence, Key = Guid.NewGuid().ToByteArray(), EventId = gathering.Id, Name = "王小明" });
        db.Signatures.Add(new Signature { Sequence = sequence, Strokes = [1] });
        db.Acts.Add(new LedgerAct { Sequence = sequence + 1, EventId = gathering.Id });
    }
}

public sealed class TwoTreesOnPostgres : TwoTrees
{
    public TwoTreesOnPostgres() => Postgres = true;

    /// <inheritdoc cref="PostgresApp.Required"/>
    public TwoTreesOnPostgres Required
    {
        get
        {
            _ = Servers.Postgres;
            return this;
        }
    }

    public override ValueTask InitializeAsync() => Servers.HavePostgres ? base.InitializeAsync() : ValueTask.CompletedTask;
}
