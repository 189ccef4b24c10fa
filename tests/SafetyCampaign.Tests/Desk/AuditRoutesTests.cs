using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Desk;
using SafetyCampaign.Desk.Prepared;
using SafetyCampaign.Display;
using SafetyCampaign.Organizing.Organizations.Classes;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Desk;

/// <summary>
/// Whatever changes the store at the desk or by a host leaves a line in the audit log. The routes are read from the running
/// program and driven: what they change is seen in the tables themselves, so a handler that is added tomorrow is held to it.
/// </summary>
public sealed partial class AuditRoutesTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private const string Host = "/host/{code}";

    /// <summary>They rearrange or show the form that was sent, and store nothing; tried as well.</summary>
    private static readonly HashSet<(string Route, string Handler)> ChangeNothing =
    [
        (DeskRoutes.EditTextPattern, "Preview"), (DeskRoutes.EditTextPattern, "Official"),
        (DeskRoutes.EventClassesPattern, "School"), (DeskRoutes.EventClassesPattern, "Grade"),
        (DeskRoutes.EventScenesPattern, "Add"),
        (DeskRoutes.EventScenesPattern, "Move"), (DeskRoutes.EventScenesPattern, "Remove"), (DeskRoutes.LostReceiptPattern, ""),
        (DeskRoutes.SignersPattern, ""), (DeskRoutes.AccountPattern, "ShowPassword"), (DeskRoutes.RosterPattern, "Upload"),
        (DeskRoutes.CoverageNamesPattern, ""), (DeskRoutes.RosterPattern, "Paste"),
    ];

    /// <summary>
    /// They change something for another role, or a session of the account, alone: a test of their own below; the subject at an identity
    /// provider, which this program has not, in IdentityProviderTests. What takes back a finding of genuine in ReviewPagesTests; what
    /// needs a file of pupils first in RosterPageTests, or another class in SchoolClassPageTests and ClassPartingTests; what needs
    /// thousands of pledges in BookPdfTests, and many pupils in EventPrintTests; whom somebody signs in with help in AssistedPageTests; what
    /// needs a photo in PaperAuditTests.
    /// </summary>
    private static readonly HashSet<(string Route, string Handler)> OfAnotherAccount =
        [(DeskRoutes.AccountPattern, ""), (DeskRoutes.AccountPattern, "End"), (DeskRoutes.AccountPattern, "EndAll"),
            (DeskRoutes.AccountPattern, "Subject"), (DeskRoutes.SuspiciousPattern, "Suspect"),
            (DeskRoutes.RosterPattern, "Preview"), (DeskRoutes.RosterPattern, "Import"), (DeskRoutes.PledgeBookPattern, ""),
            (DeskRoutes.EventPrintPattern, "Sheets"), (DeskRoutes.EventPrintPattern, "Slips"),
            (DeskRoutes.AssistedPattern, ""), (DeskRoutes.SchoolClassPattern, "Merge"), (DeskRoutes.SchoolClassPattern, "Part"),
            (DeskRoutes.EventSheetsPattern, "Upload"), (DeskRoutes.ClassSheetsPattern, "Upload"), (DeskRoutes.ClassSheetsPattern, ""),
            (DeskRoutes.ClassSheetsPattern, "Assign"), (DeskRoutes.ClassSheetsPattern, "Remove"), (DeskRoutes.ClassSheetsPattern, "Undo")];

    /// <summary>
    /// Driven by tests of their own below, since they end or begin the session of whoever drives; the clock, which has a form only
    /// while it is doubted, by ClockCheckTests; what needs a code or a passkey, by SecondFactorTests, SecondStepTests and
    /// PasskeyJourneys.
    /// </summary>
    private static readonly string[] Doors =
    [
        DeskRoutes.SignIn, DeskRoutes.SignOut, DeskRoutes.SetUpPattern, DeskRoutes.Sessions, DeskRoutes.Clock,
        DeskRoutes.SecondFactor, DeskRoutes.SecondStep, DeskRoutes.PasskeySignIn,
    ];

    /// <summary>Of the signers, who have no account: what they change the ledger records, with its own place and time.</summary>
    /// <remarks>And of class teachers, whose notes of pupils who do not sign no account sees.</remarks>
    private static readonly string[] OfSigners = ["/e/{code}", "/r/{receipt}", "/r/{receipt}/correct",
        "/s/{slip}", "/class/{secret}", "/class/{secret}/slips", "/class/{secret}/sheets"];

    /// <summary>What a form needs beside what it comes with, by route and handler; "{code}" is the event's.</summary>
    private static readonly Dictionary<(string Route, string Handler), (string Name, string Value)[]> Typed = new()
    {
        [(DeskRoutes.AccountPattern, "Remove")] = [("Confirmation", "同事{code}")],
        [(DeskRoutes.Tokens, "New")] = [("Form.Name", "区教育平台")],
        [(DeskRoutes.Exports, "New")] = [("Form.Address", "https://platform.example/hook")],
        [(DeskRoutes.NewAccount, "")] = [("Name", "新同事{code}")],
        [(DeskRoutes.Password, "")] =
            [("Current", DeskVisitor.Password), ("Chosen", "five other words here"), ("Repeated", "five other words here")],
        [(DeskRoutes.NewEvent, "")] =
            [("Form.Title", "秋季活动"), ("Form.Place", "操场"), ("Form.StartsAt", "2097-09-17T09:00"), ("Form.CampaignId", "")],
        [(DeskRoutes.OrganizationPattern, "Rename")] = [("Name", "改名的组织")],
        [(DeskRoutes.MergeOrganizationPattern, "")] = [("Confirmation", "新建小学")],
        [(DeskRoutes.OrganizationPattern, "AddBelow")] = [("BelowName", "新的学校")],
        [(DeskRoutes.SchoolClassesPattern, "Add")] = [("List", "七9 45"), ("Shown", SchoolClassesPage.TokenOf("七9 45"))],
        [(DeskRoutes.SchoolClassesPattern, "Expect")] = [("Expected", "31")],
        [(DeskRoutes.SchoolClassPattern, "Rename")] = [("Name", "五（8）班")],
        [(DeskRoutes.ClassRosterPattern, "Save")] = [("Names", "改过的名字")],
        [(DeskRoutes.ClassRosterPattern, "Add")] = [("NewName", "新同学")],
        [(DeskRoutes.OpenSigningPattern, "")] = [("Form.TypedCode", "{code}")],
        [(DeskRoutes.DeleteEventPattern, "")] = [("Form.TypedCode", "{code}")],
        [(DeskRoutes.EditTextPattern, "")] = [("Form.Title", "新的承诺书")],
        [(DeskRoutes.LostPledgePattern, "")] = [("Form.Signers", "改过的名字")],
        [(DeskRoutes.CampaignTitlePattern, "")] = [("Form.Title", "另一个活动计划")],
        [(DeskRoutes.CampaignRulesPattern, "")] = [("Form.Controller", "另一个社区")],
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_form_of_the_desk_that_changes_something_leaves_a_line()
    {
        var expected = PagesWithForms.RoutesOf(app)
            .Where(page => page.Route.StartsWith(DeskRoutes.Home, StringComparison.Ordinal) && !Doors.Contains(page.Route))
            .SelectMany(page => page.Handlers.Select(handler => (page.Route, Handler: handler)))
            .Except(OfAnotherAccount).ToHashSet();
        var (changed, unchanged) = (new HashSet<(string Route, string)>(), new HashSet<(string Route, string)>());
        var wrong = new List<string>();
        foreach (var stage in Enum.GetValues<EventStage>())
        {
            var seeded = await LinesAsync();
            var pages = await PagesWithForms.SeedAsync(app, stage);
            // They need a file, which seeding sends.
            if (stage == EventStage.Draft && await WroteAsync(AuditAction.FilmUploaded, seeded))
                changed.Add((DeskRoutes.SceneFilmPattern, ""));
            if (stage == EventStage.Draft && await WroteAsync(AuditAction.PictureUploaded, seeded))
                changed.Add((DeskRoutes.EventPicturesPattern, ""));
            if (stage == EventStage.Draft && await WroteAsync(AuditAction.ReportPhotoAdded, seeded))
                changed.Add((DeskRoutes.ReportPhotosPattern, ""));
            // A page above another first: on the one below it what it did may be undone. Before all, a draft is published: the
            // rehearsal and opening do that as well.
            var addresses = await pages.FindAsync(route => Due().Any(due => due.Route == route));
            // What deletes the event comes last.
            foreach (var page in addresses.OrderBy(page => page.Route != DeskRoutes.PublishPattern)
                .ThenBy(page => page.Route == DeskRoutes.DeleteEventPattern).ThenBy(page => page.Route.Length))
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
                await WrittenAsync(); // an archive seals its event in the background
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

    [Fact]
    public async Task Ending_sessions_leaves_a_line()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var before = await LinesAsync();
        var form = (await new ScriptlessBrowser(organizer.Client).OpenAsync(DeskRoutes.Sessions)).PostedForms
            .First(form => HandlerOf(form.Action!) == "EndAll");

        await new ScriptlessBrowser(organizer.Client).PressAsync(form, form.DefaultButton);

        Assert.True(await WroteAsync(AuditAction.SessionsEnded, before));
    }

    [Fact]
    public async Task What_an_administrator_does_to_an_account_leaves_a_line()
    {
        var e = await app.SeedEventAsync();
        var administrator = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator);
        var id = await DeskVisitor.AddAccountAsync(app, $"同事{e.Code}", e.Organization);
        await new DeskVisitor(app.CreateClient()).SignInAsync($"同事{e.Code}");

        var before = await LinesAsync();
        await administrator.SendAsync($"{DeskRoutes.Account(id)}?handler=EndAll");
        Assert.True(await WroteAsync(AuditAction.SessionsEnded, before));
        before = await LinesAsync();
        await administrator.SendAsync(
            DeskRoutes.Account(id), ("RoleForm.Role", "Observer"), ("RoleForm.OrganizationId", $"{e.Organization}"));
        Assert.True(await WroteAsync(AuditAction.AccountChanged, before));
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
            "/api/class/{secret}/answers", // the teacher's own notes of the class
            "/api/class/{secret}/pledges",
            "/api/events/{code}/pledges", // signing: the ledger is its record
        ], takesMore);
        // Who watches which event and what a screen shows is kept in memory alone.
        Assert.Equal(["Leaves", "OnConnectedAsync", "OnDisconnectedAsync", "Report", "Shows", "Watch"],
            typeof(DisplayHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(method => !method.IsSpecialName).Select(method => method.Name).Order());
        Assert.Equal(OfSigners.Order(), PagesWithForms.RoutesOf(app).Select(page => page.Route)
            .Where(route => route != Host && !route.StartsWith(DeskRoutes.Home, StringComparison.Ordinal)).Order());

        static bool Reads(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
    }

    private static void Fill(WebForm form, (string Route, string Handler) key, string code)
    {
        foreach (var (name, value) in Typed.GetValueOrDefault(key, []))
            if (form.Controls.FirstOrDefault(c => c.LocalName is "input" or "textarea"
                && (c.GetAttribute("type") != "hidden" || name == nameof(SchoolClassesPage.Shown))
                && c.GetAttribute("name")?.Split('[')[0] == name) is { } field)
                WebForm.Type(field, value.Replace("{code}", code));
    }

    private static string HandlerOf(string address) =>
        QueryHelpers.ParseQuery(new Uri(new Uri("http://any.host"), address).Query).TryGetValue("handler", out var handler)
            ? $"{handler}"
            : "";

    /// <summary>Until no file is being written in the background.</summary>
    private Task WrittenAsync() => Task.WhenAll(app.Get<PreparedFiles>().Writing);

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
    /// What each table of the store holds, but the audit log itself, sessions, which every request may touch, and what the program
    /// writes by itself: stages, on which it ends a countdown, and maintenance, which has the time of each minute.
    /// </summary>
    private async Task<Dictionary<string, string>> ContentAsync()
    {
        await using var db = app.OpenStore();
        await db.Database.OpenConnectionAsync(Cancellation);
        var contents = new Dictionary<string, string>();
        var tables = await db.Database.SqlQueryRaw<string>("SELECT name AS Value FROM sqlite_master WHERE type = 'table'")
            .ToListAsync(Cancellation);
        foreach (var table in tables.Where(table => table is not ("stages" or "maintenance")
            && !table.StartsWith("audit_", StringComparison.Ordinal) && !table.Contains("session")))
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
