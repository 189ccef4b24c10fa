namespace SafetyCampaign.Storage;

/// <summary>
/// A lock between processes on one data folder. The operating system releases it when the process ends,
/// however it ends: a killed program leaves the file, but not the lock.
/// </summary>
public sealed class FileLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>What the system answers where another holds the file: Windows, Linux, macOS.</summary>
    private static readonly int[] Held = [unchecked((int)0x80070020), 11, 35];

    private readonly FileStream file;

    private FileLock(FileStream file) => this.file = file;

    /// <summary>Null where another process still holds the file after the time limit.</summary>
    public static async Task<FileLock?> TakeAsync(string path, TimeSpan patience, CancellationToken cancellationToken = default)
    {
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            if (Take(path) is { } taken)
                return taken;
            if (waited >= patience)
                return null;
            await Task.Delay(Pause, cancellationToken);
        }
    }

    public void Dispose() => file.Dispose();

    private static FileLock? Take(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            return new FileLock(new FileStream(path, options));
        }
        catch (IOException taken) when (Held.Contains(taken.HResult))
        {
            return null;
        }
    }
}
