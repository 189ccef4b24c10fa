using System.Net;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Organizing.Organizations;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Records;
using SkiaSharp;

namespace SafetyCampaign.Tests.Organizing;

/// <summary>
/// Two organizers save the same form when both have read what is stored and neither has saved: one is first, the other is told and
/// keeps what was typed, also where the other's row is what stands in the way.
/// </summary>
public abstract class AtOneInstantTests : IAsyncLifetime
{
    private const string Token = "__RequestVerificationToken";

    private readonly Meeting meeting = new();
    private readonly CampaignApp app;

    protected AtOneInstantTests(bool postgres)
    {
        if (postgres)
            _ = Servers.Postgres; // skips where there is none
        app = new CampaignApp { Postgres = postgres, Parts = services => services.Configure<MvcOptions>(mvc => mvc.Filters.Add(meeting)) };
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task The_first_translation_of_an_event()
    {
        var e = await app.SeedEventAsync();

        await OneIsFirstAsync(e.Organization, $"/organize/events/{e.Code}/facts", "", "Form.Translations[0].Title", "别人刚保存了这个活动");

        await using var db = app.OpenStore();
        Assert.Single((await db.Events.SingleAsync(x => x.Code == e.Code, Cancellation)).Translations);
    }

    [Fact]
    public async Task The_next_version_of_a_pledge_text()
    {
        var e = await app.SeedEventAsync();

        await OneIsFirstAsync(
            e.Organization, $"/organize/campaigns/{e.CampaignId}/texts/student/edit", "", "Form.Translations[0].Title", "第2版");

        await using var db = app.OpenStore();
        Assert.Equal(2, await db.Texts.Where(t => t.CampaignId == e.CampaignId && t.Role == SignerRole.Student)
            .MaxAsync(t => t.Version, Cancellation));
    }

    [Fact]
    public async Task The_first_translation_of_a_campaigns_title()
    {
        var e = await app.SeedEventAsync();

        await OneIsFirstAsync(
            e.Organization, $"/organize/campaigns/{e.CampaignId}/title", "", "Form.Translations[0].Title", "别人刚保存过这里");

        await using var db = app.OpenStore();
        Assert.Single((await db.Campaigns.SingleAsync(c => c.Id == e.CampaignId, Cancellation)).Translations);
    }

    [Fact]
    public async Task The_first_translation_of_an_organizations_name()
    {
        var e = await app.SeedEventAsync();

        await OneIsFirstAsync(
            e.District, $"/organize/organizations/{e.Organization}", "?handler=Rename", "Names[0].Name", "别人刚保存过这里");

        await using var db = app.OpenStore();
        Assert.Single((await db.Organizations.SingleAsync(o => o.Id == e.Organization, Cancellation)).Translations);
    }

    [Fact]
    public async Task A_school_is_added_below_a_place_that_is_being_moved()
    {
        var e = await app.SeedEventAsync();
        var (from, to) = (await AddAsync(e.District, "旧街道"), await AddAsync(e.District, "新街道"));
        var community = await AddAsync(from, "移动的社区");
        await using var db = app.OpenStore();
        var parent = await db.Organizations.SingleAsync(o => o.Id == community, Cancellation);
        var school = db.Organizations.Add(new Organization("新学校", OrganizationKind.School, parent)).Entity;

        Assert.True(await app.Get<OrganizationMover>().MoveAsync(community, to, AccessScope.Everything, Cancellation));
        await db.SaveChangesAsync(Cancellation);

        Assert.Equal($"/{e.District}/{to}/{community}/{school.Id}/", school.Path);
    }

    [Fact]
    public async Task Two_organizations_are_moved_below_each_other()
    {
        var e = await app.SeedEventAsync();
        for (var round = 0; round < 8; round++)
        {
            var (one, other) = (await AddAsync(e.District, $"甲{round}"), await AddAsync(e.District, $"乙{round}"));

            var moved = await Task.WhenAll(TryMoveAsync(one, other), TryMoveAsync(other, one));

            Assert.Single(moved, isMoved => isMoved);
            await using var db = app.OpenStore();
            Assert.Single(await db.Organizations.Where(o => o.Id == one || o.Id == other).ToListAsync(Cancellation),
                o => o.ParentId == e.District);
        }
    }

    private async Task<bool> TryMoveAsync(int organization, int place)
    {
        try
        {
            return await Task.Run(() => app.Get<OrganizationMover>().MoveAsync(organization, place, AccessScope.Everything, Cancellation));
        }
        catch (Exception failure) when (failure is DbUpdateConcurrencyException || StoreFailure.Is(failure))
        {
            return false; // which the page answers as it stands now, or that the store is busy
        }
    }

    private async Task<int> AddAsync(int below, string name)
    {
        await using var db = app.OpenStore();
        var parent = await db.Organizations.SingleAsync(o => o.Id == below, Cancellation);
        var added = db.Organizations.Add(new Organization(name, OrganizationKind.Street, parent)).Entity;
        await db.SaveChangesAsync(Cancellation);
        return added.Id;
    }

    [Fact]
    public async Task The_last_place_for_a_photo_of_the_report()
    {
        var e = await app.SeedEventAsync();
        for (var i = 1; i < ReportPhoto.MaxPhotos; i++)
            await app.SeedReportPhotoAsync(e);
        var address = $"/organize/events/{e.Code}/records/report/photos";
        var sent = new List<(DeskVisitor Visitor, MultipartFormDataContent Form)>();
        for (var i = 0; i < 2; i++)
        {
            var visitor = await DeskVisitor.SignInAsync(app, e.Organization);
            var form = DeskVisitor.Form(await visitor.ReadAsync(address));
            sent.Add((visitor, new MultipartFormDataContent
            {
                { new StringContent(form.First(field => field.Name == Token).Value!), Token },
                { new StringContent($"照片之{i}"), "Form.Caption" },
                { new StringContent("true"), "Form.Consent" },
                { new ByteArrayContent(TestPicture.Of(SKEncodedImageFormat.Jpeg, 40, 30)), "Form.Photo", "photo.jpg" },
            }));
        }

        meeting.Expect(sent.Count);
        var answers = await Task.WhenAll(sent.Select(of => of.Visitor.PostAsync(address, of.Form)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Redirect);
        var refused = answers.Single(answer => answer.StatusCode != HttpStatusCode.Redirect);
        Assert.Contains($"已有{ReportPhoto.MaxPhotos}张照片，这张没有保存", await DeskVisitor.TextAsync(refused));
        await using var db = app.OpenStore();
        Assert.Equal(ReportPhoto.MaxPhotos, await db.ReportPhotos.CountAsync(p => p.EventId == e.Id, Cancellation));
        foreach (var (_, form) in sent)
            form.Dispose();
    }

    private async Task OneIsFirstAsync(int organization, string page, string handler, string field, string said)
    {
        string[] typed = ["Typed by one", "Typed by two"];
        var sent = new List<(DeskVisitor Visitor, List<(string, string?)> Form)>();
        foreach (var value in typed)
        {
            var visitor = await DeskVisitor.SignInAsync(app, organization, OrganizerRole.Administrator);
            var form = FormAt(await visitor.ReadAsync(page), handler);
            Assert.Contains(form, filled => filled.Item1 == field);
            sent.Add((visitor, [.. form, (field, value)]));
        }

        meeting.Expect(sent.Count);
        var answers = await Task.WhenAll(sent.Select(of => of.Visitor.PostAsync(page + handler, of.Form)));

        Assert.Equal(HttpStatusCode.Redirect, Assert.Single(answers, answer => answer.StatusCode != HttpStatusCode.OK).StatusCode);
        var second = answers.Index().Single(answer => answer.Item.StatusCode == HttpStatusCode.OK);
        var refused = await DeskVisitor.TextAsync(second.Item);
        Assert.Contains(said, refused);
        Assert.Contains($"value=\"{typed[second.Index]}\"", refused);
    }

    /// <summary>The form that posts to the handler; the page's last one where none is named.</summary>
    private static List<(string, string?)> FormAt(string text, string handler)
    {
        if (handler.Length == 0)
            return DeskVisitor.Form(text);
        var form = text[text.IndexOf(handler, StringComparison.Ordinal)..];
        return DeskVisitor.Form("<form method=\"post\"" + form[..form.IndexOf("</form>", StringComparison.Ordinal)]);
    }

    /// <summary>Lets posts go on only when as many as are expected have read what is stored.</summary>
    private sealed class Meeting : IAsyncPageFilter
    {
        private TaskCompletionSource? all;
        private int missing;

        public void Expect(int many)
        {
            missing = many;
            all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

        public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
        {
            // A page's own filter, which reads what the page is about, comes before this one.
            if (all is { } met && context.HttpContext.Request.Method == "POST")
            {
                if (Interlocked.Decrement(ref missing) == 0)
                    met.SetResult();
                await met.Task.WaitAsync(Cancellation);
            }
            await next();
        }
    }
}

public sealed class AtOneInstantOnSqliteTests() : AtOneInstantTests(postgres: false);

public sealed class AtOneInstantOnPostgresTests() : AtOneInstantTests(postgres: true);
