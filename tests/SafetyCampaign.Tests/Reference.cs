using System.Text.RegularExpressions;

namespace SafetyCampaign.Tests;

/// <summary>One part of the source mentions another.</summary>
/// <param name="Where">The file and the word by which it does.</param>
internal sealed record Reference(string From, string To, string Where)
{
    /// <summary>Those references that lie on a circle, or on a way from one circle to another.</summary>
    public static List<Reference> Circles(IEnumerable<Reference> references)
    {
        var left = references.Where(reference => reference.From != reference.To).ToList();
        for (var before = left.Count + 1; left.Count < before;)
        {
            before = left.Count;
            var (from, to) = (left.Select(reference => reference.From).ToHashSet(), left.Select(reference => reference.To).ToHashSet());
            left = [.. left.Where(reference => from.Contains(reference.To) && to.Contains(reference.From))];
        }
        return left;
    }
}

/// <summary>
/// Which folders of a room mention types, extension methods or views of which others. The room itself counts as a folder;
/// what lies deeper counts to the folder on the first level. An <c>XSetup.cs</c> puts the parts together and may know all.
/// </summary>
internal static partial class FolderReferences
{
    /// <param name="files">All files of the room, with their paths from <c>src</c>.</param>
    public static List<Reference> Of(IEnumerable<(string Path, string Text)> files)
    {
        var sources = files.Where(file => !file.Path.EndsWith("Setup.cs", StringComparison.Ordinal))
            .Select(file => (file.Path, Folder: Folder(file.Path), Text: Comments().Replace(file.Text, ""))).ToList();
        var declared = sources
            .SelectMany(file => Declarations().Matches(file.Text).Concat(Extensions().Matches(file.Text))
                .Select(m => (Name: m.Groups[1].Value, file.Folder)))
            .Distinct().ToLookup(type => type.Name, type => type.Folder);
        var references = new List<Reference>();
        foreach (var (path, folder, text) in sources)
        {
            foreach (var name in Words().Matches(text).Select(m => m.Value).Distinct().Where(name => !declared[name].Contains(folder)))
                references.AddRange(declared[name].Select(to => new Reference(folder, to, $"{path} mentions {name}")));
            foreach (var view in Views().Matches(text).Select(m => m.Groups[1].Value).Where(view => Source.Room(view) == Source.Room(path)))
                references.Add(new Reference(folder, Folder(view), $"{path} shows {view}"));
        }
        return references;
    }

    private static string Folder(string path) => path.Split('/') is { Length: > 2 } parts ? $"{parts[0]}/{parts[1]}" : Source.Room(path);

    [GeneratedRegex(@"@\*.*?\*@|//[^\n]*", RegexOptions.Singleline)]
    private static partial Regex Comments();

    /// <summary>Types of a namespace, which are not indented; nested ones have no name outside.</summary>
    [GeneratedRegex(@"^(?:(?:public|internal|file|sealed|static|abstract|partial|readonly)\s+)*" +
        @"(?:class|interface|enum|record(?:\s+struct)?|struct|delegate\s+\S+)\s+(\w+)", RegexOptions.Multiline)]
    private static partial Regex Declarations();

    [GeneratedRegex(@"\bstatic\s[^;={(]*?\s(\w+)(?:<[^>(]*>)?\(this\s")]
    private static partial Regex Extensions();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Words();

    [GeneratedRegex(@"""/src/([\w/]+)")]
    private static partial Regex Views();
}

/// <summary>Which script files import which others.</summary>
internal static partial class ScriptReferences
{
    /// <summary>The scripts of the scenes' folders, which the bundle gathers (build/scenes.mjs).</summary>
    private const string Gathered = "all-scenes";

    /// <param name="files">All scripts, with their paths from <c>src</c>.</param>
    public static List<Reference> Of(IEnumerable<(string Path, string Text)> files)
    {
        var scripts = files.ToList();
        var scenes = scripts.Select(script => script.Path).Where(path => SceneScripts().IsMatch(path)).ToList();
        return [.. from script in scripts
                   from Match import in Imports().Matches(script.Text)
                   let module = import.Groups[1].Value
                   from to in module == Gathered ? scenes : module.StartsWith('.') ? [Resolve(script.Path, module)] : []
                   select new Reference(script.Path, to, $"{script.Path} imports {module}")];
    }

    private static string Resolve(string path, string module) =>
        Path.GetRelativePath(Source.Folder(), Path.GetFullPath(module, Source.Folder(Path.GetDirectoryName(path)!)))
            .Replace('\\', '/') + ".ts";

    [GeneratedRegex(@"(?:\bfrom|\bimport)\s*\(?\s*['""]([^'""]+)['""]")]
    private static partial Regex Imports();

    /// <summary>A script with the name of its folder.</summary>
    [GeneratedRegex(@"^Display/Scenes/(\w+)/\1\.ts$", RegexOptions.IgnoreCase)]
    private static partial Regex SceneScripts();
}
