using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Backups;
using SafetyCampaign.Films;
using SafetyCampaign.Records;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Backups;

/// <summary>Copies of the database that the program keeps go on the promised day, and the desk shows which.</summary>
public sealed class KeptCopiesTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Event = new(2026, 7, 17, 1, 0, 0, TimeSpan.Zero);

    /// <summary>28 February 2027 begins in Shanghai.</summary>
    private static readonly DateTimeOffset PromisedDay = new(2027, 2, 27, 16, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo shelf = Directory.CreateTempSubdirectory("safety-campaign-");
    private readonly FakeTimeProvider clock = new(PromisedDay.AddMinutes(-1));
    private readonly CampaignApp app;

    public KeptCopiesTests() => app = new CampaignApp { Clock = clock };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string File => Path.Combine(shelf.FullName, "backup");

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        shelf.Delete(recursive: true);
    }

    [Fact]
    public async Task What_a_restore_replaced_is_listed_and_goes_on_its_day_and_newer_films_stay_as_long()
    {
        var e = await app.SeedEventAsync(startsAt: Event);
        using (var phone = app.CreateClient())
            await phone.SignedAsync(e);
        app.Get<Backup>().Write(File, Cancellation);
        var films = Directory.CreateDirectory(Path.Combine(app.DataDirectory, "uploads", "films"));
        var newer = Path.Combine(films.FullName, "0123456789abcdef0123456789abcdef.mp4");
        await System.IO.File.WriteAllTextAsync(newer, "", Cancellation);
        System.IO.File.SetLastWriteTimeUtc(newer, PromisedDay.AddDays(-1).UtcDateTime);
        await app.StopAsync();
        var kept = (await BackupFiles.RestoreAsync(app.DataDirectory, File, clock)).Kept!;
        await app.StartAsync();

        await app.Get<FilmCleanup>().RunAsync(Cancellation);
        await app.Get<Retention>().RunAsync(Cancellation);

        Assert.True(System.IO.File.Exists(newer), "The film of the data that was replaced is gone.");
        var page = await (await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator)).ReadAsync("/organize/retention");
        Assert.Contains(Path.GetFileName(kept), page);
        Assert.Contains("恢复前的数据", page);
        Assert.Contains("2026 暑期防溺水", page);
        Assert.Contains("到期自动删除", page);
        Assert.Equal(new DateOnly(2027, 2, 28), Assert.Single(await app.Get<KeptCopies>().ListAsync(Cancellation)).DeleteOn);

        clock.SetUtcNow(PromisedDay);
        await app.Get<Retention>().RunAsync(Cancellation);
        await app.Get<FilmCleanup>().RunAsync(Cancellation);

        Assert.False(Directory.Exists(kept), "What a restore replaced is still there.");
        Assert.False(System.IO.File.Exists(newer), "A film that nothing names any more is still there.");
    }

    [Theory]
    [InlineData(true, 0, "2027-02-28")]
    [InlineData(false, 0, "2028-02-27")] // a list that no event uses is kept for a year
    [InlineData(true, -1, "2028-02-27")] // its campaign is past its day, and may be rehearsed for long: no copy would be kept at all
    public async Task What_was_replaced_before_anybody_signed_goes_too_since_it_holds_the_names_of_pupils(
        bool isUsed, int years, string deleteOn)
    {
        var e = await app.SeedEventAsync(startsAt: Event.AddYears(years));
        await app.SeedRosterAsync(e, e.Primary, (1, "王小明"));
        if (!isUsed)
            BackupFiles.Execute(app.Get<DataFolder>().Database, "DELETE FROM event_classes");
        app.Get<Backup>().Write(File, Cancellation);
        await app.StopAsync();
        await BackupFiles.RestoreAsync(app.DataDirectory, File, clock);
        await app.StartAsync();

        Assert.Equal(DateOnly.Parse(deleteOn, CultureInfo.InvariantCulture),
            Assert.Single(await app.Get<KeptCopies>().ListAsync(Cancellation)).DeleteOn);
    }

    [Fact]
    public async Task A_copy_goes_sooner_where_the_promise_was_moved_forward()
    {
        var e = await app.SeedEventAsync(startsAt: Event.AddYears(1));
        using (var phone = app.CreateClient())
            await phone.SignedAsync(e);
        app.Get<Backup>().Write(File, Cancellation);
        await app.StopAsync();
        await BackupFiles.RestoreAsync(app.DataDirectory, File, clock);
        await app.StartAsync();
        BackupFiles.Execute(app.Get<DataFolder>().Database, "UPDATE children_rules SET EndsOn = '2027-01-31'");

        Assert.Equal(new DateOnly(2027, 6, 30), Assert.Single(await app.Get<KeptCopies>().ListAsync(Cancellation)).DeleteOn);
    }

    [Fact]
    public async Task What_cannot_be_read_goes_after_thirty_days()
    {
        var kept = Directory.CreateDirectory(Path.Combine(app.DataDirectory, "before-restore-20270101T000000Z"));
        await System.IO.File.WriteAllTextAsync(Path.Combine(kept.FullName, "campaign.db"), "This is not a database.", Cancellation);

        Assert.Equal(new DateOnly(2027, 1, 31), Assert.Single(await app.Get<KeptCopies>().ListAsync(Cancellation)).DeleteOn);
    }
}
