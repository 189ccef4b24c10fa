using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;

namespace SafetyCampaign.Backups;

/// <summary>
/// The form of a backup, version 2: <c>"SafetyCampaign backup 2\n"</c>; the length of the manifest in 4 bytes, the highest first;
/// the manifest as JSON; SHA-256 of all before it; the content (see <see cref="BackupDatabase"/>), encrypted where the manifest
/// says so; SHA-256 of all before it. Each bit of the file is thereby either covered by a digest or part of one.
/// Version 1 was the content alone, without a digest.
/// </summary>
internal static class BackupFile
{
    private const int ManifestMaxLength = 1024 * 1024;

    /// <summary>With which a SQLite file begins, and by that a backup of version 1.</summary>
    private static ReadOnlySpan<byte> Version1 => "SQLite format 3\0"u8;

    private static ReadOnlySpan<byte> Version2 => "SafetyCampaign backup 2\n"u8;

    /// <summary>Fills a file that is there and empty.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Its content, to the end.</param>
    /// <param name="manifest">With the content's length; with parameters of encryption where there is a password.</param>
    /// <param name="password">Null where the content is not to be encrypted.</param>
    /// <param name="cancellationToken">Leaves the file incomplete.</param>
    public static void Write(string path, Stream content, BackupManifest manifest, BackupPassword? password,
        CancellationToken cancellationToken)
    {
        using var file = new HashingStream(new FileStream(path, FileMode.Truncate, FileAccess.Write, FileShare.None));
        var json = manifest.Write();
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, json.Length);
        file.Write(Version2);
        file.Write(length);
        file.Write(json);
        var digest = file.Digest();
        file.Write(digest);
        if (password is null)
            Copy(content, manifest.Length, file, cancellationToken);
        else
            ChunkedAead.Encrypt(password.KeyFor(manifest.Encryption!), digest, content, manifest.Length, file, cancellationToken);
        file.Write(file.Digest());
    }

    /// <summary>What a file says of itself.</summary>
    /// <returns>Null for a backup of version 1, which says nothing.</returns>
    /// <exception cref="InvalidOperationException">It is no backup, or what it says is damaged.</exception>
    public static BackupManifest? ReadManifest(string path)
    {
        using var file = Open(path);
        return ReadHead(file, path)?.Manifest;
    }

    /// <summary>Reads a file to its end and compares the digests.</summary>
    /// <param name="path">The file.</param>
    /// <param name="to">
    /// Gets the content, which is not to be used before this returns: a damaged one may have been written to it. Null to compare the
    /// digests only, for which no password is needed.
    /// </param>
    /// <param name="password">Of an encrypted one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null for a backup of version 1, whose content is the whole file, with no digest to compare.</returns>
    /// <exception cref="InvalidOperationException">It is no backup, is damaged, or the password is missing or another one.</exception>
    public static BackupManifest? Read(string path, Stream? to, BackupPassword? password, CancellationToken cancellationToken)
    {
        using var file = Open(path);
        if (ReadHead(file, path) is not var (manifest, digest))
        {
            file.Dispose();
            using var whole = File.OpenRead(path);
            whole.CopyTo(to ?? Stream.Null);
            return null;
        }
        var length = manifest.Encryption is null ? manifest.Length : ChunkedAead.LengthOf(manifest.Length);
        if (file.Length - file.Position - HashingStream.DigestLength != length)
            throw Damaged(path, "its length is not what it should be");
        if (to is null)
            Copy(file, length, Stream.Null, cancellationToken);
        else if (manifest.Encryption is null)
            Copy(file, length, to, cancellationToken);
        else
            Decrypt(file, manifest, digest, to, path, password, cancellationToken);
        CompareDigest(file, path);
        return manifest;
    }

    private static void Decrypt(HashingStream file, BackupManifest manifest, byte[] digest, Stream to, string path,
        BackupPassword? password, CancellationToken cancellationToken)
    {
        if (password is null)
            throw new InvalidOperationException(
                $"{path} is encrypted. Say its password: --{BackupPassword.FileSetting}=FILE, with the password in the file's first line.");
        try
        {
            ChunkedAead.Decrypt(password.KeyFor(manifest.Encryption!), digest, file, manifest.Length, to, cancellationToken);
        }
        catch (AuthenticationTagMismatchException)
        {
            Copy(file, file.Length - file.Position - HashingStream.DigestLength, Stream.Null, cancellationToken);
            CompareDigest(file, path);
            throw new InvalidOperationException($"{path} was encrypted with another password.");
        }
    }

    private static (BackupManifest Manifest, byte[] Digest)? ReadHead(HashingStream file, string path)
    {
        Span<byte> start = stackalloc byte[Version2.Length];
        var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (start[..read].StartsWith(Version1))
            return null;
        if (!start[..read].SequenceEqual(Version2))
            throw new InvalidOperationException($"{path} is no backup of this program, or is damaged at its beginning.");
        try
        {
            Span<byte> size = stackalloc byte[sizeof(int)];
            file.ReadExactly(size);
            var length = BinaryPrimitives.ReadInt32BigEndian(size);
            if (length is < 0 or > ManifestMaxLength)
                throw Damaged(path, "the length of its manifest is impossible");
            var json = new byte[length];
            file.ReadExactly(json);
            var digest = CompareDigest(file, path);
            return (BackupManifest.Read(json), digest);
        }
        catch (EndOfStreamException)
        {
            throw Damaged(path, "it ends too early");
        }
        catch (JsonException)
        {
            throw new InvalidOperationException($"{path} was made by a newer version of this program. Use that version.");
        }
    }

    private static byte[] CompareDigest(HashingStream file, string path)
    {
        var wanted = file.Digest();
        Span<byte> found = stackalloc byte[HashingStream.DigestLength];
        if (file.ReadAtLeast(found, found.Length, throwOnEndOfStream: false) < found.Length)
            throw Damaged(path, "it ends too early");
        return found.SequenceEqual(wanted) ? wanted : throw Damaged(path, "its SHA-256 is not that of what it holds");
    }

    private static HashingStream Open(string path) =>
        File.Exists(path)
            ? new HashingStream(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read))
            : throw new InvalidOperationException($"There is no file {path}.");

    private static InvalidOperationException Damaged(string path, string fault) =>
        new($"{path} is damaged: {fault}. Take another backup.");

    private static void Copy(Stream from, long length, Stream to, CancellationToken cancellationToken)
    {
        var buffer = new byte[ChunkedAead.ChunkLength];
        for (var left = length; left > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = (int)Math.Min(left, buffer.Length);
            from.ReadExactly(buffer, 0, read);
            to.Write(buffer, 0, read);
            left -= read;
        }
    }
}
