using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Desk.Prepared;
using SafetyCampaign.Ledger;
using SafetyCampaign.Load.Paper;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Records;
using SafetyCampaign.Tests.Schools.Paper;
using SafetyCampaign.Tests.Schools.Slips;

namespace SafetyCampaign.Tests.Desk;

/// <summary>
/// No names and no handwriting without a line of the audit log. The routes are read from the running program and opened: one that shows
/// a name and is not listed here fails, and so does one that is listed and writes no line.
/// </summary>
public sealed class NameViewsTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    /// <summary>A surname that everybody has here and nothing else.</summary>
    private const string Surname = "欧阳";

    /// <summary>What shows names or handwriting when it is opened, with the query by which it does, and the action of its line.</summary>
    private static readonly Dictionary<string, (string Query, AuditAction Action)> ShowNames = new()
    {
        [DeskRoutes.SignersPattern] = ("", AuditAction.NamesViewed),
        [DeskRoutes.ReviewPattern] = ("", AuditAction.NamesViewed),
        [DeskRoutes.SuspiciousPattern] = ("", AuditAction.NamesViewed),
        [DeskRoutes.ActsPattern] = ("", AuditAction.NamesViewed),
        [DeskRoutes.LostPledgePattern] = ("", AuditAction.NamesViewed),
        [DeskRoutes.ReceiptCopyPattern] = ("", AuditAction.ReceiptHandedOut),
        [DeskRoutes.ClassRosterPattern] = ("", AuditAction.NamesViewed),
        [DeskRoutes.EventSlipsPattern] = ("", AuditAction.NamesViewed),
        [DeskRoutes.EventSlipsPattern + "?handler=Pdf"] = ("", AuditAction.NamesViewed),
        [DeskRoutes.AllSlipsPdfPattern] = ("", AuditAction.NamesViewed),
        [DeskRoutes.AllSheetsPdfPattern] = ("", AuditAction.PaperSheetsPrinted),
        [DeskRoutes.ClassSheetsPattern] = ("", AuditAction.NamesViewed), // a photo that is not placed, with no sheet chosen
        ["/organize/events/{code}/sheets/{classId:int}/sheets.pdf"] = ("", AuditAction.PaperSheetsPrinted),
        [DeskRoutes.PledgeBookPattern] = ("?c={classId:int}", AuditAction.NamesViewed),
        ["/organize/events/{code}/records/book.pdf"] = ("", AuditAction.NamesViewed),
        ["/organize/events/{code}/records/pledges.{format:alpha}"] = ("", AuditAction.ListExported),
        ["/organize/events/{code}/records/families.{format:alpha}"] = ("", AuditAction.ListExported),
        ["/organize/events/{code}/records/archive.zip"] = ("", AuditAction.ArchiveExported),
        ["/host/{code}"] = ("", AuditAction.NamesViewed),
        ["/class/{secret}"] = ("", AuditAction.NamesViewed),
        ["/class/{secret}/relay"] = ("", AuditAction.NamesViewed),
        ["/class/{secret}/slips"] = ("", AuditAction.NamesViewed),
        ["/class/{secret}/slips.pdf"] = ("", AuditAction.NamesViewed),
        ["/class/{secret}/sheets"] = ("", AuditAction.NamesViewed),
        ["/class/{secret}/sheets.pdf"] = ("", AuditAction.PaperSheetsPrinted),
    };

    /// <summary>
    /// Whoever has a receipt sees what stands on it, which is the signers' own; a program with a token has a line of its own
    /// (ApiTokensTests).
    /// </summary>
    private static readonly string[] OfSigners = ["/r/", "/api/events/{code}/signers"];

    /// <summary>Files in which names cannot be looked for, and which are known to hold none.</summary>
    private static readonly string[] FilesWithoutNames =
    [
        "/organize/audit-pack.{format:alpha}", "/organize/events/{code}/poster.pdf",
        "/organize/events/{code}/records/report.{format:alpha}", DeskRoutes.ReportPhotoPattern,
        "/e/{code}/qr.png", "/e/{code}/pictures/{id:int}", "/display/{code}/film/{sceneId:int}",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_route_that_shows_names_or_handwriting_leaves_a_line_and_no_other_shows_any()
    {
        var e = await app.SeedEventAsync();
        var fill = await SeedAsync(e);
        var administrator = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator);
        await administrator.SendAsync(DeskRoutes.Archive(e.Code));
        await Task.WhenAll(app.Get<PreparedFiles>().Writing);
        var (wrong, seen) = (new List<string>(), new HashSet<string>());
        foreach (var route in Routes())
        {
            var (query, action) = ShowNames.GetValueOrDefault(route);
            var address = fill.Aggregate(route + query, (filled, hole) => filled.Replace(hole.Hole, hole.Value(route)));
            Assert.False(address.Contains('{'), $"Say here what {route} is filled in with.");
            var before = await LastLineAsync();
            var answer = await administrator.GetAsync(address);
            if (action != default)
            {
                seen.Add(route);
                await using var db = app.OpenStore();
                if (answer.StatusCode != HttpStatusCode.OK
                    || !await db.AuditEntries.AnyAsync(a => a.Sequence > before && a.Action == action, Cancellation))
                    wrong.Add($"{address}: {answer.StatusCode}, no {action}");
            }
            else if (answer.StatusCode == HttpStatusCode.OK && !OfSigners.Any(route.StartsWith) && !FilesWithoutNames.Contains(route))
            {
                if (answer.Content.Headers.ContentType?.MediaType is not { } type || !IsText(type))
                    wrong.Add($"{address}: {answer.Content.Headers.ContentType} cannot be searched for names; say here what it holds");
                else if ((await DeskVisitor.TextAsync(answer)).Contains(Surname))
                    wrong.Add($"{address} shows names and is not listed here");
            }
        }
        // And those that show them once somebody has said why, or whom.
        foreach (var (address, field, value) in new[]
        {
            (DeskRoutes.CoverageNames(e.Code, e.Primary), "Reason", "ForTeacher"), (DeskRoutes.Signers(e.Code), "Name", Surname + "小舟"),
        })
        {
            await administrator.GetAsync(address);
            var before = await LastLineAsync();
            var page = await DeskVisitor.TextAsync(await administrator.SendAsync(address, (field, value)));
            await using var db = app.OpenStore();
            if (!page.Contains(Surname) || !await db.AuditEntries.AnyAsync(
                a => a.Sequence > before && a.Action == AuditAction.NamesViewed && a.Reason != AuditReason.SignerList, Cancellation))
                wrong.Add($"{address}, posted: no line, or no name");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Empty(ShowNames.Keys.Except(seen));
    }

    private static bool IsText(string type) =>
        type.StartsWith("text/", StringComparison.Ordinal) || type.EndsWith("json") || type.EndsWith("xml") || type.EndsWith("javascript");

    /// <summary>Pages and endpoints that are read, and the named handlers of pages; not the built files.</summary>
    private List<string> Routes()
    {
        var routes = new List<string>();
        foreach (var endpoint in app.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var route = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            var page = endpoint.Metadata.GetMetadata<CompiledPageActionDescriptor>();
            if (page is null && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(HttpMethods.Get) is not true)
                continue;
            if (endpoint.Metadata.Any(m => m.GetType().Name == "StaticAssetDescriptor") || route.Contains("{**"))
                continue;
            routes.Add(route);
            routes.AddRange((page?.HandlerMethods ?? []).Where(h => HttpMethods.IsGet(h.HttpMethod) && h.Name is not null)
                .Select(h => $"{route}?handler={h.Name}"));
        }
        return [.. routes.Distinct()];
    }

    /// <summary>Everything that can show a name: pledges, alike and decided ones, a list, slips, sheets, photos, a stage's names.</summary>
    private async Task<List<(string Hole, Func<string, string> Value)>> SeedAsync(SeededEvent e)
    {
        await app.ChangeEventAsync(e.Id, gathering => gathering.ShowNames(true));
        using var phone = app.CreateClient();
        var family = Signing.Family(e, Surname + "小舟", Surname + "静澜");
        family["consents"]!["showMaskedName"] = true;
        await phone.SignAsync(e.Code, family);
        var receipt = (await phone.SignedAsync(e, Surname + "晓舟", Surname + "静澜"))["/r/".Length..];
        foreach (var child in new[] { "晓 舟", "小 舟" })
            await phone.SignedAsync(e, Surname + child, Surname + "静澜");
        await app.InvalidateAsync(await phone.SignedAsync(e, Surname + "未来", Surname + "刚"));
        var pupils = await app.SeedRosterAsync(e, e.Primary, (1, Surname + "一鸣"), (2, Surname + "二鸣"));
        var slip = await app.SeedSlipAsync(e, pupils[0]);
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        var sheet = (await app.PrintAsync(e, e.Primary))[0];
        using var teacher = app.CreateClient();
        using var covered = PaperOfClass.Upload([PaperOfClass.Photo(PhotoKind.NoCode, (sheet, [(true, true)]))]);
        await teacher.PostPageAsync($"/class/{secret}/sheets?handler=Upload", covered);
        await using var db = app.OpenStore();
        var school = await db.Classes.Where(c => c.Id == e.Primary).Select(c => c.SchoolId).SingleAsync(Cancellation);
        var pledge = (await app.Get<Receipts>().FindAsync(receipt, Cancellation))!.Receipt.Sequence;
        var account = await DeskVisitor.AddAccountAsync(app, $"同事{e.Code}", e.Organization, OrganizerRole.Observer);
        var photo = await app.SeedReportPhotoAsync(e);
        var scenes = (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!.Scenes;
        string SceneOf(SceneKind kind) => $"{scenes.First(scene => scene.Kind == kind).Id}";
        var (_, link) = await app.SeedHostLinkAsync(e);
        return
        [
            ("{id:int}", route => route.Contains("/accounts/") ? $"{account}" : route.Contains("/campaigns/") ? $"{e.CampaignId}"
                : route == DeskRoutes.ReportPhotoPattern ? $"{photo}" : $"{school}"),
            ("{code}", _ => e.Code), ("{code?}", _ => ""), ("{role:alpha}", _ => "student"), ("{version:int}", _ => "1"),
            ("{version:int?}", _ => ""), ("{scene:int}", _ => SceneOf(SceneKind.Film)), ("{sceneId:int}", _ => SceneOf(SceneKind.Film)),
            ("{lecture:int}", _ => SceneOf(SceneKind.Lecture)), ("{card}", _ => "Float"), ("{receipt}", _ => receipt),
            ("{secret}", route => route.Contains("/class/") ? secret : link.Split('/')[^1]), ("{slip}", _ => slip),
            ("{asked:alpha}", _ => "guardian"), ("{pledge:long}", _ => $"{pledge}"), ("{classId:int}", _ => $"{e.Primary}"),
            ("{format:alpha}", route => route switch
            {
                DeskRoutes.AuditPackFilePattern => "xlsx",
                DeskRoutes.ReportFilePattern => "docx",
                _ => "csv",
            }),
            ("{token}", _ => "none"), ("{documentName}", _ => "v1"), ("{status:range(400,599)}", _ => "404"),
        ];
    }

    private async Task<long> LastLineAsync()
    {
        await using var db = app.OpenStore();
        return await db.AuditEntries.MaxAsync(a => (long?)a.Sequence, Cancellation) ?? 0;
    }
}
