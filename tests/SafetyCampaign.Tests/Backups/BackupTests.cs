using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Backups;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;
using SafetyCampaign.Tests.Operations;

namespace SafetyCampaign.Tests.Backups;

/// <summary>
/// <c>backup FILE</c> and <c>restore FILE</c>, by a process of their own as an operator would; a backup that is only to be there is
/// written without one, which takes 1.7 s of processor time.
/// </summary>
public sealed partial class BackupTests : IAsyncLifetime
{
    private readonly DirectoryInfo shelf = Directory.CreateTempSubdirectory("safety-campaign-");
    private readonly CampaignApp app = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ConsoleProgram Console => new(app.DataDirectory);

    private string File => Path.Combine(shelf.FullName, "backup.db");

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        shelf.Delete(recursive: true);
    }

    [Fact]
    public async Task A_backup_made_while_pledges_pour_in_brings_back_every_one_that_was_acknowledged_before_it()
    {
        var e = await app.SeedEventAsync();
        var published = (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!;
        var acknowledged = 0L;
        using var enough = new CancellationTokenSource();
        var pouring = Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
                if (await app.Get<PledgeLedger>().RecordAsync(Family(e, published)) is LedgerOutcome.Recorded { Receipt: var receipt })
                    Interlocked.Exchange(ref acknowledged, receipt.Sequence);
        })));
        while (Interlocked.Read(ref acknowledged) < 1000)
            await Task.Yield();

        var before = Interlocked.Read(ref acknowledged);
        var (exit, _, error) = await Console.RunAsync("backup", File);
        await enough.CancelAsync();
        await pouring;

        Assert.Equal((0, ""), (exit, error));
        await using var copy = new CampaignApp();
        Assert.Equal(0, (await new ConsoleProgram(copy.DataDirectory).RunAsync("restore", File)).Exit);
        await copy.InitializeAsync();
        var restored = await RowsAsync(copy, long.MaxValue);
        Assert.InRange(restored.Count / 2, before, int.MaxValue);
        Assert.Equal(await RowsAsync(app, restored.Count / 2), restored);
        var again = (await copy.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!;
        Assert.Equal(restored.Count / 2, copy.Get<TallyBoard>().Snapshot(again).People);
        Assert.IsType<LedgerOutcome.Recorded>(await copy.Get<PledgeLedger>().RecordAsync(Family(e, again)));
    }

    [Fact]
    public async Task Whoever_was_signed_in_is_so_after_a_restore()
    {
        var sealed_ = app.Get<IDataProtectionProvider>().CreateProtector("cookies").Protect("王老师");
        app.Get<Backup>().Write(File, Cancellation);

        await using var copy = new CampaignApp();
        await BackupFiles.RestoreAsync(copy.DataDirectory, File);
        await copy.InitializeAsync();

        Assert.Equal("王老师", copy.Get<IDataProtectionProvider>().CreateProtector("cookies").Unprotect(sealed_));
    }

    [Fact]
    public async Task A_backup_is_one_file_for_its_owner_alone_and_overwrites_nothing()
    {
        Assert.Equal(0, (await Console.RunAsync("backup", File)).Exit);
        var first = await System.IO.File.ReadAllBytesAsync(File, Cancellation);

        var (exit, _, error) = await Console.RunAsync("backup", File);

        Assert.Equal(1, exit);
        ConsoleProgram.AssertOneSentence(error);
        Assert.Contains("exists already", error);
        Assert.Equal([File], Directory.GetFiles(shelf.FullName));
        Assert.Equal(first, await System.IO.File.ReadAllBytesAsync(File, Cancellation));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }

    [Theory]
    [InlineData("no/such/folder/backup.db")]
    [InlineData("a-file/backup.db")]
    public async Task Where_nothing_can_be_written_it_is_told_in_a_sentence(string name)
    {
        await System.IO.File.WriteAllTextAsync(Path.Combine(shelf.FullName, "a-file"), "", Cancellation);

        var (exit, _, error) = await Console.RunAsync("backup", Path.Combine(shelf.FullName, name));

        Assert.Equal(1, exit);
        ConsoleProgram.AssertOneSentence(error);
        Assert.Contains("No backup could be written", error);
    }

    [Fact]
    public async Task Without_a_database_there_is_no_backup()
    {
        var (exit, _, error) = await new ConsoleProgram(Path.Combine(shelf.FullName, "empty")).RunAsync("backup", File);

        Assert.Equal(1, exit);
        ConsoleProgram.AssertOneSentence(error);
        Assert.Contains("no database", error);
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public async Task A_damaged_database_gives_no_backup_that_would_look_sound()
    {
        await FillAsync();
        await app.StopAsync();
        Scratch(Path.Combine(app.DataDirectory, "campaign.db"));

        var (exit, _, error) = await Console.RunAsync("backup", File);

        Assert.Equal(1, exit);
        ConsoleProgram.AssertOneSentence(error);
        Assert.Contains("damaged", error);
        Assert.Empty(Directory.GetFiles(shelf.FullName));
    }

    [Theory]
    [InlineData("backup")]
    [InlineData("verify")]
    [InlineData("restore")]
    public async Task Which_file_must_be_said(string verb)
    {
        var (exit, _, error) = await Console.RunAsync(verb);

        Assert.Equal(2, exit);
        Assert.Contains($"{verb} FILE", error);
    }

    private static PledgeDraft Family(SeededEvent e, PublishedEvent published) => new(Guid.CreateVersion7(), e.Id, Rehearsal: false,
        SigningChannel.Phone, GuardianConsent: true, ShowMaskedName: false, RandomNumberGenerator.GetBytes(32),
        [.. new[] { SignerRole.Student, SignerRole.Guardian }.Select(role => new SignerDraft(
            role, published.TextFor(role)!.Id, e.Primary, "王小明", null, SignatureKind.Handwritten, Ink.Draw([(0, 0), (100, 100)])))]);

    /// <summary>Enough that a scratch in the middle of the file hits something.</summary>
    private async Task FillAsync()
    {
        var e = await app.SeedEventAsync();
        var published = (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!;
        await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => app.Get<PledgeLedger>().RecordAsync(Family(e, published))));
    }

    /// <summary>Pledges, then signatures, up to a sequence number in the ledger.</summary>
    private static async Task<List<string>> RowsAsync(CampaignApp app, long last)
    {
        await using var db = app.OpenStore();
        var pledges = await db.Pledges.AsNoTracking().Where(p => p.Sequence <= last).OrderBy(p => p.Sequence).ToListAsync(Cancellation);
        var signatures = await db.Signatures.AsNoTracking().Where(s => s.Sequence <= last).OrderBy(s => s.Sequence)
            .ToListAsync(Cancellation);
        return [.. pledges.Select(p => JsonSerializer.Serialize(p)), .. signatures.Select(s => JsonSerializer.Serialize(s))];
    }

    private static void Spoil(string file, string kind)
    {
        switch (kind)
        {
            case "damaged":
                Scratch(file);
                break;
            case "truncated":
                using (var half = System.IO.File.OpenWrite(file))
                    half.SetLength(half.Length / 2);
                break;
            case "newer":
                BackupFiles.Change(file, "INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_FromTheFuture', '99.0.0')");
                break;
            case "another program's":
                System.IO.File.Delete(file);
                BackupFiles.Execute(file, "CREATE TABLE notes (Text TEXT)");
                break;
            case "no database":
                System.IO.File.WriteAllText(file, "This is not a database, whatever it is called.");
                break;
            default:
                System.IO.File.Delete(file);
                break;
        }
    }

    /// <summary>What a bad sector leaves.</summary>
    private static void Scratch(string file)
    {
        using var stream = System.IO.File.OpenWrite(file);
        stream.Position = stream.Length / 2;
        stream.Write(new byte[64 * 1024]);
    }

    private static string? Title(string file) => (string?)BackupFiles.Execute(file, "SELECT Title FROM events");

    /// <summary>Every file of the data folder and what is in it.</summary>
    private List<string> Contents() =>
        [.. Directory.GetFiles(app.DataDirectory, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal))
            .Select(file => $"{file} {Convert.ToHexString(SHA256.HashData(System.IO.File.ReadAllBytes(file)))}")];
}
