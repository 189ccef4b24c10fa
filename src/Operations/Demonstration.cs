using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Operations;

/// <summary>
/// The founding case (docs/domain.md 1) as an event that anyone can sign at once: the community, its health service
/// centre and the rescue team, two example schools, and the scenes of that evening.
/// </summary>
public sealed class Demonstration(CampaignDbFactory dbFactory, TimeProvider clock)
{
    public const string Code = "DEM001";

    /// <summary>Creates the event where the database holds nothing yet; for a newcomer's first start.</summary>
    public async Task CreateInEmptyDatabaseAsync(CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        if (!await db.Organizations.AnyAsync(cancellationToken))
            await CreateAsync(db, cancellationToken);
    }

    /// <summary>Creates the event unless it is there already.</summary>
    public async Task CreateIfMissingAsync(CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        if (!await db.Events.AnyAsync(e => e.Code == Code, cancellationToken))
            await CreateAsync(db, cancellationToken);
    }

    private async Task CreateAsync(CampaignDb db, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var here = TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(CampaignEvent.DefaultZone));
        var startsAt = here - TimeSpan.FromTicks(here.Ticks % TimeSpan.TicksPerHour);

        var district = new Organization("芦淞区", OrganizationKind.District);
        var street = new Organization("贺家土街道", OrganizationKind.Street, district);
        var community = new Organization("大塘冲社区", OrganizationKind.Community, street);
        var rescuers = new Organization("绿舟应急救援队", OrganizationKind.RescueTeam, street);
        var junior = School(community, "大塘冲中学（示例）", firstGrade: 7, lastGrade: 9);
        var primary = School(community, "大塘冲小学（示例）", firstGrade: 3, lastGrade: 6);
        (Organization Of, string Name)[] inEnglish =
        [
            (district, "Lusong District"), (street, "Hejiatu Subdistrict"), (community, "Datangchong Community"),
            (rescuers, "Lüzhou Emergency Rescue Team"), (junior, "Datangchong Middle School (example)"),
            (primary, "Datangchong Primary School (example)"),
        ];
        foreach (var (organization, name) in inEnglish)
            organization.Translate("en", name);

        // Obviously fictitious: a visitor of the demonstration must not call anybody.
        var rules = RulesSettings.Usual(community.Name, Campaign.UsualEnd(startsAt.AddHours(3).DayIn(CampaignEvent.DefaultZone))) with
        {
            ContactPerson = "张老师（示例）",
            ContactWay = "大塘冲社区服务中心（示例），电话000-0000-0000",
        };
        var summer = new DateOnly(here.Year, 7, 17); // whatever the day, it shows a summer's event
        var campaign = new Campaign(community, EventTemplate.CampaignTitleIn(InterfaceLanguages.Default.Culture, summer), rules, now);
        OfficialTexts.WriteInto(campaign, now);

        var demonstration = new CampaignEvent(campaign, community, "大塘冲社区暑期防溺水宣传活动", "大塘冲中学礼堂（示例）",
            startsAt, startsAt.AddHours(3), Code);
        demonstration.Describe(demonstration.Title, demonstration.Place, [community.Name], ["大塘冲社区卫生服务中心", rescuers.Name]);
        demonstration.Translate("en", "Datangchong Community summer drowning prevention event",
            "Datangchong Middle School auditorium (example)", new Dictionary<string, string>
            {
                [demonstration.Partners[0]] = "Datangchong Community Health Service Centre",
                [rescuers.Name] = rescuers.Translations[0].Name,
            });
        demonstration.Arrange(EventTemplate.Scenes().Select(Settled));
        demonstration.Invite([.. junior.Classes, .. primary.Classes]);
        demonstration.Open(now);

        db.AddRange(rescuers, junior, primary, demonstration);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>A speaker and several groups, so that a visitor sees what the settings do.</summary>
    private static Scene Settled(Scene scene)
    {
        scene.Edit(scene.Title, scene.Notes, scene.Kind switch
        {
            SceneKind.Speech => scene.Settings with { Speaker = "贺家土街道办事处（示例）" },
            SceneKind.Cpr => scene.Settings with { Groups = 3 },
            _ => scene.Settings,
        });
        return scene;
    }

    private static Organization School(Organization community, string name, int firstGrade, int lastGrade)
    {
        var school = new Organization(name, OrganizationKind.School, community);
        for (var grade = firstGrade; grade <= lastGrade; grade++)
            for (var number = 1; number <= 2; number++)
                school.Classes.Add(new ClassGroup(school, grade, number, expected: 44 + (grade * 2 + number * 3) % 7));
        return school;
    }
}
