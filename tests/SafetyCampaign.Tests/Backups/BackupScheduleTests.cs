using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Backups;
using SafetyCampaign.Records;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Backups;

/// <summary>Backups that are made without being asked for.</summary>
public sealed class BackupScheduleTests : IDisposable
{
    private static readonly DateTimeOffset Event = new(2026, 7, 17, 1, 0, 0, TimeSpan.Zero);

    /// <summary>28 February 2027 begins in Shanghai.</summary>
    private static readonly DateTimeOffset PromisedDay = new(2027, 2, 27, 16, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo shelf = Directory.CreateTempSubdirectory("safety-campaign-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => shelf.Delete(recursive: true);

    [Fact]
    public async Task Scheduled_backups_are_made_rotated_listed_and_go_on_their_day()
    {
        var clock = new FakeTimeProvider(PromisedDay.AddDays(-10));
        await using var scheduled = new CampaignApp
        {
            Clock = clock,
            Settings = { ["Backup:Schedule"] = "02:30", ["Backup:Keep"] = "2" },
        };
        await scheduled.InitializeAsync();
        var e = await scheduled.SeedEventAsync(startsAt: Event);
        using (var phone = scheduled.CreateClient())
            await phone.SignedAsync(e);
        var schedule = scheduled.Get<BackupSchedule>();

        for (var day = 0; day < 4; day++)
        {
            clock.SetUtcNow(PromisedDay.AddDays(day - 9).AddHours(2)); // 02:00 in Shanghai: not yet
            await schedule.RunAsync(Cancellation);
            clock.SetUtcNow(PromisedDay.AddDays(day - 9).AddHours(2.5));
            await schedule.RunAsync(Cancellation);
        }

        await using (var db = scheduled.OpenStore())
            Assert.InRange(await db.AuditEntries.CountAsync(a => a.Action == AuditAction.BackupMade, Cancellation), 4, 5); // one at the start
        var files = schedule.Files();
        Assert.Equal([PromisedDay.AddDays(-7).AddHours(2.5), PromisedDay.AddDays(-6).AddHours(2.5)], files.Select(file => file.MadeAt));
        Assert.Equal(2, scheduled.Get<BackupVerification>().Verify(files[^1].Path, Cancellation).Pledges);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(files[^1].Path));
        var page = await (await DeskVisitor.SignInAsync(scheduled, e.District, OrganizerRole.Administrator))
            .ReadAsync("/organize/retention");
        Assert.Contains("每天02:30备份，保留2份", page);
        Assert.Contains(Path.GetFileName(files[^1].Path), page);
        clock.SetUtcNow(PromisedDay);
        await scheduled.Get<ClockCheck>().ConfirmAsync(AuditActor.Program, Cancellation); // six days without a look at the clock are a jump
        await scheduled.Get<Retention>().RunAsync(Cancellation);
        Assert.DoesNotContain(schedule.Files(), file => file.MadeAt < PromisedDay.AddDays(-1));
    }

    [Fact]
    public async Task A_scheduled_backup_that_fails_is_told_and_the_node_stays_ready()
    {
        var (clock, log) = (new FakeTimeProvider(PromisedDay), new CapturedLog());
        var file = Path.Combine(shelf.FullName, "a-file");
        await File.WriteAllTextAsync(file, "", Cancellation);
        await using var failing = new CampaignApp
        {
            Clock = clock,
            Parts = log.Install,
            Settings = { ["Backup:Schedule"] = "1h", ["Backup:Folder"] = Path.Combine(file, "backups") },
        };
        await failing.InitializeAsync();

        await Record.ExceptionAsync(() => failing.Get<BackupSchedule>().RunAsync(Cancellation));

        using var monitor = failing.CreateClient();
        var answer = await monitor.GetAsync(new Uri("/healthz/ready", UriKind.Relative), Cancellation);
        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal("degraded", (string?)(await answer.JsonAsync())["parts"]!["backup"]);
        clock.Advance(TimeSpan.FromMinutes(11)); // it tries again by itself, and logs it
        await Wait.UntilAsync(
            () => log.Lines.Any(line => line.Contains("The scheduled backup could not be written")), "the failure is logged");
    }

    [Theory]
    [InlineData("02:30", "2026-07-16T18:29:00Z", "2026-07-17T18:29:00Z", true)]
    [InlineData("02:30", "2026-07-16T18:31:00Z", "2026-07-17T18:29:00Z", false)]
    [InlineData("02:30", "2026-07-16T18:31:00Z", "2026-07-17T18:31:00Z", true)]
    [InlineData("02:30", "2026-07-10T18:31:00Z", "2026-07-17T12:00:00Z", true)]
    [InlineData("02:30", null, "2026-07-17T12:00:00Z", true)]
    [InlineData("02:30", "2038-01-01T00:00:00Z", "2026-07-17T12:00:00Z", true)]
    [InlineData("6h", "2026-07-17T06:01:00Z", "2026-07-17T12:00:00Z", false)]
    [InlineData("6h", "2026-07-17T06:00:00Z", "2026-07-17T12:00:00Z", true)]
    public void It_is_time_once_a_day_or_after_the_interval(string schedule, string? last, string now, bool due) => Assert.Equal(due,
        BackupScheduleSettings.Read(BackupFiles.Settings(("Backup:Schedule", schedule)), new DataFolder(shelf.FullName)).IsDue(
            last is null ? null : DateTimeOffset.Parse(last, CultureInfo.InvariantCulture),
            DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)));
}
