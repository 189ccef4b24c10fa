using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Films;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Display;

namespace SafetyCampaign.Tests.Organizing.Events;

/// <summary>The disk that films may not take from pledges, on a disk of a size that the test says.</summary>
public sealed class FilmRoomTests : IAsyncLifetime
{
    private const long Megabyte = 1024 * 1024;
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
    private readonly CampaignApp app;
    private long disk = 100 * Megabyte;
    private SeededEvent e = null!;
    private DeskVisitor organizer = null!;
    private string page = "";

    public FilmRoomTests() => app = new CampaignApp
    {
        Clock = clock,
        Settings = { ["Films:LeaveFreeMegabytes"] = "90", ["Films:MaxMegabytes"] = "20" },
        Parts = services => services.Replace(ServiceDescriptor.Singleton<AvailableDiskSpace>(_ => disk - Written())),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        e = await app.SeedEventAsync(EventState.Draft);
        organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        page = $"/organize/events/{e.Code}/scenes/{await app.SettleSceneAsync(e, SceneKind.Film, settings => settings)}/film";
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task What_is_declared_too_large_or_beyond_the_room_is_refused_before_a_byte_is_written()
    {
        var written = false;

        var tooLarge = await organizer.UploadAsync(page, Film(21 * Megabyte, () => written |= Written() > 0));
        var noRoom = await organizer.UploadAsync(page, Film(11 * Megabyte, () => written |= Written() > 0));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLarge.StatusCode);
        Assert.Equal(HttpStatusCode.InsufficientStorage, noRoom.StatusCode);
        Assert.Contains("磁盘空间不够", await DeskVisitor.TextAsync(noRoom));
        Assert.False(written, "Bytes were written for which there was no room.");
    }

    [Fact]
    public async Task Two_at_once_do_not_both_count_on_the_same_room()
    {
        HttpResponseMessage? second = null;

        // The other comes when this one has sent half.
        var first = await organizer.UploadAsync(page, new Content(6 * Megabyte, declares: true,
            async () => second = await organizer.UploadAsync(page, Film(6 * Megabyte))));

        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        Assert.Equal(HttpStatusCode.InsufficientStorage, second!.StatusCode);
        Assert.Equal(HttpStatusCode.InsufficientStorage, (await organizer.UploadAsync(page, Film(6 * Megabyte))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await organizer.UploadAsync(page, Film(3 * Megabyte))).StatusCode);
    }

    [Fact]
    public async Task Whatever_an_upload_says_of_itself_the_disk_that_pledges_need_stays_free()
    {
        var silent = await organizer.UploadAsync(page, new Content(11 * Megabyte, declares: false));
        Assert.Equal(HttpStatusCode.InsufficientStorage, silent.StatusCode);
        Assert.Equal(0, Written());

        // Something else fills the disk while a film comes for which there was room.
        var overtaken = await organizer.UploadAsync(page, new Content(9 * Megabyte, declares: true, () =>
        {
            disk = 92 * Megabyte;
            return Task.CompletedTask;
        }));

        Assert.Equal(HttpStatusCode.InsufficientStorage, overtaken.StatusCode);
        Assert.Equal(0, Written());
    }

    [Fact]
    public async Task An_upload_that_stands_still_or_crawls_is_ended_and_leaves_nothing()
    {
        foreach (var declares in new[] { true, false })
        {
            var slow = await organizer.UploadAsync(page, new Content(3 * Megabyte, declares, async () =>
            {
                while (Written() == 0)
                    await Task.Yield(); // it has begun to arrive
                clock.Advance(TimeSpan.FromMinutes(5)); // too slow on average too, wherever the program is in its reading
            }));

            Assert.Equal(HttpStatusCode.RequestTimeout, slow.StatusCode);
            Assert.Contains("上传太慢", await DeskVisitor.TextAsync(slow));
            Assert.Equal(0, Written());
        }
        Assert.Equal(HttpStatusCode.Redirect, (await organizer.UploadAsync(page, Film(9 * Megabyte))).StatusCode);
    }

    [Fact]
    public async Task What_a_killed_program_left_of_an_upload_goes_at_the_next_start()
    {
        var folder = Directory.CreateDirectory(app.Get<FilmStore>().Folder);
        var (left, used) = (Path.Combine(folder.FullName, "left.webm.partial"), Path.Combine(folder.FullName, "used.webm.partial"));
        await File.WriteAllTextAsync(left, "cut off", Cancellation);
        await using var other = new FileStream(used, FileMode.Create, FileAccess.Write, FileShare.None); // by another node

        await app.RestartAsync();

        Assert.False(File.Exists(left));
        Assert.True(File.Exists(used));
    }

    private long Written() => new DirectoryInfo(Path.Combine(app.DataDirectory, "uploads", "films")) is { Exists: true } films
        ? films.EnumerateFiles().Sum(file => file.Length)
        : 0;

    private static Content Film(long length, Action? halfWay = null) => new(length, declares: true, () =>
    {
        halfWay?.Invoke();
        return Task.CompletedTask;
    });

    /// <summary>A film of that length; something happens when half of it is sent.</summary>
    private sealed class Content(long length, bool declares, Func<Task>? halfWay = null) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var piece = new byte[Megabyte];
            TestFilm.Bytes.CopyTo(piece, 0);
            for (var sent = 0L; sent < length; sent += piece.Length)
            {
                await stream.WriteAsync(piece);
                await stream.FlushAsync();
                if (sent <= length / 2 && sent + piece.Length > length / 2 && halfWay is not null)
                    await halfWay();
            }
        }

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return declares;
        }
    }
}
