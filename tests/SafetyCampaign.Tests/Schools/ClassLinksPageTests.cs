using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Schools;

/// <summary>Giving class teachers their links, and ending them.</summary>
public sealed partial class ClassLinksPageTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Links_are_shown_once_a_line_for_each_class_and_only_their_hashes_are_kept()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        var page = DeskRoutes.ClassLinks(e.Code);

        Assert.Equal(HttpStatusCode.Redirect, (await desk.SendAsync($"{page}?handler=New", ("HoldsGuardianConsent", "true"))).StatusCode);
        var made = await desk.ReadAsync(page);

        var secrets = Secrets(made);
        Assert.Equal(4, secrets.Count);
        Assert.Contains("大塘冲小学 五（1）班：http", made);
        Assert.Contains("已有监护人同意", made);
        Assert.DoesNotContain(secrets[0], await desk.ReadAsync(page));
        await using var db = app.OpenStore();
        var links = await db.ClassLinks.AsNoTracking().Where(l => l.EventId == e.Id).ToListAsync(Cancellation);
        Assert.Equal(secrets.Select(LinkSecret.HashOf).Order(), links.Select(l => l.SecretHash).Order());
        Assert.All(links, link => Assert.True(link.HoldsGuardianConsent));
        var line = await db.AuditEntries.AsNoTracking().OrderBy(a => a.Sequence).LastAsync(a => a.EventCode == e.Code, Cancellation);
        Assert.Equal((AuditAction.ClassLinkCreated, 4), (line.Action, line.Count));

        await desk.SendAsync($"{page}?handler=New"); // all have one
        Assert.Contains("每个班都已有可用的链接", await desk.ReadAsync(page));
        Assert.Equal(4, await db.ClassLinks.CountAsync(l => l.EventId == e.Id, Cancellation));
    }

    [Fact]
    public async Task Two_schools_of_one_name_stand_apart_each_with_its_organization_and_its_own_links()
    {
        var e = await app.SeedEventAsync();
        int school, group;
        await using (var db = app.OpenStore())
        {
            var gathering = await db.Events.Include(x => x.Classes).ThenInclude(c => c.School.Parent)
                .SingleAsync(x => x.Id == e.Id, Cancellation);
            var namesake = gathering.Classes.Single(c => c.Id == e.Primary).School;
            var other = new Organization(namesake.Name, OrganizationKind.School,
                await db.Organizations.SingleAsync(o => o.Id == e.District, Cancellation));
            var added = new ClassGroup(other, 5, 1);
            gathering.Invite([.. gathering.Classes, added]);
            await db.SaveChangesAsync(Cancellation);
            (school, group) = (other.Id, added.Id);
        }
        await app.Get<PublishedEvents>().ChangedAsync(e.Id, Cancellation);
        var desk = await DeskVisitor.SignInAsync(app, e.District);
        var page = DeskRoutes.ClassLinks(e.Code);
        await using var store = app.OpenStore();
        var district = await store.Organizations.Where(o => o.Id == e.District).Select(o => o.Name).SingleAsync(Cancellation);
        Assert.Contains($"大塘冲小学 · {district} <small>", await desk.ReadAsync(page));

        await desk.SendAsync($"{page}?handler=New", ("school", $"{school}"));

        Assert.Single(Secrets(await desk.ReadAsync(page)));
        Assert.Equal([group], await store.ClassLinks.Where(l => l.EventId == e.Id).Select(l => l.ClassId).ToListAsync(Cancellation));
        foreach (var one in new[] { DeskRoutes.EventCoverage(e.Code), DeskRoutes.EventClasses(e.Code), DeskRoutes.Records(e.Code) })
            Assert.Contains($"大塘冲小学 · {district}", await desk.ReadAsync(one), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_made_anew_ends_the_one_before_and_revoking_ends_one_or_all()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        using var teacher = app.CreateClient();
        var page = DeskRoutes.ClassLinks(e.Code);
        await desk.SendAsync($"{page}?handler=New");
        var first = await OpenedAsync(teacher, Secrets(await desk.ReadAsync(page)));
        Assert.Equal(4, first.Count);

        await desk.SendAsync($"{page}?handler=New", ("group", $"{e.Primary}"), ("ForCampaign", "true"));
        var anew = Assert.Single(Secrets(await desk.ReadAsync(page)));
        Assert.Equal(3, (await OpenedAsync(teacher, first)).Count);
        Assert.Single(await OpenedAsync(teacher, [anew]));
        await using var db = app.OpenStore();
        var link = await db.ClassLinks.AsNoTracking().SingleAsync(l => l.SecretHash == LinkSecret.HashOf(anew), Cancellation);
        Assert.Equal((null, e.CampaignId, e.Primary), ((int?)link.EventId, link.CampaignId, link.ClassId));

        Assert.Contains("整个活动计划", await desk.ReadAsync(page));
        await desk.SendAsync($"{page}?handler=Revoke", ("link", $"{link.Id}"));
        Assert.Empty(await OpenedAsync(teacher, [anew]));
        Assert.Equal(3, (await OpenedAsync(teacher, first)).Count);
        Assert.Contains("作废后恢复不了", await desk.ReadAsync(page)); // asked before the button is there
        await desk.SendAsync($"{page}?handler=Revoke");
        Assert.Empty(await OpenedAsync(teacher, first));
        Assert.Contains("已作废3个班级链接", await desk.ReadAsync(page));
    }

    [Fact]
    public void A_link_expires_a_month_after_the_day_or_with_home_signing_and_never_after_names_are_erased()
    {
        const string zone = "Asia/Shanghai";
        var ends = new DateTimeOffset(2026, 7, 17, 3, 0, 0, TimeSpan.Zero);
        DateTimeOffset Midnight(int month, int day) => new(2026, month, day, 0, 0, 0, TimeSpan.FromHours(8));

        Assert.Equal(Midnight(8, 17), ClassLink.ExpiryOf(ends, null, zone, new DateOnly(2027, 1, 31)));
        Assert.Equal(Midnight(9, 11), ClassLink.ExpiryOf(ends, Midnight(9, 10).AddHours(20), zone, new DateOnly(2027, 1, 31)));
        Assert.Equal(Midnight(8, 1), ClassLink.ExpiryOf(ends, null, zone, new DateOnly(2026, 8, 1)));
    }

    private static async Task<List<string>> OpenedAsync(HttpClient teacher, IReadOnlyList<string> secrets)
    {
        var opened = new List<string>();
        foreach (var secret in secrets)
            if ((await teacher.GetAsync(new Uri($"/class/{secret}", UriKind.Relative), Cancellation)).IsSuccessStatusCode)
                opened.Add(secret);
        return opened;
    }

    private static List<string> Secrets(string page) => [.. Address().Matches(page).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("/class/([0-9a-f]{32})")]
    private static partial Regex Address();
}
