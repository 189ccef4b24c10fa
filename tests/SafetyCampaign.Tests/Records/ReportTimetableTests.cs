using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Records;

/// <summary>Which parts the activity report says were held, by what the hosts really did that evening.</summary>
public sealed partial class ReportTimetableTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Seven = new(2026, 7, 17, 11, 0, 0, TimeSpan.Zero);

    private readonly SetClock clock = new(Seven);
    private CampaignApp app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        app = new CampaignApp { Clock = clock };
        await app.InitializeAsync();
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task What_was_practised_and_what_was_on_for_seconds_is_left_out()
    {
        var e = await app.SeedEventAsync(EventState.Draft, startsAt: Seven.AddMinutes(40));
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        await desk.SendAsync($"/organize/events/{e.Code}/rehearse");
        await ShowAsync(e, SceneKind.Oath, 0);
        await ShowAsync(e, SceneKind.Signing, 60);
        clock.Advance(TimeSpan.FromMinutes(5));
        await desk.SendAsync($"/organize/events/{e.Code}/rehearse?handler=End");

        clock.Set(Seven.AddMinutes(40));
        await ShowAsync(e, SceneKind.Film, 0);
        await ShowAsync(e, SceneKind.Oath, 15 * 60);
        await ShowAsync(e, SceneKind.Film, 5); // pressed by mistake
        await ShowAsync(e, SceneKind.Lecture, 5);
        await ShowAsync(e, SceneKind.Thanks, 20 * 60);

        Assert.Equal(["19:40–19:55 防溺水安全教育专题片", "19:55–20:15 防溺水知识讲座", "20:15 谢谢每一个人"], await PartsAsync(desk, e));
    }

    [Fact]
    public async Task Two_scenes_of_one_kind_each_have_their_own_title_and_old_lines_that_of_the_kind()
    {
        var e = await app.SeedEventAsync(startsAt: Seven);
        await using (var db = app.OpenStore())
        {
            var gathering = await db.Events.Include(x => x.Scenes.OrderBy(s => s.Position)).SingleAsync(x => x.Id == e.Id, Cancellation);
            gathering.Arrange([.. gathering.Scenes, new Scene(SceneKind.Speech, "救援队讲话")]);
            await db.SaveChangesAsync(Cancellation);
            db.Audit(AuditAction.SceneShown, gathering, by: AuditActor.Program).Detail = "Speech"; // as lines were written before
            await db.SaveChangesAsync(Cancellation);
        }
        await app.Get<PublishedEvents>().ChangedAsync(e.Id, Cancellation);
        var speeches = (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!.Scenes
            .Where(s => s.Kind == SceneKind.Speech).ToList();
        foreach (var speech in speeches)
        {
            clock.Advance(TimeSpan.FromMinutes(5));
            await app.Get<StageConductor>().ShowAsync(e.Id, speech.Id, 0, AuditActor.Program);
        }

        var desk = await DeskVisitor.SignInAsync(app, e.Organization);

        Assert.Equal(["19:00–19:05 讲话", "19:05–19:10 动员讲话", "19:10 救援队讲话"], await PartsAsync(desk, e));
        var administrator = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator);
        Assert.Equal(3, Regex.Count(await administrator.ReadAsync($"/organize/audit?Event={e.Code}"), "大屏切换到环节：讲话"));
    }

    private async Task ShowAsync(SeededEvent e, SceneKind kind, int secondsLater)
    {
        clock.Advance(TimeSpan.FromSeconds(secondsLater));
        var scene = (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!.Scenes.First(s => s.Kind == kind);
        Assert.True(await app.Get<StageConductor>().ShowAsync(e.Id, scene.Id, 0, AuditActor.Program));
    }

    private static async Task<IEnumerable<string>> PartsAsync(DeskVisitor desk, SeededEvent e) =>
        Part().Matches(WebUtility.HtmlDecode(await desk.ReadAsync($"/organize/events/{e.Code}/records/report")))
            .Select(part => $"{part.Groups[1].Value} {part.Groups[2].Value}");

    [GeneratedRegex("<li><span class=\"time\">([^<]*)</span> ([^<]+)</li>")]
    private static partial Regex Part();
}
