using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SafetyCampaign.Tests;

/// <summary>Every word on a page stands in a resource, in both languages, and every word that stands there is used.</summary>
public sealed partial class ResourceTests
{
    private static readonly Dictionary<string, string> Rooms = Source.Files("Text.resx")
        .Where(f => !f.Path.EndsWith(".en.resx", StringComparison.Ordinal))
        .ToDictionary(f => Path.GetFileNameWithoutExtension(f.Path), f => f.Path);

    public static TheoryData<string> Resources() => [.. Rooms.Keys];

    [Theory, MemberData(nameof(Resources))]
    public void Both_languages_hold_the_same_keys(string resource)
    {
        var (chinese, english) = (Read(resource), Read(resource, ".en"));
        Assert.Equal(chinese.Keys.Order(), english.Keys.Order());
    }

    [Theory, MemberData(nameof(Resources))]
    public void Nothing_is_left_empty(string resource) =>
        Assert.All([.. Read(resource), .. Read(resource, ".en")], word => Assert.False(string.IsNullOrWhiteSpace(word.Value), word.Key));

    [Theory, MemberData(nameof(Resources))]
    public void Both_languages_name_the_same_facts(string resource)
    {
        var english = Read(resource, ".en");
        Assert.All(Read(resource), word => Assert.Equal(Facts(word.Value), Facts(english[word.Key])));
    }

    [Theory, MemberData(nameof(Resources))]
    public void Each_language_is_written_in_its_own_letters(string resource) =>
        // A Chinese example may stand in an English sentence; the name of the other language is written in that language.
        Assert.DoesNotContain(Read(resource, ".en"), word => word.Key != "OtherLanguage" && Chinese().IsMatch(word.Value) && !Latin().IsMatch(word.Value));

    [Fact]
    public void Every_word_a_page_asks_for_exists()
    {
        var missing = Uses().Where(use => !Fits(use)).Select(use => $"src/{use.File}: {use.Resource} has no {use.Key}").ToList();
        Assert.True(missing.Count == 0, string.Join('\n', missing));
    }

    [Theory, MemberData(nameof(Resources))]
    public void Every_word_is_asked_for(string resource)
    {
        // Keys are also handed on by name, for example to a method that shows an error, or begun and ended by a value.
        var literals = Source.Files(".cs", ".cshtml").SelectMany(f => InterpolatedOrLiteral().Matches(f.Text)).Select(m => Key("", "", m))
            .Concat(Uses().Where(use => use.Resource == resource)).ToList();
        var named = literals.Where(l => !l.IsPrefix).Select(l => l.Key).ToHashSet();
        var begun = literals.Where(l => l.IsPrefix && l.Key.EndsWith('.')).Select(l => l.Key).ToHashSet();
        var unused = Read(resource).Keys.Where(key => !named.Contains(key) && !begun.Any(start => key.StartsWith(start, StringComparison.Ordinal))).ToList();
        Assert.True(unused.Count == 0, string.Join('\n', unused));
    }

    [Fact]
    public void No_page_and_no_script_holds_words_of_its_own() =>
        Assert.Empty(Source.Files(".cshtml", ".ts").Where(f => !f.Path.EndsWith(".test.ts", StringComparison.Ordinal))
            .Where(f => Chinese().IsMatch(f.Text)).Select(f => f.Path));

    private sealed record Use(string File, string Resource, string Key, bool IsPrefix);

    private static bool Fits(Use use) => Rooms.ContainsKey(use.Resource) && Read(use.Resource).Keys.Any(key =>
        use.IsPrefix ? key.StartsWith(use.Key, StringComparison.Ordinal) : key == use.Key);

    /// <summary>What stands in the brackets of a localizer, in each file that has one of its own or from the folders above.</summary>
    private static IEnumerable<Use> Uses()
    {
        var files = Source.Files(".cs", ".cshtml").ToList();
        var imports = files.Where(f => f.Path.EndsWith("_ViewImports.cshtml", StringComparison.Ordinal)).ToList();
        foreach (var (path, text) in files)
        {
            var above = path.EndsWith(".cshtml", StringComparison.Ordinal)
                ? imports.Where(i => path.StartsWith(i.Path[..^"_ViewImports.cshtml".Length], StringComparison.Ordinal)).OrderBy(i => i.Path.Length).Select(i => i.Text)
                : [];
            // The nearest folder has the last word on what a name means.
            var localizers = above.Append(text).SelectMany(t => Localizer().Matches(t)).GroupBy(m => m.Groups[2].Value, m => m.Groups[1].Value);
            foreach (var localizer in localizers)
                foreach (Match asked in Regex.Matches(text, $@"\b{localizer.Key}\[((?:[^\[\]""]|""(?:[^""\\]|\\.)*""|\[[^\]]*\])*)\]"))
                    foreach (var literal in FirstArgument(asked.Groups[1].Value))
                        yield return Key(path, localizer.Last(), literal);
        }
    }

    private static IEnumerable<Match> FirstArgument(string arguments)
    {
        var end = Regex.Match(arguments, @"^(?:[^,""]|""(?:[^""\\]|\\.)*"")*").Length;
        return InterpolatedOrLiteral().Matches(arguments[..end]);
    }

    private static Use Key(string file, string resource, Match literal)
    {
        var key = literal.Groups["key"].Value;
        var hole = literal.Value.StartsWith('$') ? key.IndexOf('{') : -1;
        return hole >= 0
            ? new Use(file, resource, key[..hole], true)
            : new Use(file, resource, key, literal.Groups["more"].Success);
    }

    private static Dictionary<string, string> Read(string resource, string language = "") =>
        XDocument.Load(Source.Folder(Path.ChangeExtension(Rooms[resource], null) + language + ".resx")).Root!.Elements("data")
            .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    private static IEnumerable<string> Facts(string text) => Hole().Matches(text).Select(m => m.Groups[1].Value).Distinct().Order();

    [GeneratedRegex(@"IStringLocalizer<(?:\w+\.)*(\w+)>\s+(\w+)")]
    private static partial Regex Localizer();

    [GeneratedRegex(@"(?<!\+\s*)\$?""(?<key>(?:[^""\\]|\\.)*)""(?<more>\s*\+)?")]
    private static partial Regex InterpolatedOrLiteral();

    [GeneratedRegex(@"\{(\d+)[^}]*\}")]
    private static partial Regex Hole();

    [GeneratedRegex("[A-Za-z]{2}")]
    private static partial Regex Latin();

    [GeneratedRegex(@"[\u3400-\u9FFF\uFF01-\uFF5E\u3001-\u3011]")]
    private static partial Regex Chinese();
}
