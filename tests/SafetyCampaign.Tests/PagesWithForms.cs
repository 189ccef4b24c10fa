using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Display;
using SafetyCampaign.Tests.Schools.Slips;
using SkiaSharp;

namespace SafetyCampaign.Tests;

/// <summary>How far an event is, for pages that show other forms then.</summary>
public enum EventStage
{
    /// <summary>From the template, not published; its film and a picture are uploaded.</summary>
    Draft,

    /// <summary>Without a scene.</summary>
    Blank,
    Rehearsal,

    /// <summary>Families have signed, some of them alike.</summary>
    Open,

    /// <summary>And an organizer has merged and invalidated some.</summary>
    Reviewed,
}

/// <summary>A page in any seeded event: the route, which of its fillings, and the query with the event's code left out.</summary>
public sealed record PageAddress(string Route, int Filling, string Query);

/// <summary>
/// The pages whose forms post, read from the route table of the running program and filled in for an event of its own;
/// so a page, a form or a button that is added tomorrow is tried tomorrow. Each has an organization of its own as well,
/// so that what one test does to it no other sees.
/// </summary>
public sealed class PagesWithForms
{
    private const string CodeHole = "{code}";

    private readonly CampaignApp app;
    private readonly HttpClient desk;
    private readonly Dictionary<string, IReadOnlyList<string>> values = [];

    private PagesWithForms(CampaignApp app, SeededEvent e, HttpClient desk) =>
        (this.app, this.desk, Event, Administrator, Stranger) = (app, desk, e, new ScriptlessBrowser(desk),
            new ScriptlessBrowser(app.CreateClient()));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public SeededEvent Event { get; }

    public ScriptlessBrowser Administrator { get; }

    /// <summary>To sign in once more.</summary>
    public string AdministratorName => NameOfAdministrator(Event);

    /// <summary>Nobody who is signed in: a family on its phone.</summary>
    public ScriptlessBrowser Stranger { get; }

    /// <summary>An event at that stage, in a tree of organizations of its own, with its administrator signed in.</summary>
    public static async Task<PagesWithForms> SeedAsync(CampaignApp app, EventStage stage)
    {
        var e = await app.SeedEventAsync(stage switch
        {
            EventStage.Draft or EventStage.Blank => EventState.Draft,
            EventStage.Rehearsal => EventState.Rehearsal,
            _ => EventState.Open,
        }, isPublic: stage != EventStage.Draft);
        var name = NameOfAdministrator(e);
        await DeskVisitor.AddAccountAsync(app, name, e.District, OrganizerRole.Administrator);
        var desk = app.CreateClient();
        await new DeskVisitor(desk).SignInAsync(name);
        await new DeskVisitor(app.CreateClient()).SignInAsync(name); // on another device as well, to sign out there
        var pages = new PagesWithForms(app, e, desk);
        pages.values["code"] = [e.Code];
        pages.values["role"] = ["student"];
        pages.values["version"] = ["1"];
        pages.values["campaigns"] = [$"{e.CampaignId}"];
        pages.values["accounts"] = [$"{await pages.AddSuspendedAccountAsync()}", $"{await pages.AddSignedInAccountAsync()}"];
        pages.values["organizations"] = await pages.AddOrganizationsAsync();
        pages.values["token"] = []; // the program has been set up; see FormTests
        await app.SeedHostLinkAsync(e);
        var pupils = await app.SeedRosterAsync(e, e.Primary, (1, "郑一鸣"), (2, "郑二鸣"));
        pages.values["slip"] = [await app.SeedSlipAsync(e, pupils[0])];
        pages.values["secret"] = [(await app.SeedClassLinkAsync(e, e.Primary)).Secret];
        if (stage == EventStage.Blank)
            await pages.RemoveScenesAsync();
        pages.values["scene"] = stage == EventStage.Blank ? [] : [$"{await pages.SceneOfAsync(SceneKind.Film)}"];
        pages.values["lecture"] = stage == EventStage.Blank ? [] : [$"{await pages.SceneOfAsync(SceneKind.Lecture)}"];
        pages.values["card"] = ["Float", "new"];
        if (stage == EventStage.Draft)
        {
            await pages.UploadFilmAsync();
            await app.SettleSceneAsync(e, SceneKind.Lecture, settings => settings with { Cards = [.. LectureCardContent.All.Take(3)] });
            await pages.UploadPictureAsync();
            await pages.UploadReportPhotoAsync();
        }
        pages.values["receipt"] = stage is EventStage.Open or EventStage.Reviewed ? [await pages.SignAsync()] : [];
        pages.values["classId"] = [$"{e.OtherPrimary}"];
        pages.values["asked"] = ["guardian"];
        pages.values["pledge"] = await pages.PledgesAsync();
        if (stage == EventStage.Reviewed)
            await pages.ReviewAsync();
        return pages;
    }

