using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display;
using SafetyCampaign.Display.Names;
using SafetyCampaign.Storage;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>
/// Signing, wave and thanks before a small hall and a district's evening, on four projectors and in two languages; with
/// <c>WRITE_PICTURES=1</c> the pictures are in artifacts/pictures.
/// </summary>
public sealed class CrowdedStageJourneys(Browser browser) : Journey(browser)
{
    private static readonly (int Width, int Height)[] Projectors = [(1024, 768), (1280, 720), (1920, 1080), (3840, 2160)];

    private static readonly string[] Languages = ["zh-CN", "en-GB"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 14, 42)]
    [InlineData(4, 40, 955)]
    [InlineData(9, 99, 955)]
    public async Task However_many_classes_and_families_there_are_every_word_is_read_from_the_last_row(
        int schools, int classes, int families)
    {
        var e = await GatherAsync(schools, classes);
        await SignAsync(e, families);
        await ApproveNamesAsync(e);
        await EachAsync(e, $"{classes}");
    }

    [Theory]
    [InlineData(EventState.Rehearsal)]
    [InlineData(EventState.Closed)]
    public async Task The_remark_of_a_rehearsal_or_of_the_end_lies_over_nothing(EventState state)
    {
        var e = await GatherAsync(2, 14, state == EventState.Rehearsal ? state : EventState.Open);
        await SignAsync(e, 3);
        await ApproveNamesAsync(e);
        if (state == EventState.Rehearsal)
            await App.ChangeEventAsync(e.Id, it => it.Describe(
                "Datangchong Community summer drowning prevention event", it.Place, it.Hosts, it.Partners));
        if (state == EventState.Closed)
            Assert.True(await App.Get<StageConductor>().CloseAsync(e.Id));
        await EachAsync(e, $"{state}");
    }

    [Fact]
    public async Task Before_the_scene_is_known_many_classes_are_arranged_as_well()
    {
        var e = await GatherAsync(4, 40);
        await SignAsync(e, 44);
        var stage = await StageAsync(with =>
        {
            with.ViewportSize = new ViewportSize { Width = 1024, Height = 768 };
            with.ReducedMotion = ReducedMotion.Reduce;
        });
        await stage.RouteWebSocketAsync("**/*", _ => { }); // never answers
        await stage.RouteAsync("**/api/**", route => route.AbortAsync());

        await stage.GotoAsync($"/display/{e.Code}");

        await Expect(stage.Locator(".vessel:visible")).ToHaveCountAsync(10); // of four pages
        await StageFaults.NoneAsync(stage, SceneKind.Signing);
    }

    private async Task EachAsync(SeededEvent e, string name)
    {
        var published = (await App.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!;
        foreach (var (width, height) in Projectors)
            foreach (var language in Languages)
            {
                var stage = await StageAsync(with =>
                {
                    with.ViewportSize = new ViewportSize { Width = width, Height = height };
                    with.Locale = language;
                    with.ReducedMotion = ReducedMotion.Reduce;
                });
                var line = stage.WaitForWebSocketAsync();
                await stage.GotoAsync($"/display/{e.Code}");
                await line;
                foreach (var kind in new[] { SceneKind.Signing, SceneKind.Wave, SceneKind.Thanks })
                {
                    var scene = published.Scenes.First(scene => scene.Kind == kind);
                    Assert.True(await App.Get<StageConductor>().ShowAsync(e.Id, scene.Id, 0));
                    await Expect(stage.Locator($"[data-room='{scene.Id}']")).ToBeVisibleAsync();
                    if (kind == SceneKind.Wave)
                        await Expect(stage.Locator(".wave-words")).Not.ToHaveAttributeAsync("data-waiting", "");
                    await PhotographAsync(stage, $"{kind}-{name}-{width}-{language[..2]}");
                    await StageFaults.NoneAsync(stage, kind, $"at {width}x{height} in {language}");
                }
                await stage.CloseAsync();
            }
    }

    private async Task<SeededEvent> GatherAsync(int schools, int classes, EventState state = EventState.Open)
    {
        var e = await App.SeedEventAsync(state);
        await App.ChangeEventAsync(e.Id, gathering => gathering.ShowNames(true));
        await using var db = App.OpenStore();
        var community = await db.Organizations.SingleAsync(o => o.Id == e.Organization, Cancellation);
        var all = Enumerable.Range(0, schools)
            .Select(i => new Organization($"滨江区第{"一二三四五六七八九"[i]}实验小学", OrganizationKind.School, community)).ToList();
        var gathering = await db.Events.Include(x => x.Classes).SingleAsync(x => x.Id == e.Id, Cancellation);
        gathering.Invite(Enumerable.Range(0, classes)
            .Select(i => new ClassGroup(all[i % schools], i / schools / 3 + 1, i / schools % 3 + 1, i % 5 == 4 ? null : 40)));
        await db.SaveChangesAsync(Cancellation);
        await App.Get<PublishedEvents>().ChangedAsync(e.Id, Cancellation);
        return e;
    }

    private async Task SignAsync(SeededEvent e, int families)
    {
        using var phone = App.CreateClient();
        var classes = (await App.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!.Classes;
        for (var i = 0; i < families; i++)
        {
            var request = Signing.Request(classes[i * i % classes.Count].Id,
                [Signing.Signer("student", $"王小{(char)('一' + i)}"), Signing.Signer("guardian", $"王{(char)('一' + i)}", "mother")],
                guardianConsents: true);
            request["consents"]!["showMaskedName"] = i < 3;
            Assert.Equal(201, (int)(await phone.SignAsync(e.Code, request)).StatusCode);
        }
    }

    private async Task ApproveNamesAsync(SeededEvent e)
    {
        var (gate, published) = (App.Get<NameGate>(), (await App.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!);
        var waiting = await gate.WaitingAsync(published, 20, Cancellation);
        await gate.DecideAsync(published, [.. waiting.Select(name => name.Sequence)], approved: true, Cancellation);
        Assert.True(await App.Get<StageConductor>().NamesChangedAsync(e.Id));
    }

    private static async Task PhotographAsync(IPage stage, string name)
    {
        if (Environment.GetEnvironmentVariable("WRITE_PICTURES") == "1")
            await stage.ScreenshotAsync(
                new() { Path = Path.Combine(Source.Root, "artifacts", "pictures", $"{name.ToLowerInvariant()}.png") });
    }
}
