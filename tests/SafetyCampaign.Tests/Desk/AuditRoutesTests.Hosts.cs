using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Organizing.SetUp;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Display.Host;

namespace SafetyCampaign.Tests.Desk;

/// <summary>Hosts, the doors of the desk, and whoever looks at names.</summary>
public sealed partial class AuditRoutesTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_act_of_a_host_leaves_a_line_with_the_account_or_the_link(bool byLink)
    {
        var e = await app.SeedEventAsync(EventState.Draft);
        await app.ChangeEventAsync(e.Id, gathering => gathering.ShowNames(true));
        await app.ChangeEventAsync(e.Id, gathering => gathering.Open(DateTimeOffset.UnixEpoch));
        using var phone = app.CreateClient();
        var family = Signing.Family(e);
        family["consents"]!["showMaskedName"] = true;
        await phone.SignAsync(e.Code, family);
        await using var db = app.OpenStore();
        var name = await db.Pledges.Where(p => p.EventId == e.Id).Select(p => p.Sequence).FirstAsync(Cancellation);
        var scene = await db.Set<Scene>().Where(s => s.EventId == e.Id).Select(s => s.Id).FirstAsync(Cancellation);
        var (link, address) = await app.SeedHostLinkAsync(e);
        var client = app.CreateClient();
        var account = $"主持{e.Code}{byLink}";
        if (byLink)
            await client.GetAsync(address, Cancellation);
        else
        {
            await DeskVisitor.AddAccountAsync(app, account, e.Organization);
            await new DeskVisitor(client).SignInAsync(account);
        }
        var host = new HostVisitor(client, e.Code);
        // In an order in which each has something to do.
        Dictionary<string, string> acts = new()
        {
            ["Names"] = $"name={name}&approve=true",
            ["Show"] = $"scene={scene}&step=0",
            ["Run"] = "on=true",
            ["Seek"] = "ms=0",
            ["Sound"] = "on=true&volume=40",
            ["Blank"] = "on=true",
            ["LargeCode"] = "on=true",
            ["Hold"] = "on=true",
            ["Close"] = "",
            ["Open"] = "",
            ["SignNow"] = "",
        };
        Assert.Equal(PagesWithForms.RoutesOf(app).Single(page => page.Route == Host).Handlers.Order(), acts.Keys.Order());

        var silent = new List<string>();
        foreach (var (act, query) in acts)
        {
            await host.GetAsync(); // whatever names it shows are on record now
            var before = await LinesAsync();
            var answer = await host.SendAsync($"/host/{e.Code}?handler={act}&{query}");
            Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{act}: {answer.StatusCode}");
            if (!await db.AuditEntries.AnyAsync(a => a.Sequence > before && a.EventCode == e.Code && a.Action != AuditAction.NamesViewed
                && (byLink ? a.HostLinkId == link && a.AccountId == null : a.AccountName == account && a.HostLinkId == null), Cancellation))
                silent.Add(act);
        }
        Assert.Empty(silent);
    }

    [Fact]
    public async Task Opening_a_host_link_and_the_names_that_its_page_shows_leave_lines_and_asking_again_none()
    {
        var e = await app.SeedEventAsync();
        await app.ChangeEventAsync(e.Id, gathering => gathering.ShowNames(true));
        using var phone = app.CreateClient();
        var family = Signing.Family(e);
        family["consents"]!["showMaskedName"] = true;
        await phone.SignAsync(e.Code, family);
        var (link, address) = await app.SeedHostLinkAsync(e);
        var before = await LinesAsync();

        var host = await HostVisitor.OpenAsync(app, e, address);
        await host.ReadAsync();
        await host.ReadAsync();

        await using var db = app.OpenStore();
        var lines = await db.AuditEntries.Where(a => a.Sequence > before).OrderBy(a => a.Sequence).ToListAsync(Cancellation);
        Assert.Equal([(AuditAction.HostLinkOpened, null, null), (AuditAction.NamesViewed, 2, AuditReason.StageNames)],
            lines.Select(a => (a.Action, a.Count, a.Reason)));
        Assert.All(lines, a => Assert.Equal((link, e.Code), (a.HostLinkId, a.EventCode)));
    }

    [Fact]
    public async Task Signing_in_and_out_and_failing_to_leave_lines()
    {
        var e = await app.SeedEventAsync();
        var name = $"同事{e.Code}";
        var id = await DeskVisitor.AddAccountAsync(app, name, e.Organization, OrganizerRole.Administrator);
        var visitor = new DeskVisitor(app.CreateClient());
        var before = await LinesAsync();

        await visitor.SignInAsync(name, "a wrong password");
        await visitor.SignInAsync("没有这个人", "a wrong password");
        await visitor.SignInAsync(name);
        await visitor.PostAsync(DeskRoutes.SignOut, DeskVisitor.Form(await visitor.ReadAsync(DeskRoutes.Password)));

        await using var db = app.OpenStore();
        var expected = new[]
        {
            (AuditAction.SignedIn, (int?)id, (string?)name, (AuditReason?)null), (AuditAction.SignedOut, id, name, null),
            (AuditAction.SignInFailed, id, name, AuditReason.WrongPassword),
            (AuditAction.SignInFailed, null, null, AuditReason.UnknownAccount),
        };
        var lines = db.AuditEntries.AsNoTracking().Where(a => a.Sequence > before && a.Action < AuditAction.AccountCreated
            && (a.AccountId == id || a.AccountId == null));
        await Wait.UntilAsync( // failures are written a moment after the answer
            async () => await lines.CountAsync(Cancellation) >= expected.Length, "all lines are written");
        Assert.Equal(expected.Order(),
            (await lines.ToListAsync(Cancellation)).Select(a => (a.Action, a.AccountId, a.AccountName, a.Reason)).Order());
    }

    [Fact]
    public async Task The_first_administrator_leaves_a_line()
    {
        await using var fresh = new CampaignApp();
        await fresh.InitializeAsync();
        var path = (await fresh.Get<SetUpInvitation>().PathAsync(Cancellation))!;

        await new DeskVisitor(fresh.CreateClient()).SendAsync(path, ("Organization", "大塘冲社区"), ("Kind", "Community"),
            ("Name", "王老师"), ("Password", DeskVisitor.Password), ("Repeated", DeskVisitor.Password));

        await using var db = fresh.OpenStore();
        var line = await db.AuditEntries.OrderBy(a => a.Sequence).FirstAsync(Cancellation);
        Assert.Equal((AuditAction.AdministratorCreated, "王老师", AuditReason.FirstStart, "大塘冲社区"),
            (line.Action, line.Subject, line.Reason, line.OrganizationName));
        Assert.Equal((await db.Organizations.SingleAsync(Cancellation)).Path, line.OrganizationPath);
    }

    [Fact]
    public async Task Every_view_of_names_leaves_a_line_with_who_where_how_many_and_why()
    {
        var e = await app.SeedEventAsync();
        using var phone = app.CreateClient();
        foreach (var child in new[] { "陈思雨", "陈 思雨", "陈思雨 " })
            await phone.SignedAsync(e, child.Trim(), "陈强");
        await app.InvalidateAsync(await phone.SignedAsync(e, "吴未来", "吴刚"));
        var name = $"老师{e.Code}";
        await DeskVisitor.AddAccountAsync(app, name, e.District, OrganizerRole.Organizer);
        var visitor = new DeskVisitor(app.CreateClient());
        await visitor.SignInAsync(name);

        foreach (var (address, reason) in new[]
        {
            (DeskRoutes.Review(e.Code), AuditReason.Duplicates), (DeskRoutes.Suspicious(e.Code), AuditReason.Suspicious),
            (DeskRoutes.Acts(e.Code), AuditReason.Decisions), (DeskRoutes.Review(e.Code), AuditReason.Duplicates),
            (DeskRoutes.Signers(e.Code) + $"?class={e.Primary}", AuditReason.SignerList),
        })
        {
            var before = await LinesAsync();
            var page = await visitor.ReadAsync(address);
            await using var db = app.OpenStore();
            var line = await db.AuditEntries.SingleAsync(a => a.Sequence > before && a.AccountName == name, Cancellation);
            Assert.Equal((AuditAction.NamesViewed, reason, e.Code, (int?)e.Primary),
                (line.Action, line.Reason, line.EventCode, line.ClassId));
            var shown = Regex.Count(page, "(陈强|吴刚)");
            Assert.InRange(line.Count!.Value, 1, Math.Max(1, 2 * shown));
        }
    }

    [Fact]
    public async Task No_line_holds_a_name_of_a_signer_or_a_secret()
    {
        var e = await app.SeedEventAsync();
        using var phone = app.CreateClient();
        var receipt = await phone.SignedAsync(e, "欧阳小舟", "欧阳静澜");
        await phone.SignedAsync(e, "欧阳 小舟", "欧阳静澜");
        var administrator = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator);
        await administrator.ReadAsync(DeskRoutes.Review(e.Code));
        await administrator.ReadAsync(DeskRoutes.Suspicious(e.Code));
        await administrator.ReadAsync(DeskRoutes.Signers(e.Code));
        await administrator.SendAsync(DeskRoutes.Signers(e.Code), ("Name", "欧阳小舟"));

        await using var db = app.OpenStore();
        var texts = (await db.AuditEntries.AsNoTracking().ToListAsync(Cancellation))
            .Select(a => string.Join('|', a.AccountName, a.OrganizationName, a.EventCode, a.Subject, a.Detail)).ToList();
        Assert.NotEmpty(texts);
        Assert.DoesNotContain(texts, text => text.Contains("欧阳") || text.Contains(receipt["/r/".Length..]));
    }
}