    /// <summary>The routes of all pages that take a form, and the names of their handlers; "" for the one without a name.</summary>
    public static IEnumerable<(string Route, IReadOnlyList<string> Handlers)> RoutesOf(CampaignApp app) => Endpoints(app)
        .Select(page =>
            (page.Route, (IReadOnlyList<string>)[.. page.Descriptor.HandlerMethods.Where(Posts).Select(handler => handler.Name ?? "")]));

    /// <summary>
    /// All these pages that there are at this stage; of a page that shows other forms behind its own links (tabs) or its own
    /// search, these too.
    /// </summary>
    /// <param name="which">Which routes; all where nothing is said.</param>
    public async Task<List<PageAddress>> FindAsync(Func<string, bool>? which = null)
    {
        var found = new List<PageAddress>();
        foreach (var (route, _, _) in Endpoints(app).Where(page => which is null || which(page.Route)))
            foreach (var (filling, address) in FillIn(route).Index())
            {
                var browser = BrowserFor(route);
                var page = await browser.OpenAsync(address);
                found.Add(new PageAddress(route, filling, ""));
                if (page.Path != address)
                    continue;
                var behind = page.Document.QuerySelectorAll("main a[href]").Select(link => link.GetAttribute("href")!)
                    .Where(href => href.StartsWith(address + "?", StringComparison.Ordinal)).Distinct().ToList();
                foreach (var href in behind.ToList())
                    foreach (var search in (await browser.OpenAsync(href)).Forms.Where(form => !form.Posts))
                        behind.Add((await browser.PressAsync(search)).Address);
                found.AddRange(
                    behind.Select(href => new PageAddress(route, filling, href[address.Length..].Replace(Event.Code, CodeHole))));
            }
        return found;
    }

    public string AddressOf(PageAddress page) => FillIn(page.Route)[page.Filling] + page.Query.Replace(CodeHole, Event.Code);

    /// <summary>Who may open a page: a stranger where anybody may, or else the administrator.</summary>
    public ScriptlessBrowser BrowserFor(string route) =>
        Endpoints(app).First(page => page.Route == route).Anonymous ? Stranger : Administrator;

