using SafetyCampaign.Backups;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Operations;

namespace SafetyCampaign.Tests.Backups;

/// <summary>A backup that is not what was written is refused, whichever bit it is.</summary>
public sealed class BackupChecksumTests : IAsyncLifetime
{
    private const int Places = 200;

    private readonly DirectoryInfo shelf = Directory.CreateTempSubdirectory("safety-campaign-");
    private readonly CampaignApp app = new();

    private string File => Path.Combine(shelf.FullName, "backup");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        var e = await app.SeedEventAsync();
        using var phone = app.CreateClient();
        await phone.SignedAsync(e);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        shelf.Delete(recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_flipped_bit_anywhere_is_found_and_nothing_is_restored(bool encrypted)
    {
        var settings = encrypted ? BackupFiles.Settings((BackupPassword.Setting, "four unrelated words")) : BackupFiles.NoSettings;
        new Backup(app.Get<DataFolder>(), app.Get<CampaignDbFactory>(), settings, TimeProvider.System).Write(File, Cancellation);
        var verification = new BackupVerification(app.Get<DataFolder>(), app.Get<CampaignDbFactory>(), BackupFiles.NoSettings);
        var sound = await System.IO.File.ReadAllBytesAsync(File, Cancellation);
        var restored = Path.Combine(shelf.FullName, "restored");

        foreach (var (place, number) in PlacesOf(sound.Length).Select((place, number) => (place, number)))
        {
            var damaged = (byte[])sound.Clone();
            damaged[place / 8] ^= (byte)(1 << (int)(place % 8));
            await System.IO.File.WriteAllBytesAsync(File, damaged, Cancellation);

            var refused = Assert.Throws<InvalidOperationException>(() => verification.Verify(File, Cancellation));
            AssertClear(refused, place);
            if (number % 20 != 0)
                continue;
            AssertClear(await Assert.ThrowsAsync<InvalidOperationException>(
                () => BackupFiles.RestoreAsync(restored, File, settings: settings)), place);
            Assert.Equal(["running.lock"], Directory.GetFileSystemEntries(restored).Select(Path.GetFileName));
        }

        await System.IO.File.WriteAllBytesAsync(File, sound, Cancellation);
        Assert.Equal(2, verification.Verify(File, Cancellation).Pledges);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(-40_000)]
    [InlineData(int.MinValue)]
    public void A_file_that_is_shorter_or_longer_is_damaged(int by)
    {
        app.Get<Backup>().Write(File, Cancellation);
        using (var file = System.IO.File.OpenWrite(File))
            file.SetLength(Math.Max(30, file.Length + by));

        var refused = Assert.Throws<InvalidOperationException>(() => app.Get<BackupVerification>().Verify(File, Cancellation));

        Assert.Contains("damaged", refused.Message);
    }

    [Fact]
    public async Task Verify_says_on_the_console_what_a_backup_is_or_that_it_is_damaged()
    {
        var console = new ConsoleProgram(app.DataDirectory);
        app.Get<Backup>().Write(File, Cancellation);

        var (exit, output, _) = await console.RunAsync("verify", File);
        Assert.Equal(0, exit);
        Assert.Contains("The backup is sound, 2 pledges", output);
        Assert.Contains($"Delete it on {app.Get<BackupVerification>().Verify(File, Cancellation).DeleteOn:yyyy-MM-dd}", output);
        await using (var file = System.IO.File.Open(File, FileMode.Open))
        {
            file.Position = file.Length - 5;
            var last = file.ReadByte();
            file.Position = file.Length - 5;
            file.WriteByte((byte)(last ^ 1));
        }

        var (refused, _, error) = await console.RunAsync("verify", File);
        Assert.Equal(1, refused);
        ConsoleProgram.AssertOneSentence(error);
        Assert.Contains("damaged", error);
    }

    [Fact]
    public async Task A_backup_of_an_earlier_version_is_restored_with_a_warning()
    {
        app.Get<Backup>().Write(File, Cancellation);
        var old = Path.Combine(shelf.FullName, "old.db");
        BackupFiles.Unwrap(File, old);
        await using var copy = new CampaignApp();
        var console = new ConsoleProgram(copy.DataDirectory);

        var verified = app.Get<BackupVerification>().Verify(old, Cancellation);
        var (exit, output, _) = await console.RunAsync("restore", old);

        Assert.Equal((false, 2), (verified.HasChecksum, (int)verified.Pledges));
        Assert.Equal(app.Get<BackupVerification>().Verify(File, Cancellation).DeleteOn, verified.DeleteOn);
        Assert.Equal(0, exit);
        Assert.Contains("has no checksum", output);
    }

    [Fact]
    public void Without_names_no_day_is_promised()
    {
        BackupFiles.Execute(app.Get<DataFolder>().Database, "UPDATE pledges SET Name = NULL");

        Assert.Null(app.Get<Backup>().Write(File, Cancellation).DeleteOn);
    }

    private static void AssertClear(InvalidOperationException refused, long place)
    {
        Assert.True(refused.Message.Contains("damaged"), $"Bit {place}: {refused.Message}");
        Assert.DoesNotContain('\n', refused.Message);
    }

    /// <summary>Every byte of the head and of the digest at the end, and seeded places between.</summary>
    private static IEnumerable<long> PlacesOf(int length)
    {
        var random = new Random(20260717);
        return Enumerable.Range(0, 500).Concat(Enumerable.Range(length - 40, 40)).Select(at => at * 8L + random.Next(8))
            .Concat(Enumerable.Range(0, Places).Select(_ => random.NextInt64(length * 8L)));
    }
}
