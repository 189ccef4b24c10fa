using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Films;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Display;

namespace SafetyCampaign.Tests.Organizing.Events;

/// <summary>A scene's film, from the desk to its address on the stage.</summary>
public sealed class FilmPageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_uploaded_film_is_served_from_any_second_on()
    {
        await using var app = await StartAsync();
        var (e, organizer, page) = await WithFilmSceneAsync(app);

        var answer = await organizer.UploadAsync(page, new ByteArrayContent(TestFilm.Bytes));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("影片已保存", await organizer.ReadAsync(page));
        using var stage = app.CreateClient();
        var address = await FilmAddressAsync(app, e);
        var whole = await stage.GetAsync(address, Cancellation);
        Assert.Equal("video/webm", whole.Content.Headers.ContentType!.MediaType);
        Assert.Equal(TestFilm.Bytes, await whole.Content.ReadAsByteArrayAsync(Cancellation));
        using var late = new HttpRequestMessage(HttpMethod.Get, address);
        late.Headers.Range = new(40_000, null);
        var rest = await stage.SendAsync(late, Cancellation);
        Assert.Equal(HttpStatusCode.PartialContent, rest.StatusCode);
        Assert.Equal(TestFilm.Bytes[40_000..], await rest.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task An_mp4_is_taken_for_what_it_is()
    {
        await using var app = await StartAsync();
        var (e, organizer, page) = await WithFilmSceneAsync(app);
        byte[] mp4 = [0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 2, 0, .. "isomiso2"u8, .. new byte[1000]];

        await organizer.UploadAsync(page, new ByteArrayContent(mp4), "教育片.bin");

        using var stage = app.CreateClient();
        var film = await stage.GetAsync(await FilmAddressAsync(app, e), Cancellation);
        Assert.Equal("video/mp4", film.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<!DOCTYPE html><script>alert(1)</script> and so on, long enough to be something")]
    [InlineData("\u001aEss without the name of what it holds, and long enough for a whole head of a file")]
    public async Task What_is_no_film_is_refused_whatever_it_is_called(string content)
    {
        await using var app = await StartAsync();
        var (e, organizer, page) = await WithFilmSceneAsync(app);

        var answer = await organizer.UploadAsync(page, new ByteArrayContent(Encoding.Latin1.GetBytes(content)), "film.mp4");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Contains("不是MP4或WebM影片", await DeskVisitor.TextAsync(answer));
        await NothingKeptAsync(app, e);
    }

    [Fact]
    public async Task A_film_over_the_limit_is_refused_and_the_page_says_the_limit()
    {
        await using var app = await StartAsync(("Films:MaxMegabytes", "1"));
        var (e, organizer, page) = await WithFilmSceneAsync(app);

        var answer = await organizer.UploadAsync(page, new ByteArrayContent([.. TestFilm.Bytes, .. new byte[1024 * 1024]]));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("影片超过1 MB", await DeskVisitor.TextAsync(answer));
        await NothingKeptAsync(app, e);
    }

    [Fact]
    public async Task A_film_may_be_larger_than_any_other_request_and_too_large_a_one_still_gets_its_answer()
    {
        // the server in memory counts no bytes
        await using var app = new CampaignApp { Kestrel = true, Settings = { ["Films:MaxMegabytes"] = "3" } };
        await app.InitializeAsync();
        var e = await app.SeedEventAsync(EventState.Draft);
        var page = await FilmPageAsync(app, e);
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = app.Address };
        var organizer = new DeskVisitor(browser);
        await DeskVisitor.AddAccountAsync(app, "放映的老师", e.Organization);
        await organizer.SignInAsync("放映的老师");

        var refused = await organizer.UploadAsync(page, new ByteArrayContent([.. TestFilm.Bytes, .. new byte[8 * 1024 * 1024]]));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        Assert.Contains("影片超过3 MB", await DeskVisitor.TextAsync(refused));
        await NothingKeptAsync(app, e);

        var kept = await organizer.UploadAsync(page, new ByteArrayContent([.. TestFilm.Bytes, .. new byte[2 * 1024 * 1024]]));
        Assert.Equal(HttpStatusCode.Redirect, kept.StatusCode);
    }

    [Fact]
    public async Task The_room_that_pledges_may_need_is_left_to_them()
    {
        await using var app = await StartAsync(("Films:LeaveFreeMegabytes", "900000000"));
        var (e, organizer, page) = await WithFilmSceneAsync(app);

        var answer = await organizer.UploadAsync(page, new ByteArrayContent(TestFilm.Bytes));

        Assert.Equal(HttpStatusCode.InsufficientStorage, answer.StatusCode);
        Assert.Contains("磁盘空间不够", await DeskVisitor.TextAsync(answer));
        await NothingKeptAsync(app, e);
    }

    [Fact]
    public async Task Sending_the_form_without_a_file_says_so()
    {
        await using var app = await StartAsync();
        var (_, organizer, page) = await WithFilmSceneAsync(app);

        var answer = await organizer.UploadAsync(page, new ByteArrayContent([]), "");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("还没有选择影片文件", await DeskVisitor.TextAsync(answer));
    }

    [Fact]
    public async Task A_form_that_is_not_ours_brings_no_film()
    {
        await using var app = await StartAsync();
        var (e, organizer, page) = await WithFilmSceneAsync(app);

        var forged = await organizer.PostAsync(page,
            new MultipartFormDataContent { { new ByteArrayContent(TestFilm.Bytes), "film", "film.webm" } });

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        await NothingKeptAsync(app, e);
    }

    [Fact]
    public async Task What_somebody_else_saves_while_the_film_is_on_its_way_stays()
    {
        await using var app = await StartAsync();
        var (e, organizer, page) = await WithFilmSceneAsync(app);

        var answer = await organizer.UploadAsync(page, new SlowContent(TestFilm.Bytes, () =>
            app.ChangeEventAsync(e.Id, gathering => gathering.Describe("新的名称", gathering.Place, gathering.Hosts, gathering.Partners))));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var published = await PublishedAsync(app, e);
        Assert.Equal("新的名称", published.Title);
        Assert.EndsWith(".webm", published.Scenes.First(s => s.Kind == SceneKind.Film).Settings.Film);
    }

    [Fact]
    public async Task A_film_may_be_left_to_the_machine_at_the_projector()
    {
        await using var app = await StartAsync();
        var (e, organizer, page) = await WithFilmSceneAsync(app);
        await organizer.UploadAsync(page, new ByteArrayContent(TestFilm.Bytes));

        await organizer.SendAsync($"{page}?handler=Laptop");

        var settings = (await PublishedAsync(app, e)).Scenes.First(s => s.Kind == SceneKind.Film).Settings;
        Assert.True(settings.FilmOnLaptop);
        Assert.Equal("", settings.Film);
    }

    [Fact]
    public async Task A_film_goes_with_its_scene_and_what_is_still_shown_stays()
    {
        await using var app = await StartAsync();
        var (e, organizer, page) = await WithFilmSceneAsync(app);
        var (_, other, otherPage) = await WithFilmSceneAsync(app);
        await organizer.UploadAsync(page, new ByteArrayContent(TestFilm.Bytes));
        await other.UploadAsync(otherPage, new ByteArrayContent(TestFilm.Bytes));
        await File.WriteAllTextAsync(Path.Combine(Films(app), "half.webm.partial"), "cut off by a power cut", Cancellation);
        await using (var db = app.OpenStore())
        {
            var gathering = await db.Events.Include(x => x.Scenes).SingleAsync(x => x.Id == e.Id, Cancellation);
            gathering.Arrange([.. gathering.Scenes.Where(s => s.Kind != SceneKind.Film)]);
            await db.SaveChangesAsync(Cancellation);
        }

        await app.Get<FilmCleanup>().RunAsync(Cancellation);
        Assert.Equal(3, Directory.GetFiles(Films(app)).Length); // a film that has just come is not named by its scene yet
        foreach (var file in Directory.GetFiles(Films(app)))
            File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        await app.Get<FilmCleanup>().RunAsync(Cancellation);

        Assert.Single(Directory.GetFiles(Films(app)));
        Assert.Contains("已上传的影片", await other.ReadAsync(otherPage));
    }

    [Fact]
    public async Task A_scene_without_a_film_has_no_address_for_one()
    {
        await using var app = await StartAsync();
        var (e, _, _) = await WithFilmSceneAsync(app);
        using var stage = app.CreateClient();

        Assert.Equal(HttpStatusCode.NotFound, (await stage.GetAsync(await FilmAddressAsync(app, e), Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stage.GetAsync($"/display/{e.Code}/film/999999", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stage.GetAsync("/display/NOSUCH/film/1", Cancellation)).StatusCode);
    }

    private static async Task<CampaignApp> StartAsync(params (string Key, string Value)[] settings)
    {
        var app = new CampaignApp { Settings = settings.ToDictionary(s => s.Key, s => s.Value) };
        await app.InitializeAsync();
        return app;
    }

    private static async Task<(SeededEvent Event, DeskVisitor Organizer, string Page)> WithFilmSceneAsync(CampaignApp app)
    {
        var e = await app.SeedEventAsync(EventState.Draft);
        return (e, await DeskVisitor.SignInAsync(app, e.Organization), await FilmPageAsync(app, e));
    }

    private static async Task<string> FilmPageAsync(CampaignApp app, SeededEvent e) =>
        $"/organize/events/{e.Code}/scenes/{(await PublishedAsync(app, e)).Scenes.First(s => s.Kind == SceneKind.Film).Id}/film";

    private static async Task<PublishedEvent> PublishedAsync(CampaignApp app, SeededEvent e) =>
        (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!;

    private static async Task<string> FilmAddressAsync(CampaignApp app, SeededEvent e) =>
        $"/display/{e.Code}/film/{(await PublishedAsync(app, e)).Scenes.First(s => s.Kind == SceneKind.Film).Id}";

    private static string Films(CampaignApp app) => app.Get<FilmStore>().Folder;

    private static async Task NothingKeptAsync(CampaignApp app, SeededEvent e)
    {
        Assert.Equal("", (await PublishedAsync(app, e)).Scenes.First(s => s.Kind == SceneKind.Film).Settings.Film);
        Assert.Empty(Directory.Exists(Films(app)) ? Directory.GetFiles(Films(app)) : []);
    }

    /// <summary>Something happens between the first half and the second.</summary>
    private sealed class SlowContent(byte[] bytes, Func<Task> meanwhile) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes.AsMemory(..(bytes.Length / 2)));
            await stream.FlushAsync();
            await meanwhile();
            await stream.WriteAsync(bytes.AsMemory((bytes.Length / 2)..));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }
    }
}
