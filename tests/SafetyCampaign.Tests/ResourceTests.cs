using System.Resources;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests;

/// <summary>Every word on a page stands in a resource, in every language, and every word that stands there is used.</summary>
public sealed partial class ResourceTests
{
    private static readonly Dictionary<string,
        string> Rooms = Source.Files("Text.resx").ToDictionary(f => Path.GetFileNameWithoutExtension(f.Path), f => f.Path);

    public static TheoryData<string> Resources() => [.. Rooms.Keys];

    /// <summary>Each resource in each language but the default one, which stands in the files without a tag.</summary>
    public static TheoryData<string, string> Translated() =>
        new(InterfaceLanguages.OfTheProduct.Skip(1).SelectMany(language => Rooms.Keys.Select(resource => (resource, language.Tag))));

    [Theory, MemberData(nameof(Translated))]
    public void Every_language_holds_the_same_keys(string resource, string language) => Assert.Empty(Gaps(resource, language));

    [Theory, MemberData(nameof(Resources))]
    public void A_further_language_would_be_asked_for_every_key(string resource) =>
        Assert.Equal(Read(resource).Keys.Order(), Gaps(resource, "ug").Order());

    [Theory, MemberData(nameof(Resources))]
    public void Nothing_is_left_empty(string resource) =>
        Assert.All(Read(resource), word => Assert.False(string.IsNullOrWhiteSpace(word.Value), word.Key));

    [Theory, MemberData(nameof(Translated))]
    public void Nothing_is_left_empty_in_translation(string resource, string language) =>
        Assert.All(Read(resource, language), word => Assert.False(string.IsNullOrWhiteSpace(word.Value), word.Key));

    [Theory, MemberData(nameof(Translated))]
    public void Every_language_names_the_same_facts(string resource, string language)
    {
        var translated = Read(resource, language);
        Assert.All(Read(resource), word => Assert.Equal(Facts(word.Value), Facts(translated[word.Key])));
    }

    [Theory, MemberData(nameof(Translated))]
    public void Each_language_is_written_in_its_own_letters(string resource, string language) =>
        // A Chinese example may stand in a sentence of another language.
        Assert.DoesNotContain(Read(resource, language), word => Chinese().IsMatch(word.Value) && !OtherLetters().IsMatch(word.Value));

    /// <summary>The program says 你 to everybody; a teacher's message to parents, which is the teacher's own, says 您.</summary>
    [Fact]
    public void The_program_says_one_word_for_you_and_one_for_what_may_be_left_empty() => Assert.Empty(
        from room in Rooms.Keys
        from word in Read(room)
        where (word.Value.Contains('您') && !word.Key.StartsWith("Reminder.", StringComparison.Ordinal)) || word.Value.Contains("（可不填）")
        select $"{room}: {word.Key}");

    [Fact]
    public void English_is_printed_with_curly_apostrophes() => Assert.Empty(
        from room in Rooms.Keys
        from word in Read(room, "en")
        where Regex.IsMatch(word.Value, "[A-Za-z]'[A-Za-z]")
        select $"{room}: {word.Key}");

    [Fact]
    public void The_files_without_a_tag_are_in_the_first_language_of_the_list() => Assert.Equal(InterfaceLanguages.Default.Tag,
        typeof(Program).Assembly.GetCustomAttributes(typeof(NeutralResourcesLanguageAttribute),
            false).Cast<NeutralResourcesLanguageAttribute>().Single().CultureName);

    [Fact]
    public void No_resource_is_in_a_language_that_is_not_in_the_list() =>
        Assert.Empty(Source.Files(".resx").Select(f => f.Path.Split('.')).Where(parts => parts.Length > 2).Select(parts => parts[^2])
            .Except(InterfaceLanguages.OfTheProduct.Skip(1).Select(language => language.Tag)));

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
        // The verifier carries its words in its page, where its script asks for them.
        var inScripts = Source.Files(".ts").SelectMany(f => ScriptLiteral().Matches(f.Text)).Select(m => m.Groups[1].Value).ToHashSet();
        var unused = Read(resource).Keys
            .Where(key => !named.Contains(key) && !(resource == "VerifierText" && inScripts.Contains(key))
                && !begun.Any(start => key.StartsWith(start, StringComparison.Ordinal))).ToList();
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
                ? imports.Where(i => path.StartsWith(i.Path[..^"_ViewImports.cshtml".Length], StringComparison.Ordinal))
                    .OrderBy(i => i.Path.Length).Select(i => i.Text)
                : [];
            // The nearest folder has the last word on what a name means.
            var localizers = above.Append(text).SelectMany(t => Localizer().Matches(t))
                .GroupBy(m => m.Groups[2].Value, m => m.Groups[1].Value);
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

    /// <summary>The keys that a language lacks or has too many.</summary>
    private static IEnumerable<string> Gaps(string resource, string language)
    {
        var keys = File.Exists(PathOf(resource, language)) ? Read(resource, language).Keys.ToHashSet() : [];
        keys.SymmetricExceptWith(Read(resource).Keys);
        return keys;
    }

    private static Dictionary<string, string> Read(string resource, string? language = null) =>
        XDocument.Load(PathOf(resource, language)).Root!.Elements("data")
            .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    private static string PathOf(string resource, string? language) =>
        Source.Folder(Path.ChangeExtension(Rooms[resource], null) + (language is null ? "" : $".{language}") + ".resx");

    private static IEnumerable<string> Facts(string text) => Hole().Matches(text).Select(m => m.Groups[1].Value).Distinct().Order();

    [GeneratedRegex(@"IStringLocalizer<(?:\w+\.)*(\w+)>\s+(\w+)")]
    private static partial Regex Localizer();

    [GeneratedRegex(@"(?<!\+\s*)\$?""(?<key>(?:[^""\\]|\\.)*)""(?<more>\s*\+)?")]
    private static partial Regex InterpolatedOrLiteral();

    [GeneratedRegex(@"'([\w.]+)'")]
    private static partial Regex ScriptLiteral();

    [GeneratedRegex(@"\{(\d+)[^}]*\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"[\p{L}-[\u3400-\u9FFF]]{2}")]
    private static partial Regex OtherLetters();

    [GeneratedRegex(@"[\u3400-\u9FFF\uFF01-\uFF5E\u3001-\u3011]")]
    private static partial Regex Chinese();
}
