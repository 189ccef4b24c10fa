using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Records;

namespace SafetyCampaign.Tests.Desk;

/// <summary>
/// The table of who may use which route. It is read from the running program: a route that is added tomorrow is tried
/// tomorrow, and one that forgets to say who may use it fails here. What only a host may do is tried in HostAccessTests.
/// </summary>
public sealed class RouteTableTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    /// <summary>
    /// A page of the desk: its address for an event and an organization, who may read it, and its forms with who may send
    /// them.
    /// </summary>
    private sealed record DeskPage(
        string Address, bool NamesSomething, string? ReadPolicy, IReadOnlyList<string> Forms, string? FormPolicy);

    [Fact]
    public void Every_route_says_who_may_use_it()
    {
        var endpoints = Endpoints();

        Assert.Contains(endpoints, e => RouteOf(e) == "/organize");
        Assert.Empty(endpoints.Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null
            && e.Metadata.GetMetadata<IAuthorizeData>()?.Policy is null)
            .Select(e => e.DisplayName));
    }

    [Fact]
    public void Everything_under_the_desk_is_closed_but_its_own_doors()
    {
        var open = Endpoints().Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(RouteOf).Where(route => route.StartsWith("/organize", StringComparison.Ordinal));

        Assert.Equal(
            [
                "/organize/set-up/{token}", "/organize/sign-in", "/organize/sign-in/passkey", "/organize/sign-in/provider",
                "/organize/sign-in/provider/callback", "/organize/sign-in/second", "/organize/sign-out",
            ], open.Order());
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_is_asked_to()
    {
        var stranger = new DeskVisitor(app.CreateClient());
        var wrong = new List<string>();
        foreach (var page in await PagesAsync(await app.SeedEventAsync()))
            foreach (var (what, answer) in await TryAsync(stranger, page, await TokenAsync(stranger, "/organize/sign-in")))
                if (answer.StatusCode != HttpStatusCode.Redirect
                    || answer.Headers.Location?.ToString().StartsWith("/organize/sign-in?", StringComparison.Ordinal) is not true)
                    wrong.Add($"{what}: {answer.StatusCode}");
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task To_another_organization_nothing_is_there()
    {
        var theirs = await app.SeedEventAsync();
        var other = await app.SeedEventAsync();
        var administrator = await DeskVisitor.SignInAsync(app, other.District, OrganizerRole.Administrator);
        var wrong = new List<string>();
        foreach (var page in (await PagesAsync(theirs)).Where(page => page.NamesSomething))
            foreach (var (what, answer) in await TryAsync(administrator, page, await TokenAsync(administrator)))
                if (answer.StatusCode != HttpStatusCode.NotFound)
                    wrong.Add($"{what}: {answer.StatusCode}");
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData(OrganizerRole.Observer, Policies.Read)]
    [InlineData(OrganizerRole.Organizer, Policies.Read, Policies.ReadNames, Policies.Organize)]
    [InlineData(OrganizerRole.Administrator, Policies.Read, Policies.ReadNames, Policies.Organize, Policies.Administer)]
    public async Task An_account_may_what_its_role_may(OrganizerRole role, params string[] allowed)
    {
        var e = await app.SeedEventAsync();
        var visitor = await DeskVisitor.SignInAsync(app, e.District, role);
        var token = await TokenAsync(visitor);
        var wrong = new List<string>();
        foreach (var page in await PagesAsync(e))
        {
            var read = (await visitor.GetAsync(page.Address)).StatusCode;
            // A page about opening leads an open event back to the event's own page.
            if (allowed.Contains(page.ReadPolicy)
                ? read is not (HttpStatusCode.OK or HttpStatusCode.Redirect)
                : read != HttpStatusCode.Forbidden)
                wrong.Add($"GET {page.Address}: {read}");
            // What an allowed form then does is each page's own affair, so only the refusals are tried.
            foreach (var form in page.Forms.Where(_ => !allowed.Contains(page.FormPolicy)))
                if (await visitor.PostAsync(form, token) is { StatusCode: not HttpStatusCode.Forbidden } sent)
                    wrong.Add($"POST {form}: {sent.StatusCode}");
        }
        Assert.Empty(wrong);
    }

    /// <summary>The table above with one more person: an observer who was given the right to see names, in that organization.</summary>
    [Fact]
    public async Task An_observer_reads_names_where_that_right_was_given_and_as_long_as_it_holds()
    {
        var (e, other) = (await app.SeedEventAsync(), await app.SeedEventAsync());
        var name = $"观察员{e.Code}";
        var id = await DeskVisitor.AddAccountAsync(app, name, e.District, OrganizerRole.Observer);
        var observer = new DeskVisitor(app.CreateClient());
        await observer.SignInAsync(name);
        var pages = (await PagesAsync(e)).Where(page => page.ReadPolicy == Policies.ReadNames).ToList();
        Assert.Equal(12, pages.Count);

        Assert.All(await ReadAsync(), answer => Assert.Equal(HttpStatusCode.Forbidden, answer));
        await GrantAsync(id, other.Organization, days: 1);
        await GrantAsync(id, e.Organization, days: -1);
        Assert.All(await ReadAsync(), answer => Assert.Equal(HttpStatusCode.Forbidden, answer));
        await GrantAsync(id, e.Organization, days: 1);
        // An archive that was not made yet leads to the page that makes it.
        Assert.All(await ReadAsync(), answer => Assert.True(answer is HttpStatusCode.OK or HttpStatusCode.Redirect, $"{answer}"));
        Assert.Equal(HttpStatusCode.Forbidden, (await observer.GetAsync(DeskRoutes.Review(other.Code))).StatusCode);
        await using var db = app.OpenStore();
        await db.NamesGrants.Where(g => g.OrganizerId == id)
            .ExecuteUpdateAsync(g => g.SetProperty(x => x.RevokedAt, DateTimeOffset.UtcNow), TestContext.Current.CancellationToken);
        Assert.All(await ReadAsync(), answer => Assert.Equal(HttpStatusCode.Forbidden, answer));

        async Task<List<HttpStatusCode>> ReadAsync()
        {
            var answers = new List<HttpStatusCode>();
            foreach (var page in pages)
                answers.Add((await observer.GetAsync(page.Address)).StatusCode);
            return answers;
        }
    }

    private async Task GrantAsync(int account, int organization, int days)
    {
        await using var store = app.OpenStore();
        store.NamesGrants.Add(new NamesGrant(await store.Users.SingleAsync(o => o.Id == account, TestContext.Current.CancellationToken),
            await store.Organizations.SingleAsync(o => o.Id == organization, TestContext.Current.CancellationToken), by: 1,
            DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(days)));
        await store.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Of the policies that an observer can hold: reading, and seeing names by a right for a time.</summary>
    [Fact]
    public async Task Nothing_but_the_own_password_second_factor_and_sessions_can_be_changed_by_whoever_may_only_read()
    {
        var e = await app.SeedEventAsync();
        var pages = await PagesAsync(e);

        Assert.Equal(
            [
                "/organize/password", "/organize/second-factor", "/organize/sessions",
                // They look somebody up by a name that is to stand in no address, and store nothing (AuditRoutesTests.ChangeNothing).
                .. new[] { DeskRoutes.Signers(e.Code), DeskRoutes.CoverageNames(e.Code, e.Primary) }.Order(),
            ],
            pages.Where(page => page.FormPolicy is Policies.Read or Policies.ReadNames && page.Forms.Count > 0)
                .Select(page => page.Address).Order(StringComparer.Ordinal).OrderBy(address => address.Contains("/events/")));
    }

    /// <summary>The archive would be sealed by it, the book drawn; a slip's code lets anybody sign.</summary>
    [Fact]
    public async Task An_observer_with_the_right_to_see_names_prepares_nothing_and_gets_no_slip()
    {
        var e = await app.SeedEventAsync();
        var name = $"观察员{e.Code}";
        var id = await DeskVisitor.AddAccountAsync(app, name, e.District, OrganizerRole.Observer);
        var observer = new DeskVisitor(app.CreateClient());
        await observer.SignInAsync(name);
        await GrantAsync(id, e.Organization, days: 1);
        var token = await TokenAsync(observer);

        foreach (var page in new[] { DeskRoutes.Archive(e.Code), DeskRoutes.PledgeBook(e.Code) })
        {
            Assert.DoesNotContain("<form method=\"post\" action=\"" + page, await observer.ReadAsync(page), StringComparison.Ordinal);
            Assert.Equal((page, HttpStatusCode.Forbidden), (page, (await observer.PostAsync(page, token)).StatusCode));
        }
        Assert.Contains("由组织者来做", await observer.ReadAsync(DeskRoutes.Archive(e.Code)));
        foreach (var page in new[] { "", "?handler=Pdf" })
            Assert.Equal(HttpStatusCode.Forbidden, (await observer.GetAsync(DeskRoutes.EventSlips(e.Code, e.Primary) + page)).StatusCode);
        foreach (var page in new[] { DeskRoutes.EventPrint(e.Code), DeskRoutes.AllSlipsPdf(e.Code), DeskRoutes.AllSheetsPdf(e.Code) })
            Assert.Equal((page, HttpStatusCode.Forbidden), (page, (await observer.GetAsync(page)).StatusCode));
        Assert.DoesNotContain("/slips/", await observer.ReadAsync(DeskRoutes.EventCoverage(e.Code)), StringComparison.Ordinal);
        await using var db = app.OpenStore();
        Assert.False(await db.Seals.AnyAsync(seal => seal.EventId == e.Id, TestContext.Current.CancellationToken));
    }

    /// <summary>Reads the page and sends each of its forms.</summary>
    private static async Task<List<(string What, HttpResponseMessage Answer)>> TryAsync(
        DeskVisitor visitor, DeskPage page, IReadOnlyList<(string, string?)> token)
    {
        var answers = new List<(string, HttpResponseMessage)> { ($"GET {page.Address}", await visitor.GetAsync(page.Address)) };
        foreach (var form in page.Forms)
            answers.Add(($"POST {form}", await visitor.PostAsync(form, token)));
        return answers;
    }

    private static async Task<IReadOnlyList<(string, string?)>> TokenAsync(DeskVisitor visitor, string page = "/organize/password") =>
        [.. DeskVisitor.Form(await visitor.ReadAsync(page)).Where(field => field.Name == "__RequestVerificationToken")];

    /// <summary>The closed pages of the desk, their addresses filled in for one event and its organization.</summary>
    private async Task<List<DeskPage>> PagesAsync(SeededEvent e)
    {
        var pages = new List<DeskPage>();
        foreach (var endpoint in Endpoints())
        {
            if (endpoint.Metadata.GetMetadata<CompiledPageActionDescriptor>() is not { } page
                || endpoint.Metadata.GetMetadata<IAuthorizeData>() is not { } read
                || read.Policy == Policies.Host)
                continue;
            var address = await FillInAsync(RouteOf(endpoint), e);
            var forms = page.HandlerMethods.Where(handler => HttpMethods.IsPost(handler.HttpMethod))
                .Select(handler => handler.Name is null ? address : $"{address}?handler={handler.Name}");
            var change = endpoint.Metadata.GetMetadata<AuthorizeChangesAttribute>()?.Policy ?? read.Policy;
            // A file's format names nothing.
            var namesSomething = RouteOf(endpoint).Replace("{format:alpha}", "").Contains('{');
            pages.Add(new DeskPage(address, namesSomething, read.Policy, [.. forms], change));
        }
        return pages;
    }

    private async Task<string> FillInAsync(string route, SeededEvent e)
    {
        var id = route.Split('/').ElementAtOrDefault(2) switch
        {
            "organizations" when route is DeskRoutes.SchoolClassesPattern or DeskRoutes.SchoolClassPattern or DeskRoutes.RosterPattern
                or DeskRoutes.ClassRosterPattern =>
                await SchoolOfAsync(e),
            "organizations" => e.Organization,
            "campaigns" => e.CampaignId,
            "accounts" when route.Contains('{') => await AccountOfAsync(e),
            "events" when route == DeskRoutes.ReportPhotoPattern => await app.SeedReportPhotoAsync(e),
            _ => 0,
        };
        var address = route.Replace("{id:int}", $"{id}").Replace("{code}", e.Code).Replace("{role:alpha}", "student")
            .Replace("{version:int}", "1").Replace("{asked:alpha}", "guardian").Replace("{pledge:long}", "1")
            .Replace("{classId:int}", $"{e.Primary}").Replace("{scene:int}", $"{await SceneOfAsync(e, SceneKind.Film)}")
            .Replace("{lecture:int}", $"{await SceneOfAsync(e, SceneKind.Lecture)}").Replace("{card}", "Float")
            .Replace("{format:alpha}", route switch
            {
                DeskRoutes.AuditPackFilePattern => "xlsx",
                DeskRoutes.ReportFilePattern => "docx",
                _ => "csv",
            });
        Assert.DoesNotContain('{', address);
        return address;
    }

    private async Task<int> SceneOfAsync(SeededEvent e, SceneKind kind) =>
        (await app.Get<PublishedEvents>().FindAsync(e.Id, TestContext.Current.CancellationToken))!.Scenes
            .First(s => s.Kind == kind).Id;

    private async Task<int> SchoolOfAsync(SeededEvent e)
    {
        await using var db = app.OpenStore();
        return (await db.Classes.SingleAsync(c => c.Id == e.Primary, TestContext.Current.CancellationToken)).SchoolId;
    }

    private async Task<int> AccountOfAsync(SeededEvent e)
    {
        await using var db = app.OpenStore();
        if (await db.Users.FirstOrDefaultAsync(o => o.OrganizationId == e.Organization, TestContext.Current.CancellationToken) is { } known)
            return known.Id;
        var account = new Organizer { UserName = $"{e.Code}", NormalizedUserName = e.Code, OrganizationId = e.Organization };
        db.Users.Add(account);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return account.Id;
    }

    private static string RouteOf(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/');

    private List<RouteEndpoint> Endpoints() => [.. app.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];
}