    private static IEnumerable<(string Route, bool Anonymous, CompiledPageActionDescriptor Descriptor)> Endpoints(CampaignApp app)
    {
        foreach (var endpoint in app.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
            if (endpoint.Metadata.GetMetadata<CompiledPageActionDescriptor>() is { } page && page.HandlerMethods.Any(Posts))
                yield return ("/" + endpoint.RoutePattern.RawText!.TrimStart('/'),
                    endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null, page);
    }

    private static string NameOfAdministrator(SeededEvent e) => $"管理员{e.Code}";

    private static bool Posts(HandlerMethodDescriptor handler) => HttpMethods.IsPost(handler.HttpMethod);

    /// <summary>
    /// The route with everything put in that a hole of it can stand for; an <c>id</c> is what the segment before it says.
    /// </summary>
    private List<string> FillIn(string route)
    {
        var addresses = new List<string> { "" };
        var before = "";
        foreach (var segment in route.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var hole = segment.Trim('{', '}').Split(':')[0];
            var name = hole == "id" ? before : hole;
            IReadOnlyList<string> fits = [segment];
            if (segment[0] == '{')
                Assert.True(values.TryGetValue(name, out fits!),
                    $"Say in {nameof(PagesWithForms)} what {segment} of {route} is to be filled in with.");
            addresses = [.. addresses.SelectMany(address => fits.Select(value => $"{address}/{value}"))];
            before = segment;
        }
        return addresses;
    }

    private async Task<int> AddSignedInAccountAsync()
    {
        var name = $"在线{Event.Code}";
        var account = await DeskVisitor.AddAccountAsync(app, name, Event.Organization);
        await new DeskVisitor(app.CreateClient()).SignInAsync(name);
        return account;
    }

    private async Task<int> AddSuspendedAccountAsync()
    {
        await using var db = app.OpenStore();
        var name = $"同事{Event.Code}";
        var account = new Organizer
        {
            UserName = name,
            NormalizedUserName = name.ToUpperInvariant(),
            SecurityStamp = name,
            OrganizationId = Event.Organization,
            LockoutEnd = DateTimeOffset.UtcNow.AddHours(1),
            TwoFactorEnabled = true,
        };
        db.Users.Add(account);
        await db.SaveChangesAsync(Cancellation);
        return account.Id;
    }

    /// <summary>The community, a school with a class that no event has invited and a list, and a school on which nothing hangs.</summary>
    private async Task<IReadOnlyList<string>> AddOrganizationsAsync()
    {
        await using var db = app.OpenStore();
        var community = await db.Organizations.SingleAsync(o => o.Id == Event.Organization, Cancellation);
        var school = await db.Organizations.SingleAsync(o => o.Classes.Any(c => c.Id == Event.Primary), Cancellation);
        var bare = new Organization("新建小学", OrganizationKind.School, community);
        db.AddRange(bare, new ClassGroup(school, 6, 1));
        var listed = await db.Classes.SingleAsync(c => c.Id == Event.OtherPrimary, Cancellation);
        var left = new RosterEntry(listed, 2, "李在册", DateTimeOffset.UnixEpoch);
        left.Leave(DateTimeOffset.UnixEpoch);
        db.AddRange(left, new RosterEntry(listed, 1, "王在册", DateTimeOffset.UnixEpoch));
        await db.SaveChangesAsync(Cancellation);
        return [$"{community.Id}", $"{school.Id}", $"{bare.Id}"];
    }

    private async Task RemoveScenesAsync()
    {
        await using var db = app.OpenStore();
        (await db.Events.Include(e => e.Scenes).SingleAsync(e => e.Id == Event.Id, Cancellation)).Arrange([]);
        await db.SaveChangesAsync(Cancellation);
        await app.Get<PublishedEvents>().ChangedAsync(Event.Id, Cancellation);
    }

    private async Task<int> SceneOfAsync(SceneKind kind)
    {
        await using var db = app.OpenStore();
        return await db.Set<Scene>().Where(s => s.Kind == kind && EF.Property<int>(s, "EventId") == Event.Id).Select(s => s.Id)
            .FirstAsync(Cancellation);
    }

    private async Task UploadFilmAsync()
    {
        var page = DeskRoutes.SceneFilm(Event.Code, int.Parse(values["scene"][0], CultureInfo.InvariantCulture));
        var answer = await new DeskVisitor(desk).UploadAsync(page, new ByteArrayContent(TestFilm.Bytes));
        Assert.True(answer.StatusCode < HttpStatusCode.BadRequest, $"The film was answered with {answer.StatusCode}.");
    }

    private async Task UploadPictureAsync()
    {
        var picture = new ByteArrayContent(TestPicture.Of(SKEncodedImageFormat.Png, 40, 20));
        var answer = await new DeskVisitor(desk).UploadAsync(DeskRoutes.EventPictures(Event.Code), picture, "place.png", "Picture");
        Assert.True(answer.StatusCode < HttpStatusCode.BadRequest, $"The picture was answered with {answer.StatusCode}.");
    }

    private async Task UploadReportPhotoAsync()
    {
        var photo = new ByteArrayContent(TestPicture.Of(SKEncodedImageFormat.Jpeg, 40, 20));
        var answer = await new DeskVisitor(desk).UploadAsync(DeskRoutes.ReportPhotos(Event.Code), photo, "rope.jpg", "Form.Photo",
            ("Form.Caption", "演示抛绳"), ("Form.Consent", "true"));
        Assert.True(answer.StatusCode < HttpStatusCode.BadRequest, $"The photo was answered with {answer.StatusCode}.");
    }

    /// <summary>
    /// Families with one handwriting, two and three of them with children whose names are nearly one; the receipt of
    /// another.
    /// </summary>
    private async Task<string> SignAsync()
    {
        using var phone = app.CreateClient();
        foreach (var child in new[] { "陈思雨", "陈 思雨", "吴未来", "吴末来", "吴 未来" })
            await phone.SignedAsync(Event, child, "陈强");
        return (await phone.SignedAsync(Event, "张小明", "张芳"))["/r/".Length..];
    }

    /// <summary>The request of the receipt.</summary>
    private async Task<IReadOnlyList<string>> PledgesAsync() => values["receipt"] is [var receipt]
        && await app.Get<Receipts>().FindAsync(receipt, Cancellation) is { } signed ? [$"{signed.Receipt.Sequence}"] : [];

    private async Task ReviewAsync()
    {
        var ledger = app.Get<PledgeLedger>();
        await using var db = app.OpenStore();
        var children = await db.Pledges.Where(p => p.EventId == Event.Id && p.Role == SignerRole.Student).OrderBy(p => p.Sequence)
            .Select(p => p.Sequence).ToListAsync(Cancellation);
        await ledger.MergeAsync(children[1], children[0], 1);
        await ledger.InvalidateAsync([children[3]], 1); // a child is its request's first pledge
    }
}
