using System.Security.Cryptography;
using System.Text;

namespace SafetyCampaign.Backups;

/// <summary>The password with which backups are encrypted and read; a machine without one writes them as they are.</summary>
public sealed class BackupPassword
{
    /// <summary>The password itself; it is better kept in a file.</summary>
    public const string Setting = "Backup:Password";

    /// <summary>A file whose first line is the password.</summary>
    public const string FileSetting = "Backup:PasswordFile";

    /// <summary>In UTF-16 units. A backup may be tried for years, without anybody noticing.</summary>
    public const int MinLength = 12;

    /// <summary>OWASP Password Storage Cheat Sheet, 2023, for PBKDF2 with HMAC-SHA-256.</summary>
    private const int Iterations = 600_000;

    /// <summary>What a damaged or forged file may ask for: some seconds.</summary>
    private const int MaxIterations = 10_000_000;

    private const int KeyLength = 32;
    private const int SaltLength = 32;

    private readonly byte[] password;

    private BackupPassword(string password) => this.password = Encoding.UTF8.GetBytes(password);

    /// <summary>Null where none is configured.</summary>
    /// <exception cref="InvalidOperationException">Says which setting to change.</exception>
    public static BackupPassword? Read(IConfiguration configuration)
    {
        var (password, file) = (configuration[Setting] ?? "", configuration[FileSetting] ?? "");
        if (password != "" && file != "")
            throw new InvalidOperationException($"{Setting} and {FileSetting} are both set. Take one of them away.");
        if (file != "")
            password = FirstLineOf(file);
        if (password == "")
            return null;
        return password.Length >= MinLength
            ? new BackupPassword(password)
            : throw new InvalidOperationException(
                $"The password of {(file == "" ? Setting : FileSetting)} has fewer than {MinLength} characters. Choose a longer one.");
    }

    /// <summary>For a new file.</summary>
    internal static BackupEncryption NewEncryption() => new(Iterations, RandomNumberGenerator.GetBytes(SaltLength));

    /// <summary>The key of one file, 32 bytes.</summary>
    /// <exception cref="InvalidOperationException">No version of the program has written such parameters.</exception>
    internal byte[] KeyFor(BackupEncryption encryption) => encryption is { Iterations: > 0 and <= MaxIterations, Salt.Length: SaltLength }
        ? Rfc2898DeriveBytes.Pbkdf2(password, encryption.Salt, encryption.Iterations, HashAlgorithmName.SHA256, KeyLength)
        : throw new InvalidOperationException("The backup is encrypted in a way that this version does not know.");

    private static string FirstLineOf(string file)
    {
        try
        {
            return File.ReadLines(file).FirstOrDefault() is { Length: > 0 } line
                ? line
                : throw new InvalidOperationException($"{FileSetting} names {file}, whose first line is empty. Write the password there.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"{FileSetting} names {file}, which cannot be read: {failure.Message}");
        }
    }
}
