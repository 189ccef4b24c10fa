using System.Globalization;
using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Display;
using SafetyCampaign.Organizing.SetUp;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Display.Host;

namespace SafetyCampaign.Tests.Desk;

/// <summary>
/// Whatever changes the store at the desk or by a host leaves a line in the audit log. The routes are read from the running
/// program and driven: what they change is seen in the tables themselves, so a handler that is added tomorrow is held to it.
/// </summary>
public sealed class AuditRoutesTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private const string Host = "/host/{code}";

    /// <summary>They rearrange or show the form that was sent, and store nothing; tried as well.</summary>
    private static readonly HashSet<(string Route, string Handler)> ChangeNothing =
    [
        (DeskRoutes.EditTextPattern, "Preview"), (DeskRoutes.EventClassesPattern, "School"), (DeskRoutes.EventScenesPattern, "Add"),
        (DeskRoutes.EventScenesPattern, "Move"), (DeskRoutes.EventScenesPattern, "Remove"),
    ];

    /// <summary>Driven by tests of their own below, since they end or begin the session of whoever drives.</summary>
    private static readonly string[] Doors = [DeskRoutes.SignIn, DeskRoutes.SignOut, DeskRoutes.SetUpPattern];

    /// <summary>Of the signers, who have no account: what they change the ledger records, with its own place and time.</summary>
    private static readonly string[] OfSigners = ["/e/{code}", "/r/{receipt}", "/r/{receipt}/correct", "/r/{receipt}/data"];

    /// <summary>What a form needs beside what it comes with, by route and handler; "{code}" is the event's.</summary>
    private static readonly Dictionary<(string Route, string Handler), (string Name, string Value)[]> Typed = new()
    {
        [(DeskRoutes.AccountPattern, "Remove")] = [("Confirmation", "同事{code}")],
        [(DeskRoutes.NewAccount, "")] = [("Name", "新同事{code}")],
        [(DeskRoutes.Password, "")] =
            [("Current", DeskVisitor.Password), ("Chosen", "five other words here"), ("Repeated", "five other words here")],
        [(DeskRoutes.NewEvent, "")] =
            [("Form.Title", "秋季活动"), ("Form.Place", "操场"), ("Form.StartsAt", "2027-09-17T09:00"), ("Form.EndsAt", "2027-09-17T11:00")],
        [(DeskRoutes.OrganizationPattern, "Rename")] = [("Name", "改名的组织")],
        [(DeskRoutes.OrganizationPattern, "AddBelow")] = [("BelowName", "新的学校")],
        [(DeskRoutes.OrganizationPattern, "AddClasses")] = [("Count", "9")],
        [(DeskRoutes.OrganizationPattern, "Expect")] = [("Expected", "31")],
        [(DeskRoutes.OpenSigningPattern, "")] = [("Form.TypedCode", "{code}")],
        [(DeskRoutes.EditTextPattern, "")] = [("Form.Title", "新的承诺书")],
        [(DeskRoutes.CampaignRulesPattern, "")] = [("Form.Controller", "另一个社区")],
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_form_of_the_desk_that_changes_something_leaves_a_line()
    {
        var expected = PagesWithForms.RoutesOf(app)
            .Where(page => page.Route.StartsWith(DeskRoutes.Home, StringComparison.Ordinal) && !Doors.Contains(page.Route))
            .SelectMany(page => page.Handlers.Select(handler => (page.Route, Handler: handler))).ToHashSet();
        var (changed, unchanged) = (new HashSet<(string Route, string)>(), new HashSet<(string Route, string)>());
        var wrong = new List<string>();
        foreach (var stage in Enum.GetValues<EventStage>())
        {
            var seeded = await LinesAsync();
            var pages = await PagesWithForms.SeedAsync(app, stage);
            if (stage == EventStage.Draft && await WroteAsync(AuditAction.FilmUploaded, seeded)) // it needs a file, which seeding sends
                changed.Add((DeskRoutes.SceneFilmPattern, ""));
            // A page above another first: on the one below it what it did may be undone.
            var addresses = await pages.FindAsync(route => Due().Any(due => due.Route == route));
            foreach (var page in addresses.OrderBy(page => page.Route.Length))
                await PressAsync(pages, page);
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Empty(ChangeNothing.Intersect(changed));
        Assert.Empty(ChangeNothing.Except(unchanged)); // else they were not tried
        Assert.True(!Due().Any(), "Never seen to change anything: " + string.Join(", ", Due()));

        // What has been seen to change something need not be pressed again, nor what is to change nothing.
        IEnumerable<(string Route, string Handler)> Due() => expected.Except(changed).Except(ChangeNothing.Intersect(unchanged));

        async Task PressAsync(PagesWithForms pages, PageAddress page)
        {
            var tried = new HashSet<(int, string)>();
            for (var before = await ContentAsync(); ;)
            {
                // Opened anew for each press: the one before may have changed it.
                var opened = await pages.Administrator.OpenAsync(pages.AddressOf(page));
                var due = Due().Where(key => key.Route == page.Route).ToHashSet();
                var next = (from form in opened.PostedForms.Index()
                            from button in form.Item.Pressable
                            let to = form.Item.AddressOf(button)
                            where to.Split('?')[0] == opened.Path && opened.Path == pages.AddressOf(page).Split('?')[0]
                                && due.Contains((page.Route, HandlerOf(to))) && tried.Add((form.Index, to))
                            select (Form: form.Item, Button: button, Key: (page.Route, HandlerOf(to)))).FirstOrDefault();
                if (next.Form is null)
                    return;
                Fill(next.Form, next.Key, pages.Event.Code);
                var lines = await LinesAsync(); // opening a page with names has left one
                await pages.Administrator.PressAsync(next.Form, next.Button);
                var after = await ContentAsync();
                var tables = after.Except(before).Select(table => table.Key).ToList();
                before = after;
                if (tables.Count == 0)
                    unchanged.Add(next.Key);
                else if (await LinesAsync() > lines)
                    changed.Add(next.Key);
                else
                    wrong.Add($"{next.Key} changes {string.Join(", ", tables)} and leaves no line");
            }
        }
    }

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
        while (true) // failures are written a moment after the answer
        {
            var lines = await db.AuditEntries.AsNoTracking().Where(a => a.Sequence > before && a.Action < AuditAction.AccountCreated
                && (a.AccountId == id || a.AccountId == null)).ToListAsync(Cancellation);
            if (lines.Count < expected.Length)
                continue;
            Assert.Equal(expected.Order(), lines.Select(a => (a.Action, a.AccountId, a.AccountName, a.Reason)).Order());
            return;
        }
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
        })
        {
            var before = await LinesAsync();
            var page = await visitor.ReadAsync(address);
            await using var db = app.OpenStore();
            var line = await db.AuditEntries.SingleAsync(a => a.Sequence > before && a.AccountName == name, Cancellation);
            Assert.Equal((AuditAction.NamesViewed, reason, e.Code, (int?)e.Primary),
                (line.Action, line.Reason, line.EventCode, line.ClassId));
            var shown = System.Text.RegularExpressions.Regex.Count(page, "(陈强|吴刚)");
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

        await using var db = app.OpenStore();
        var texts = (await db.AuditEntries.AsNoTracking().ToListAsync(Cancellation))
            .Select(a => string.Join('|', a.AccountName, a.OrganizationName, a.EventCode, a.Subject, a.Detail)).ToList();
        Assert.NotEmpty(texts);
        Assert.DoesNotContain(texts, text => text.Contains("欧阳") || text.Contains(receipt["/r/".Length..]));
    }

    /// <summary>A page's forms are tried above; of anything else that takes more than reading it is said why no line is due.</summary>
    [Fact]
    public void Whatever_else_can_change_something_is_known()
    {
        var takesMore = app.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Any(method => !Reads(method)) is true)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Distinct().Order();
        Assert.Equal(
        [
            "/api/events/{code}/pledges", // signing: the ledger is its record
        ], takesMore);
        // Who watches which event and what a screen shows is kept in memory alone.
        Assert.Equal(["Leaves", "OnConnectedAsync", "OnDisconnectedAsync", "Shows", "Watch"],
            typeof(DisplayHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(method => !method.IsSpecialName).Select(method => method.Name).Order());
        Assert.Equal(OfSigners.Order(), PagesWithForms.RoutesOf(app).Select(page => page.Route)
            .Where(route => route != Host && !route.StartsWith(DeskRoutes.Home, StringComparison.Ordinal)).Order());

        static bool Reads(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
    }

    private static void Fill(WebForm form, (string Route, string Handler) key, string code)
    {
        foreach (var (name, value) in Typed.GetValueOrDefault(key, []))
            if (form.Controls.FirstOrDefault(c => c.LocalName is "input" or "textarea" && c.GetAttribute("type") != "hidden"
                && c.GetAttribute("name")?.Split('[')[0] == name) is { } field)
                WebForm.Type(field, value.Replace("{code}", code));
    }

    private static string HandlerOf(string address) =>
        QueryHelpers.ParseQuery(new Uri(new Uri("http://any.host"), address).Query).TryGetValue("handler", out var handler)
            ? $"{handler}"
            : "";

    private async Task<long> LinesAsync()
    {
        await using var db = app.OpenStore();
        return await db.AuditEntries.MaxAsync(a => (long?)a.Sequence, Cancellation) ?? 0;
    }

    private async Task<bool> WroteAsync(AuditAction action, long after)
    {
        await using var db = app.OpenStore();
        return await db.AuditEntries.AnyAsync(a => a.Sequence > after && a.Action == action, Cancellation);
    }

    /// <summary>
    /// What each table of the store holds, but the audit log itself, sessions, which every request may touch, and stages, on which
    /// the program ends a countdown by itself.
    /// </summary>
    private async Task<Dictionary<string, string>> ContentAsync()
    {
        await using var db = app.OpenStore();
        await db.Database.OpenConnectionAsync(Cancellation);
        var contents = new Dictionary<string, string>();
        var tables = await db.Database.SqlQueryRaw<string>("SELECT name AS Value FROM sqlite_master WHERE type = 'table'")
            .ToListAsync(Cancellation);
        foreach (var table in tables.Where(table => table != "stages" && !table.StartsWith("audit_", StringComparison.Ordinal)
            && !table.Contains("session")))
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using var row = await command.ExecuteReaderAsync(Cancellation);
            using var content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            while (await row.ReadAsync(Cancellation))
                for (var column = 0; column < row.FieldCount; column++)
                    content.AppendData(row.GetValue(column) is byte[] bytes ? bytes
                        : Encoding.UTF8.GetBytes(Convert.ToString(row.GetValue(column), CultureInfo.InvariantCulture) + "|"));
            contents[table] = Convert.ToHexString(content.GetHashAndReset());
        }
        return contents;
    }
}
