using System.Runtime.InteropServices;

namespace SafetyCampaign.Storage;

/// <summary>Files that are to stand after a power cut, and for the program's own account alone.</summary>
internal static class DurableFiles
{
    /// <summary>A new empty file.</summary>
    /// <exception cref="IOException">There is one already.</exception>
    public static void Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(path, options).Dispose();
    }

    public static DirectoryInfo CreateFolder(string path) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(path)
        : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    /// <summary>Writes what a file holds to the disk itself.</summary>
    public static void Flush(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>
    /// Writes to the disk which files a folder holds: a file that was renamed may otherwise bear its old name after a power
    /// cut.
    /// </summary>
    public static void FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            return; // NTFS keeps names in a journal
        var folder = Open(path, ReadOnly);
        if (folder < 0)
            throw new IOException($"The folder {path} cannot be opened.");
        try
        {
            // Some network file systems cannot sync a folder; their server decides about durability.
            _ = Sync(folder);
        }
        finally
        {
            _ = Close(folder);
        }
    }

    private const int ReadOnly = 0;

    [DllImport("libc", EntryPoint = "open")]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    private static extern int Sync(int file);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int file);
}
