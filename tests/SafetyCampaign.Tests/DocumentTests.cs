using System.Text.RegularExpressions;

namespace SafetyCampaign.Tests;

/// <summary>What the documents point at exists, and what the source cites lies in the repository.</summary>
public sealed partial class DocumentTests
{
    /// <summary>Made by the program or the build, so not in a fresh clone.</summary>
    private static readonly string[] MadeLater = ["data/", "uploads", "uploads/films", "uploads/forms", "wwwroot/dist"];

    /// <summary>
    /// A type and levels of the platform, and values of Database:Provider and Accounts:RequireSecondFactor: they look like types of ours.
    /// </summary>
    private static readonly string[] NotOurs = ["TimeProvider", "Error", "Warning", "Information", "Debug", "Sqlite", "Postgres",
        "Administrators", "Everyone", "RandomNumberGenerator"];

    private static readonly Lazy<string[]> Paths = new(() => [.. Source.Files("").Select(file => file.Path)]);
    /// <summary>Each lies in files of its name.</summary>
    private static readonly Lazy<HashSet<string>> TestClasses = new(() =>
        [.. Directory.EnumerateFiles(FromRoot("tests/SafetyCampaign.Tests"), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetFileName(file).Split('.')[0])]);

    private static readonly Lazy<string> Code = new(() => string.Join('\n', Source.Files(".cs").Select(file => file.Text)));

    [Theory]
    [InlineData("README.md"), InlineData("CONTRIBUTING.md"), InlineData("SECURITY.md")]
    [InlineData("docs/operations.md"), InlineData("docs/security.md")]
    public void Every_path_type_and_setting_that_a_document_names_exists(string document) =>
        Assert.Equal([], WrongPointers(Read(document)));

    [Theory]
    [InlineData("Met: `NoSuchTests`, `DocumentTests`.", "NoSuchTests")]
    [InlineData("| x | `src/Campaigns/NoSuchFile.cs` |", "src/Campaigns/NoSuchFile.cs")]
    [InlineData("| x | `src/NoSuchFolder/` |", "src/NoSuchFolder/")]
    [InlineData("| x | `src/Campaigns/Pledge.cs`, `EventTally.cs`, `NoSuchFile.cs` |", "NoSuchFile.cs")]
    [InlineData("The domain knows `NoSuchType` as well as `Pledge`.", "NoSuchType")]
    [InlineData("Set `NoSuch:Setting` beside `Limits:Enabled`.", "NoSuch:Setting")]
    [InlineData("Look at `safety_campaign.no.such.instrument`.", "safety_campaign.no.such.instrument")]
    [InlineData("A page is a file like `_ViewImports.cshtml`.", "_ViewImports.cshtml")] // there are several: which?
    public void A_pointer_that_leads_astray_is_found(string line, string wrong) => Assert.Equal([wrong], WrongPointers(line));

    [Fact]
    public void Every_link_of_a_document_leads_somewhere()
    {
        var wrong = new List<string>();
        foreach (var document in Documents())
            foreach (var link in Link().Matches(Fence().Replace(Read(document), "")).Select(m => m.Groups[1].Value)
                .Where(l => !l.Contains("://")))
            {
                var (target, anchor) = link.Split('#') is [var before, var after] ? (before, after) : (link, "");
                var path = target == "" ? document : Path.GetRelativePath(".", Path.Combine(Path.GetDirectoryName(document)!, target));
                if (!Exists(path) || (anchor != "" && !Anchors(Read(path)).Contains(anchor)))
                    wrong.Add($"{document}: {link}");
            }
        Assert.Empty(wrong);
    }

