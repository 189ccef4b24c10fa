using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Load.Paper;
using SafetyCampaign.Operations.Uploads;
using SafetyCampaign.Schools.Paper;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Schools.Paper;
using SkiaSharp;

namespace SafetyCampaign.Tests.Operations;

/// <summary>
/// Photos and lists, which come in forms: the disk that pledges need stays free, and nothing lies in a folder of the system's.
/// </summary>
public sealed class UploadsTests : IAsyncLifetime
{
    private const long Megabyte = 1024 * 1024;
    private readonly CampaignApp app;
    private long disk = 200 * Megabyte;
    private SeededEvent e = null!;
    private string secret = "";

    public UploadsTests() => app = new CampaignApp
    {
        Settings = { ["Films:LeaveFreeMegabytes"] = "90" },
        Parts = services => services.Replace(ServiceDescriptor.Singleton<AvailableDiskSpace>(_ => disk)),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Folder => new DataFolder(app.DataDirectory).FormFilesPath;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        e = await app.SeedEventAsync();
        secret = (await app.SeedClassLinkAsync(e, e.Primary)).Secret;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Where_the_disk_has_room_for_pledges_alone_photos_are_refused_in_words_and_the_form_is_kept()
    {
        disk = 90 * Megabyte + 1000;
        using var teacher = app.CreateClient();
        var sheet = (await app.PrintAsync(e, e.Primary))[0];
        using var photo = PaperOfClass.Upload([PaperOfClass.Photo(PhotoKind.Plain, (sheet, [(true, true)]))]);
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        var byLink = await teacher.PostAsync(new Uri($"/class/{secret}/sheets?handler=Upload", UriKind.Relative), photo, Cancellation);
        Assert.Equal(HttpStatusCode.InsufficientStorage, byLink.StatusCode);
        Assert.Contains("磁盘空间不够", await DeskVisitor.TextAsync(byLink));
        var picture = TestPicture.Of(SKEncodedImageFormat.Png, 200, 200);
        foreach (var (page, field, kept) in new[]
        {
            (DeskRoutes.EventPictures(e.Code), "Picture", ""), (DeskRoutes.ReportPhotos(e.Code), "Form.Photo", "演示抛绳"),
            (DeskRoutes.EventSheets(e.Code) + "?handler=Upload", "files", ""),
        })
        {
            var answer = await UploadAsync(
                organizer, page, field, [.. picture, .. new byte[2000]], ("Form.Caption", "演示抛绳"), ("Form.Consent", "true"));
            Assert.Equal((page, HttpStatusCode.InsufficientStorage), (page, answer.StatusCode));
            var words = await DeskVisitor.TextAsync(answer);
            Assert.Contains("磁盘空间不够", words);
            Assert.Contains(kept, words);
        }
        await using var db = app.OpenStore();
        Assert.Equal((0, 0, 0), (await db.PaperPhotos.CountAsync(Cancellation), await db.ReportPhotos.CountAsync(Cancellation),
            await db.Pictures.CountAsync(Cancellation)));
        // Pledges go on.
        Assert.Equal(HttpStatusCode.Created, (await teacher.SignAsync(e.Code, Signing.Family(e))).StatusCode);
    }

    [Fact]
    public async Task The_files_of_a_form_lie_in_the_data_folder_closed_to_others_and_go_with_the_request_or_the_next_start()
    {
        var formFiles = app.Get<FormFiles>();
        await using (var file = formFiles.Create())
        {
            await file.WriteAsync(new byte[10], Cancellation);
            await file.FlushAsync(Cancellation);
            Assert.StartsWith(Folder, file.Name, StringComparison.Ordinal);
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file.Name));
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
            }
            await File.WriteAllTextAsync(Path.Combine(Folder, "left"), "of a power cut", Cancellation);
            await formFiles.StartAsync(Cancellation); // as another node's start: what is being received stays
            Assert.Equal([file.Name], Directory.GetFiles(Folder));
        }
        Assert.Empty(Directory.GetFiles(Folder));

        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var picture = TestPicture.Of(SKEncodedImageFormat.Png, 40, 20);
        Assert.Equal(HttpStatusCode.Redirect,
            (await UploadAsync(organizer, DeskRoutes.EventPictures(e.Code), "Picture", picture)).StatusCode);
        await EmptyAsync(Folder);
        // Nowhere else: where this folder cannot be used, nothing is received.
        Directory.Delete(Folder);
        await File.WriteAllTextAsync(Folder, "", Cancellation);
        Assert.Equal(HttpStatusCode.InsufficientStorage,
            (await UploadAsync(organizer, DeskRoutes.EventPictures(e.Code), "Picture", picture)).StatusCode);
    }

    [Fact]
    public async Task A_form_whose_photo_stands_still_is_ended_and_gives_its_room_back()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var slow = new CampaignApp { Clock = clock };
        await slow.InitializeAsync();
        var seeded = await slow.SeedEventAsync();
        var link = (await slow.SeedClassLinkAsync(seeded, seeded.Primary)).Secret;
        var folder = new DirectoryInfo(new DataFolder(slow.DataDirectory).FormFilesPath);
        using var teacher = slow.CreateClient();

        var answer = await teacher.PostAsync(
            new Uri($"/class/{link}/sheets?handler=Upload", UriKind.Relative), new Stalling(() =>
            {
                if (!folder.Exists || !folder.EnumerateFiles().Any())
                {
                    folder.Refresh();
                    return false;
                }
                clock.Advance(TimeSpan.FromMinutes(5));
                return true;
            }), Cancellation);

        Assert.Equal(HttpStatusCode.RequestTimeout, answer.StatusCode);
        await EmptyAsync(folder.FullName);
    }

    [Fact]
    public async Task A_class_has_so_many_photos_and_no_more()
    {
        await using (var db = app.OpenStore())
        {
            db.PaperPhotos.AddRange(Enumerable.Range(0, PaperPhotos.MaxOfClass)
                .Select(_ => new PaperPhoto(e.Id, e.Primary, null, [1], false, DateTimeOffset.UnixEpoch)));
            await db.SaveChangesAsync(Cancellation);
        }
        using var teacher = app.CreateClient();
        var sheet = (await app.PrintAsync(e, e.Primary))[0];
        using var photo = PaperOfClass.Upload([PaperOfClass.Photo(PhotoKind.NoCode, (sheet, [(true, true)]))]);

        var answer = await teacher.PostAsync(new Uri($"/class/{secret}/sheets?handler=Upload", UriKind.Relative), photo, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"已有{PaperPhotos.MaxOfClass}张", await DeskVisitor.TextAsync(answer));
        await using var after = app.OpenStore();
        Assert.Equal(PaperPhotos.MaxOfClass, await after.PaperPhotos.CountAsync(Cancellation));
    }

    [Fact]
    public async Task A_class_link_sends_files_so_often_and_rows_are_decided_as_fast_as_somebody_presses()
    {
        await using var limited = new CampaignApp { Limits = true };
        await limited.InitializeAsync();
        var seeded = await limited.SeedEventAsync();
        var link = (await limited.SeedClassLinkAsync(seeded, seeded.Primary)).Secret;
        using var teacher = limited.CreateClient();
        var answers = new List<HttpStatusCode>();
        for (var uploads = 0; uploads < 25; uploads++)
        {
            using var nothing = PaperOfClass.Upload([[1, 2, 3]]);
            answers.Add((await teacher.PostAsync(
                new Uri($"/class/{link}/sheets?handler=Upload", UriKind.Relative), nothing, Cancellation)).StatusCode);
        }

        Assert.All(answers.Take(20), answer => Assert.Equal(HttpStatusCode.BadRequest, answer));
        Assert.Contains(HttpStatusCode.TooManyRequests, answers.Skip(20));
        using var decision = new FormUrlEncodedContent([new("act", "keep")]);
        Assert.NotEqual(HttpStatusCode.TooManyRequests,
            (await teacher.PostAsync(new Uri($"/class/{link}/sheets?sheet=1", UriKind.Relative), decision, Cancellation)).StatusCode);
    }

    /// <summary>A page that took files without it would have them in the system's temporary folder, whatever the disk has left.</summary>
    [Fact]
    public void Every_page_that_takes_files_says_so()
    {
        var pages = typeof(Program).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(PageModel)) && !type.IsAbstract)
            .Where(type => Parts(type).Any(part => part == typeof(IFormFile) || part.IsAssignableTo(typeof(IEnumerable<IFormFile>))))
            .ToList();

        Assert.Equal(7, pages.Count);
        Assert.DoesNotContain(pages, page => page.GetCustomAttribute<ReceivesFilesAttribute>() is null);

        static IEnumerable<Type> Parts(Type type) => type.GetMethods().SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.ParameterType)
            .Concat(type.GetProperties().Select(property => property.PropertyType))
            .Concat(type.GetNestedTypes().SelectMany(nested => nested.GetProperties()).Select(property => property.PropertyType));
    }

    /// <summary>The files of a form go once its request has ended, a moment after the answer has come.</summary>
    private static Task EmptyAsync(string folder) =>
        Wait.UntilAsync(() => Directory.GetFiles(folder).Length == 0, "the form's files are gone");

    /// <summary>The beginning of a photo, and then nothing until its receiver has been made to wait; then the rest.</summary>
    private sealed class Stalling : HttpContent
    {
        private readonly Func<bool> isWaitedFor;

        public Stalling(Func<bool> isWaitedFor)
        {
            this.isWaitedFor = isWaitedFor;
            Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"x.jpg\"\r\n\r\n"u8.ToArray());
            await stream.WriteAsync(new byte[200_000]);
            await stream.FlushAsync();
            while (!isWaitedFor())
                await Task.Yield();
            await stream.WriteAsync(new byte[200_000]);
            await stream.WriteAsync("\r\n--b--\r\n"u8.ToArray());
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    private static async Task<HttpResponseMessage> UploadAsync(
        DeskVisitor organizer, string page, string field, byte[] bytes, params (string Name, string Value)[] others)
    {
        const string token = "__RequestVerificationToken";
        var form = DeskVisitor.Form(await organizer.ReadAsync(page.Split('?')[0]));
        using var content = new MultipartFormDataContent
        {
            { new StringContent(form.First(f => f.Name == token).Value!), token },
            { new ByteArrayContent(bytes), field, "photo.png" },
        };
        foreach (var (name, value) in others)
            content.Add(new StringContent(value), name);
        return await organizer.PostAsync(page, content);
    }
}
