using System.Security.Cryptography;
using System.Text;
using SafetyCampaign.Backups;
using SafetyCampaign.Tests.Operations;

namespace SafetyCampaign.Tests.Backups;

/// <summary>With a password nobody reads a backup who does not have it.</summary>
public sealed class BackupEncryptionTests : IDisposable
{
    private readonly DirectoryInfo shelf = Directory.CreateTempSubdirectory("safety-campaign-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => shelf.Delete(recursive: true);

    [Fact]
    public async Task An_encrypted_backup_holds_no_name_in_clear_and_comes_back_with_its_password_alone()
    {
        await using var app = new CampaignApp();
        await app.InitializeAsync();
        var e = await app.SeedEventAsync();
        using var phone = app.CreateClient();
        await phone.SignedAsync(e, "欧阳小舟");
        var (file, password, other) = (Named("backup"), Named("password"), Named("other"));
        await File.WriteAllTextAsync(password, "four unrelated words\n", Cancellation);
        await File.WriteAllTextAsync(other, "another four words\n", Cancellation);
        var console = new ConsoleProgram(app.DataDirectory);
        var copy = new ConsoleProgram(Named("copy"));

        Assert.Equal(0, (await console.RunAsync("backup", file, $"--Backup:PasswordFile={password}")).Exit);

        var bytes = await File.ReadAllBytesAsync(file, Cancellation);
        Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes("欧阳")) < 0, "A name stands in the file.");
        Assert.True(bytes.AsSpan().IndexOf("SQLite format"u8) < 0, "The database stands in the file.");
        Assert.Empty(Directory.GetFiles(app.DataDirectory, "*.backup-copy*"));
        Assert.Contains("no password was tried", (await console.RunAsync("verify", file)).Output);
        var (without, _, error) = await copy.RunAsync("restore", file);
        Assert.Equal(1, without);
        ConsoleProgram.AssertOneSentence(error);
        Assert.Contains("encrypted", error);
        var (wrong, _, wrongError) = await copy.RunAsync("restore", file, $"--Backup:PasswordFile={other}");
        Assert.Equal(1, wrong);
        Assert.Contains("another password", wrongError);
        Assert.Equal(0, (await copy.RunAsync("restore", file, $"--Backup:PasswordFile={password}")).Exit);
        Assert.Equal("欧阳小舟", BackupFiles.Execute(Path.Combine(Named("copy"), "campaign.db"),
            "SELECT Name FROM pledges WHERE Position = 0"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(ChunkedAead.ChunkLength)]
    [InlineData(ChunkedAead.ChunkLength + 1)]
    [InlineData(3 * ChunkedAead.ChunkLength)]
    public void What_was_encrypted_comes_back_whatever_its_length(int length)
    {
        var (key, content) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(length));
        var encrypted = Encrypt(key, content);

        Assert.Equal(ChunkedAead.LengthOf(length), encrypted.Length);
        Assert.Equal(content, Decrypt(key, encrypted, length));
    }

    [Fact]
    public void Chunks_that_are_exchanged_left_out_or_taken_for_the_end_are_refused()
    {
        const int Chunk = ChunkedAead.ChunkLength + 16;
        var (key, content) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(3 * ChunkedAead.ChunkLength));
        var encrypted = Encrypt(key, content);
        byte[] exchanged = [.. encrypted[Chunk..(2 * Chunk)], .. encrypted[..Chunk], .. encrypted[(2 * Chunk)..]];
        byte[] shorter = [.. encrypted[..Chunk], .. encrypted[(2 * Chunk)..]];

        Assert.Throws<AuthenticationTagMismatchException>(() => Decrypt(key, exchanged, content.Length));
        Assert.Throws<AuthenticationTagMismatchException>(() => Decrypt(key, shorter, 2 * ChunkedAead.ChunkLength));
        // Cut at a chunk's end: the last that is left was not written as the last.
        Assert.Throws<AuthenticationTagMismatchException>(() => Decrypt(key, encrypted[..(2 * Chunk)], 2 * ChunkedAead.ChunkLength));
        Assert.Throws<AuthenticationTagMismatchException>(() => Decrypt(key, encrypted, content.Length, associated: [2]));
    }

    [Fact]
    public void Two_files_of_one_password_have_two_keys()
    {
        var password = BackupPassword.Read(BackupFiles.Settings((BackupPassword.Setting, "four unrelated words")))!;

        Assert.NotEqual(password.KeyFor(BackupPassword.NewEncryption()), password.KeyFor(BackupPassword.NewEncryption()));
    }

    [Theory]
    [InlineData("Backup:Password", "short")]
    [InlineData("Backup:PasswordFile", "/no/such/file")]
    public void A_password_that_is_no_use_is_told(string setting, string value) =>
        Assert.Contains(setting, Assert.Throws<InvalidOperationException>(
            () => BackupPassword.Read(BackupFiles.Settings((setting, value)))).Message);

    private static byte[] Encrypt(byte[] key, byte[] content)
    {
        using var to = new MemoryStream();
        ChunkedAead.Encrypt(key, [1], new MemoryStream(content), content.Length, to, Cancellation);
        return to.ToArray();
    }

    private static byte[] Decrypt(byte[] key, byte[] encrypted, int length, byte[]? associated = null)
    {
        using var to = new MemoryStream();
        ChunkedAead.Decrypt(key, associated ?? [1], new MemoryStream(encrypted), length, to, Cancellation);
        return to.ToArray();
    }

    private string Named(string name) => Path.Combine(shelf.FullName, name);
}
