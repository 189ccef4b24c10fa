using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Load.Running;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Load.Relay;

/// <summary>A class with its list and the link of its teacher.</summary>
/// <param name="Secret">Of the class link.</param>
/// <param name="ClassId">The class.</param>
/// <param name="Seats">The pupils' places on the list, as the API calls them.</param>
internal sealed record RelayClass(string Secret, int ClassId, IReadOnlyList<int> Seats)
{
    private const int ClassesOfSchool = 40;

    /// <summary>
    /// Gives an event further classes of grades 1 to 6 in schools of 40 classes, each with so many pupils on its list and a link whose
    /// school holds the guardians' consent. The program is stopped meanwhile, and runs afterwards.
    /// </summary>
    public static Task<IReadOnlyList<RelayClass>> PlantAsync(RunningProgram program, SeededEvent e, int classes, int pupils) =>
        PlantAsync(program, e, classes, [.. Enumerable.Range(1, pupils).Select(seat => $"学生{(char)('一' + seat)}")]);

    /// <summary>The same, each class with pupils of these names, in the order of their seats.</summary>
    public static async Task<IReadOnlyList<RelayClass>> PlantAsync(
        RunningProgram program, SeededEvent e, int classes, IReadOnlyList<string> pupils)
    {
        await program.StopAsync();
        var planted = await WriteAsync(program, e.Code, classes, pupils);
        await program.StartAsync();
        return planted;
    }

    /// <summary>The program's own store, past the program.</summary>
    public static CampaignDb Open(RunningProgram program)
    {
        var options = new DbContextOptionsBuilder<SqliteCampaignDb>();
        SqliteCampaignDb.Configure(
            options, new SqliteConnectionStringBuilder { DataSource = program.Database, Pooling = false }.ToString());
        return new SqliteCampaignDb(options.Options, new CurrentAccessScope { Current = AccessScope.Everything });
    }

    private static async Task<IReadOnlyList<RelayClass>> WriteAsync(
        RunningProgram program, string code, int classes, IReadOnlyList<string> pupils)
    {
        await using var db = Open(program);
        var gathering = await db.Events.Include(it => it.Classes).Include(it => it.Organization).SingleAsync(it => it.Code == code);
        var now = DateTimeOffset.UtcNow;
        var schools = Enumerable.Range(1, (classes + ClassesOfSchool - 1) / ClassesOfSchool)
            .Select(number => new Organization($"接力学校{number}", OrganizationKind.School, gathering.Organization)).ToList();
        var groups = Enumerable.Range(0, classes)
            .Select(i => new ClassGroup(schools[i / ClassesOfSchool], 1 + i % 6, 1 + i % ClassesOfSchool / 6)).ToList();
        db.AddRange(schools);
        db.AddRange(groups);
        var lists = groups.Select(group => pupils.Select((name, i) => new RosterEntry(group, i + 1, name, now)).ToList()).ToList();
        db.Roster.AddRange(lists.SelectMany(list => list));
        gathering.Invite([.. gathering.Classes, .. groups]);
        await db.SaveChangesAsync();

        var secrets = groups.Select(_ => LinkSecret.New()).ToList();
        db.ClassLinks.AddRange(groups.Zip(secrets, (group, secret) => new ClassLink(group.Id, gathering.Id, gathering.CampaignId,
            LinkSecret.HashOf(secret), holdsGuardianConsent: true, createdBy: 0, now, now.AddDays(1))));
        await db.SaveChangesAsync();
        return [.. groups.Select((group, i) => new RelayClass(secrets[i], group.Id, [.. lists[i].Select(entry => entry.Id)]))];
    }
}