    [Fact]
    public void The_source_cites_no_document_that_is_not_in_the_repository()
    {
        var wrong = Cited().SelectMany(file => Document().Matches(file.Text)
            .Where(m => !Exists(m.Value) && !Exists($"docs/{m.Value}"))
            .Select(m => $"{file.Path}: {m.Value}"));
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_cited_section_of_the_domains_facts_exists()
    {
        var sections = Section().Matches(Read("docs/domain.md")).Select(m => m.Groups[1].Value).ToHashSet();
        var cited = Cited().SelectMany(file => Citation().Matches(file.Text).Select(m => (file.Path, m))).ToList();
        Assert.NotEmpty(cited);
        Assert.Empty(cited.Where(c => c.m.Groups["section"].Captures is var numbers
            && (numbers.Count == 0 || numbers.Any(n => !sections.Contains(n.Value)))).Select(c => $"{c.Path}: {c.m.Value}"));
    }

    /// <summary>What a text names between backticks and is nowhere to be found.</summary>
    private static List<string> WrongPointers(string markdown)
    {
        var wrong = new List<string>();
        foreach (var block in Blocks(Fence().Replace(markdown, "")))
        {
            var named = new List<string>(); // the paths of the same row or paragraph
            var words = Backticked().Matches(block).Select(m => m.Groups[1].Value).ToList();
            wrong.AddRange(words.Where(word => FilePath().IsMatch(word) && !IsThere(word, named)));
            wrong.AddRange(words.Where(word => IsOurs(word) && !FilePath().IsMatch(word) && !IsKnown(word, named)));
        }
        return wrong;
    }

    /// <summary>A row of a table, or a paragraph.</summary>
    private static IEnumerable<string> Blocks(string markdown) =>
        markdown.ReplaceLineEndings("\n").Replace("\n|", "\n\n|").Split("\n\n");

    /// <summary>A path from the root; or a file's name, beside a path that stands before it or once in src.</summary>
    private static bool IsThere(string word, List<string> named)
    {
        if (MadeLater.Contains(word))
            return true;
        if (!word.Contains('/') && !Exists(word))
        {
            var beside =
                named.Select(path => $"{(Directory.Exists(FromRoot(path)) ? path.TrimEnd('/') : Path.GetDirectoryName(path))}/{word}");
            var found = beside.Where(Exists).ToList();
            if (found.Count == 0)
                found = [.. Paths.Value.Where(path => Path.GetFileName(path) == word).Select(path => $"src/{path}")];
            if (found.Count == 0 || found.Distinct().Count() > 1)
                return false;
            named.Add(found[0]);
            return true;
        }
        named.Add(word);
        return Exists(word);
    }

    /// <summary>A setting, an instrument, or a name in the form of a type's.</summary>
    private static bool IsOurs(string word) =>
        Name().IsMatch(word) || Setting().IsMatch(word) || word.StartsWith("safety_campaign.", StringComparison.Ordinal);

    /// <summary>
    /// A type, a log event, a folder of src, a view or a literal of the source; or what stands in a file that is named
    /// beside it.
    /// </summary>
    private static bool IsKnown(string word, List<string> named) =>
        NotOurs.Contains(word)
        || Directory.Exists(Source.Folder(word))
        || Paths.Value.Any(path => Path.GetFileName(path) == $"{word}.cshtml")
        || TestClasses.Value.Contains(word)
        || Code.Value.Contains($"\"{word}\"")
        || Regex.IsMatch(Code.Value, $@"\b(class|record|struct|interface|enum|partial void) {word}\b")
        || named.Where(path => File.Exists(FromRoot(path))).Any(path => Regex.IsMatch(Read(path), $@"\b{word}\b"));

    private static string[] Documents() =>
        [.. Directory.EnumerateFiles(Source.Root, "*.md").Concat(Directory.EnumerateFiles(FromRoot("docs"), "*.md"))
            .Select(file => Path.GetRelativePath(Source.Root, file))];

    /// <summary>Source, tests and build files, without what tools have written.</summary>
    private static IEnumerable<(string Path, string Text)> Cited()
    {
        string[] endings = [".cs", ".cshtml", ".ts", ".css", ".resx", ".targets", ".mjs", ".csproj"];
        return new[] { "src", "tests", "build" }
            .SelectMany(folder => Directory.EnumerateFiles(FromRoot(folder), "*", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Source.Root, "*.csproj"))
            .Where(file => endings.Contains(Path.GetExtension(file)))
            .Select(file => (Path: Path.GetRelativePath(Source.Root, file).Replace('\\', '/'), file))
            .Where(f => !f.Path.Contains("/obj/") && !f.Path.Contains("/bin/")
                && !f.Path.EndsWith("/DocumentTests.cs", StringComparison.Ordinal))
            .Select(f => (f.Path, File.ReadAllText(f.file)));
    }

    /// <summary>The anchors of a page's headings, as GitHub makes them.</summary>
    private static HashSet<string> Anchors(string markdown) =>
        [.. Heading().Matches(markdown)
            .Select(m => NotOfAnAnchor().Replace(m.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'))];

    private static string FromRoot(string path) => Path.Combine(Source.Root, path);

    private static bool Exists(string path) => File.Exists(FromRoot(path)) || Directory.Exists(FromRoot(path));

    private static string Read(string path) => File.ReadAllText(FromRoot(path));

    [GeneratedRegex(@"^ *```.*?^ *```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Backticked();

    /// <summary>Has a slash within, or ends as our files do. Not an address, an option, or a pattern of several files.</summary>
    [GeneratedRegex(@"^(?!/|\.|-)[\w.\-/]+(/|/[\w.\-/]+|(?<=\w)\.(cs|cshtml|ts|css|resx|json|md|targets|mjs|csproj|props|sln))$")]
    private static partial Regex FilePath();

    [GeneratedRegex(@"^[A-Z][a-z]+[A-Za-z0-9]*$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^[A-Z][A-Za-z]+:[A-Z][A-Za-z]+$")]
    private static partial Regex Setting();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotOfAnAnchor();

    [GeneratedRegex(@"^## (\d+b?)\. ", RegexOptions.Multiline)]
    private static partial Regex Section();

    /// <summary>A document by its name; "domain-facts" stands for one that is not here.</summary>
    [GeneratedRegex(@"\b[\w\-]+(/[\w\-]+)*\.md\b|\bdomain-facts\b")]
    private static partial Regex Document();

    /// <summary>May go on in the next line of a comment.</summary>
    [GeneratedRegex(@"docs/domain\.md(?:\s+(?:///?\s*)?(?<section>\d+b?)(?:(?:, | and )(?<section>\d+b?)\b)*)?")]
    private static partial Regex Citation();
}
