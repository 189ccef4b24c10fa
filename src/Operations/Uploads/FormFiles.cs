using SafetyCampaign.Storage;

namespace SafetyCampaign.Operations.Uploads;

/// <summary>
/// Where the files of a form lie while it is read: photos of people, and lists of pupils. In the data folder, which is closed to other
/// accounts; the framework would take the system's folder for temporary files. Each goes with its request, and what a power cut has left
/// with the next start.
/// </summary>
public sealed class FormFiles(DataFolder data) : IHostedService
{
    /// <summary>A new file, which goes when it is closed.</summary>
    internal FileStream Create()
    {
        DurableFiles.CreateFolder(data.FormFilesPath);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(data.FormFilesPath, Path.GetRandomFileName()), options);
    }

    /// <summary>Empties the folder, but for what another node is receiving, which is locked.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (Directory.Exists(data.FormFilesPath))
            foreach (var file in new DirectoryInfo(data.FormFilesPath).EnumerateFiles())
                try
                {
                    file.Open(FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
                    file.Delete();
                }
                catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
                {
                    // In use, or not to be deleted now: the next start tries again.
                }
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
