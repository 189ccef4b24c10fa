using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Backups;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Backups;

/// <summary>What was taken from accounts, links and lists after a backup was made does not come back with it.</summary>
public sealed class RevocationReplayTests : IAsyncLifetime
{
    private readonly DirectoryInfo shelf = Directory.CreateTempSubdirectory("safety-campaign-");
    private readonly CampaignApp app = new();
    private SeededEvent e = null!;
    private SeededEvent deleted = null!;
    private DeskVisitor administrator = null!;
    private (int Careless, int Removed, int Suspended, int Demoted) accounts;
    private (string Ended, string Open) hosts;
    private ((int Id, string Secret) Ended, (int Id, string Secret) Open) teachers;
    private int[] pupils = [];
    private NamesGrant grant = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string File => Path.Combine(shelf.FullName, "backup");

    private string Database => Path.Combine(app.DataDirectory, "campaign.db");

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        (e, deleted) = (await app.SeedEventAsync(), await app.SeedEventAsync(EventState.Rehearsal, "删掉的活动"));
        using var phone = app.CreateClient();
        await phone.SignedAsync(e);
        await phone.SignedAsync(deleted, "试签生", "试签人");
        accounts = (await AccountAsync("粗心"), await AccountAsync("离职"), await AccountAsync("停用"), await AccountAsync("降级"));
        hosts = ((await app.SeedHostLinkAsync(e)).Address, (await app.SeedHostLinkAsync(e)).Address);
        teachers = (await app.SeedClassLinkAsync(e, e.Primary), await app.SeedClassLinkAsync(e, e.Primary));
        pupils = await app.SeedRosterAsync(e, e.Primary, (1, "欧阳转学"), (2, "欧阳改名"), (3, "欧阳在读"));
        await using (var db = app.OpenStore())
        {
            var careless = await db.Users.SingleAsync(o => o.Id == accounts.Careless, Cancellation);
            grant = new NamesGrant(careless, await db.Organizations.SingleAsync(o => o.Id == e.Organization, Cancellation), by: 1,
                DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(9));
            db.NamesGrants.Add(grant);
            db.UserTokens.AddRange(Code("spent"), Code("kept"));
            db.WeeklyExports.Add(new WeeklyExport(grant.Organization, null, null, weekday: 1, hour: 6, by: 1, DateTimeOffset.UtcNow));
            db.ApiTokens.AddRange(Token(grant.Organization, "ended"), Token(grant.Organization, "open"));
            await db.SaveChangesAsync(Cancellation);
        }
        administrator = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator);
        app.Get<Backup>().Write(File, Cancellation);
        await ActAsync();
        await app.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        shelf.Delete(recursive: true);
    }

    [Fact]
    public async Task By_the_database_that_goes_on_from_the_backup_everything_is_taken_away_again()
    {
        var restored = await BackupFiles.RestoreAsync(app.DataDirectory, File);

        Assert.Equal(new RepeatedRevocations
        {
            ReplacedWasRead = true,
            RemovedAccounts = 1,
            Accounts = 3,
            Grants = 1,
            Tokens = 1,
            Exports = 1,
            Links = 2,
            Pupils = 2,
            Events = 1,
        }, restored.Revoked);
        var bytes = await System.IO.File.ReadAllBytesAsync(Database, Cancellation);
        Assert.DoesNotContain(["欧阳转学", "欧阳改名", "试签生"], name => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(name)) >= 0);
        Assert.Contains("欧阳在读", await NamesAsync());
        await app.StartAsync();
        Assert.False(await GetsInAsync("粗心", DeskVisitor.Password));
        Assert.True(await GetsInAsync("粗心", "another four unrelated words"));
        Assert.False(await GetsInAsync("离职", DeskVisitor.Password));
        Assert.False(await GetsInAsync("停用", DeskVisitor.Password));
        Assert.Equal((410, 302), (await StatusAsync(hosts.Ended), await StatusAsync(hosts.Open)));
        Assert.DoesNotContain("欧阳在读", await ReadAsync($"/class/{teachers.Ended.Secret}"));
        Assert.Contains("欧阳在读", await ReadAsync($"/class/{teachers.Open.Secret}"));
        Assert.Equal((404, 200), (await StatusAsync($"/e/{deleted.Code}"), await StatusAsync($"/e/{e.Code}")));
        await using var db = app.OpenStore();
        Assert.Equal(OrganizerRole.Observer, (await db.Users.SingleAsync(o => o.Id == accounts.Demoted, Cancellation)).Role);
        Assert.NotNull((await db.NamesGrants.SingleAsync(Cancellation)).RevokedAt);
        Assert.Equal(["ended"], await db.ApiTokens.Where(t => t.RevokedAt != null).Select(t => t.Name).ToListAsync(Cancellation));
        var codes = db.UserTokens.Where(t => t.LoginProvider == "recovery-code").Select(t => t.Name);
        Assert.Equal(["kept"], await codes.ToListAsync(Cancellation));
        Assert.Equal(2, await db.Pledges.CountAsync(Cancellation));
        Assert.Contains("欧阳新名", await NamesAsync());
    }

    [Theory]
    [InlineData("lost")]
    [InlineData("damaged")]
    [InlineData("new and empty")]
    public async Task Where_no_database_goes_on_from_the_backup_links_end_and_the_rest_is_as_it_was(string replaced)
    {
        System.IO.File.Delete(Database);
        if (replaced == "damaged")
            await System.IO.File.WriteAllBytesAsync(Database, new byte[100_000], Cancellation);
        if (replaced == "new and empty")
        {
            await app.StartAsync();
            await app.StopAsync();
        }

        var restored = await BackupFiles.RestoreAsync(app.DataDirectory, File);

        Assert.Equal(new RepeatedRevocations { Links = 4, Tokens = 2 }, restored.Revoked);
        await app.StartAsync();
        Assert.True(await GetsInAsync("粗心", DeskVisitor.Password));
        Assert.Equal((410, 410), (await StatusAsync(hosts.Ended), await StatusAsync(hosts.Open)));
        Assert.DoesNotContain("欧阳在读", await ReadAsync($"/class/{teachers.Open.Secret}"));
        Assert.Equal(200, await StatusAsync($"/e/{deleted.Code}"));
        Assert.Contains("欧阳转学", await NamesAsync());
    }

    /// <summary>Each kind of taking away.</summary>
    private async Task ActAsync()
    {
        using (var careless = app.CreateClient())
        {
            var visitor = new DeskVisitor(careless);
            await visitor.SignInAsync("粗心");
            await visitor.ChangePasswordAsync(DeskVisitor.Password, "another four unrelated words");
        }
        await PressAsync($"{DeskRoutes.Account(accounts.Removed)}?handler=Remove", ("Confirmation", "离职"));
        await PressAsync($"{DeskRoutes.Account(accounts.Suspended)}?handler=Lock");
        var organizer = await DeskVisitor.SignInAsync(app, deleted.Organization);
        await organizer.SendAsync(DeskRoutes.DeleteEvent(deleted.Code), ("Form.TypedCode", deleted.Code));
        await using var db = app.OpenStore();
        (await db.Users.SingleAsync(o => o.Id == accounts.Demoted, Cancellation)).Role = OrganizerRole.Observer;
        (await db.HostLinks.OrderBy(l => l.Id).FirstAsync(Cancellation)).Revoke(DateTimeOffset.UtcNow);
        (await db.ClassLinks.SingleAsync(l => l.Id == teachers.Ended.Id, Cancellation)).Revoke(DateTimeOffset.UtcNow);
        (await db.NamesGrants.SingleAsync(Cancellation)).Revoke(DateTimeOffset.UtcNow);
        (await db.WeeklyExports.SingleAsync(Cancellation)).Revoke(DateTimeOffset.UtcNow);
        (await db.ApiTokens.SingleAsync(t => t.Name == "ended", Cancellation)).Revoke(DateTimeOffset.UtcNow);
        db.Roster.Remove(await db.Roster.SingleAsync(r => r.Id == pupils[0], Cancellation));
        (await db.Roster.SingleAsync(r => r.Id == pupils[1], Cancellation)).Rename("欧阳新名");
        db.UserTokens.Remove(await db.UserTokens.SingleAsync(t => t.Name == "spent", Cancellation));
        await db.SaveChangesAsync(Cancellation);
    }

    private async Task PressAsync(string address, params (string, string?)[] fields)
    {
        var form = DeskVisitor.Form(await administrator.ReadAsync(DeskRoutes.Password));
        var answer = await administrator.PostAsync(address, [.. form, .. fields]);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    private Task<int> AccountAsync(string name) => DeskVisitor.AddAccountAsync(app, name, e.Organization);

    private static ApiToken Token(Organization organization, string name) => new(organization, name, LinkSecret.HashOf(name),
        ApiScopes.Counts, by: 1, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(9));

    private Microsoft.AspNetCore.Identity.IdentityUserToken<int> Code(string name) =>
        new() { UserId = accounts.Careless, LoginProvider = "recovery-code", Name = name };

    private async Task<bool> GetsInAsync(string name, string password)
    {
        using var client = app.CreateClient();
        return (await new DeskVisitor(client).SignInAsync(name, password)).StatusCode == HttpStatusCode.Redirect;
    }

    private async Task<int> StatusAsync(string address)
    {
        using var client = app.CreateClient();
        return (int)(await client.GetAsync(new Uri(address, UriKind.Relative), Cancellation)).StatusCode;
    }

    private async Task<string> ReadAsync(string address)
    {
        using var client = app.CreateClient();
        return await DeskVisitor.TextAsync(await client.GetAsync(new Uri(address, UriKind.Relative), Cancellation));
    }

    private async Task<string> NamesAsync()
    {
        await using var db = ErasureReplay.Open(new(app.DataDirectory));
        return string.Join(' ', await db.Roster.Select(r => r.Name).ToListAsync(Cancellation));
    }
}
