using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Organizing;

/// <summary>An administrator lets an observer see names, in one organization and until a day.</summary>
public sealed class NamesGrantsPageTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_observer_sees_counts_until_the_right_is_given_and_again_once_it_is_ended()
    {
        var e = await app.SeedEventAsync();
        using var phone = app.CreateClient();
        await phone.SignedAsync(e, "陈思雨", "陈芳");
        await phone.SignedAsync(e, "陈 思雨", "陈芳");
        var (observer, id) = await ObserverAsync(e);
        var administrator = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator);

        var refused = await observer.GetAsync(DeskRoutes.Review(e.Code));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        var words = await DeskVisitor.TextAsync(refused);
        Assert.Contains("请找管理员开通", words);
        Assert.DoesNotContain("陈", words);
        Assert.Contains("签名人数", await observer.ReadAsync(DeskRoutes.Event(e.Code)));

        Assert.Contains("现在只能看人数", await administrator.ReadAsync(DeskRoutes.NamesGrants(id)));
        Assert.Equal(HttpStatusCode.Redirect, (await administrator.SendAsync(DeskRoutes.NamesGrants(id))).StatusCode);
        Assert.Contains("陈思雨", await observer.ReadAsync(DeskRoutes.Review(e.Code)));
        Assert.Contains("大塘冲社区，到", await administrator.ReadAsync(DeskRoutes.NamesGrants(id)));

        await using var db = app.OpenStore();
        var grant = await db.NamesGrants.SingleAsync(g => g.OrganizerId == id, Cancellation);
        await administrator.SendAsync($"{DeskRoutes.NamesGrants(id)}?handler=Revoke", ("grant", $"{grant.Id}"));
        Assert.Equal(HttpStatusCode.Forbidden, (await observer.GetAsync(DeskRoutes.Review(e.Code))).StatusCode);
        Assert.Equal([AuditAction.NamesGranted, AuditAction.NamesRevoked], await db.AuditEntries
            .Where(a => a.Subject == $"观察员{e.Code}" && a.Action >= AuditAction.NamesGranted && a.Action <= AuditAction.NamesRevoked)
            .OrderBy(a => a.Sequence).Select(a => a.Action).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task A_right_given_again_takes_the_place_of_the_one_that_runs()
    {
        var e = await app.SeedEventAsync();
        var (_, id) = await ObserverAsync(e);
        var administrator = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator);
        await administrator.SendAsync(DeskRoutes.NamesGrants(id));
        var sooner = DateTime.UtcNow.AddDays(5).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        await administrator.SendAsync(DeskRoutes.NamesGrants(id), ("Form.Until", sooner));

        Assert.Contains($"大塘冲社区，到{sooner}为止", await administrator.ReadAsync(DeskRoutes.NamesGrants(id)));
        await using var db = app.OpenStore();
        Assert.Single(await db.NamesGrants.Where(g => g.OrganizerId == id && g.RevokedAt == null).ToListAsync(Cancellation));
        Assert.True(await db.AuditEntries.AnyAsync(
            a => a.Subject == $"观察员{e.Code}" && a.Action == AuditAction.NamesRevoked, Cancellation));
    }

    [Fact]
    public async Task The_right_has_an_end_within_a_year_and_a_place_within_reach_of_both()
    {
        var (e, other) = (await app.SeedEventAsync(), await app.SeedEventAsync());
        var (_, id) = await ObserverAsync(e);
        var administrator = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator);
        foreach (var (field, value) in new[]
        {
            ("Form.Until", ""), ("Form.Until", "2020-01-01"), ("Form.Until", "2099-01-01"),
            ("Form.OrganizationId", $"{other.Organization}"), ("Form.OrganizationId", $"{e.District}"), // above the observer's own
        })
            Assert.Equal(HttpStatusCode.OK, (await administrator.SendAsync(DeskRoutes.NamesGrants(id), (field, value))).StatusCode);
        var stranger = await DeskVisitor.SignInAsync(app, other.District, OrganizerRole.Administrator);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(DeskRoutes.NamesGrants(id))).StatusCode);

        await using var db = app.OpenStore();
        Assert.False(await db.NamesGrants.AnyAsync(g => g.OrganizerId == id, Cancellation));
    }

    private async Task<(DeskVisitor Observer, int Id)> ObserverAsync(SeededEvent e)
    {
        var name = $"观察员{e.Code}";
        var id = await DeskVisitor.AddAccountAsync(app, name, e.Organization, OrganizerRole.Observer);
        var observer = new DeskVisitor(app.CreateClient());
        await observer.SignInAsync(name);
        return (observer, id);
    }
}
