namespace SafetyCampaign.Tests;

/// <summary>The program's source, for tests that hold it to the rules of the house.</summary>
public static class Source
{
    public static string Root { get; } = FindRoot();

    public static string Folder(params string[] parts) => Path.Combine([Root, "src", .. parts]);

    /// <summary>Every file of src with one of these endings, with its path from src.</summary>
    public static IEnumerable<(string Path, string Text)> Files(params string[] endings) =>
        Directory.EnumerateFiles(Folder(), "*", SearchOption.AllDirectories)
            .Where(file => endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)
            .Select(file => (Path.GetRelativePath(Folder(), file).Replace('\\', '/'), File.ReadAllText(file)));

    /// <summary>The folder of src a path lies in; empty for files of src itself.</summary>
    public static string Room(string path) => path.Contains('/') ? path[..path.IndexOf('/')] : "";

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SafetyCampaign.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not lie in the repository.");
        return folder.FullName;
    }
}
