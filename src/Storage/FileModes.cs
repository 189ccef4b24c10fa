using System.Runtime.InteropServices;

namespace SafetyCampaign.Storage;

/// <summary>
/// Whatever lies in the data folder belongs to the program's own account: files have mode 0600 and folders 0700. Windows has
/// no such modes; there the rights of the folder above hold.
/// </summary>
internal static class FileModes
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    // Octal 077.
    private const uint NothingForOthers = 63;

    /// <summary>Every file that this process creates from now on is for its own account, whatever the umask it was started with.</summary>
    public static void RestrictNewFiles()
    {
        if (!OperatingSystem.IsWindows())
            _ = SetUmask(NothingForOthers);
    }

    /// <summary>Whether other accounts have any right to it.</summary>
    public static bool IsOpen(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0;

    /// <summary>Takes the rights of other accounts away from a folder and everything below it.</summary>
    /// <remarks>A link in the folder itself is followed: uploads may lie on another disk.</remarks>
    /// <exception cref="InvalidOperationException">One of them is open to others and not ours to change.</exception>
    public static void Restrict(string folder)
    {
        if (!OperatingSystem.IsWindows())
            RestrictTree(new DirectoryInfo(folder), followLinks: true);
    }

    private static void RestrictTree(FileSystemInfo entry, bool followLinks)
    {
        // The folder first: once it is closed, nobody else reaches what is below.
        RestrictOne(entry);
        if (entry is not DirectoryInfo folder)
            return;
        foreach (var below in EntriesOf(folder))
            if (!below.Attributes.HasFlag(FileAttributes.ReparsePoint))
                RestrictTree(below, followLinks: false);
            else if (followLinks && below.ResolveLinkTarget(returnFinalTarget: true) is { Exists: true } target)
                RestrictTree(target, followLinks: false);
    }

    private static void RestrictOne(FileSystemInfo entry)
    {
        if (OperatingSystem.IsWindows())
            return;
        try
        {
            var mode = File.GetUnixFileMode(entry.FullName);
            if ((mode & Others) != 0)
                File.SetUnixFileMode(entry.FullName, mode & ~Others);
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
        {
            if (!Path.Exists(entry.FullName))
                return; // a temporary file of another process, which has gone meanwhile
            throw new InvalidOperationException(
                $"Other accounts of this machine may read {entry.FullName}, and this account may not close it to them. Give it to the "
                    + "account that runs SafetyCampaign (chown), or choose another folder: --DataDirectory=PATH");
        }
    }

    /// <summary>None of a folder that we may not read: it is closed to us as well, such as lost+found.</summary>
    private static List<FileSystemInfo> EntriesOf(DirectoryInfo folder)
    {
        try
        {
            return [.. folder.EnumerateFileSystemInfos()];
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or DirectoryNotFoundException)
        {
            return [];
        }
    }

    [DllImport("libc", EntryPoint = "umask")]
    private static extern uint SetUmask(uint mask);
}
