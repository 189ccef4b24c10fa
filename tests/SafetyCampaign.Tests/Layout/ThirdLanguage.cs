using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Resources;

namespace SafetyCampaign.Tests.Layout;

/// <summary>
/// The resource set of a further language, as the compiler makes it from <c>…Text.he.resx</c> files: each word is the
/// default one with a mark before it. It lies where the program looks for it and is used by no list but the test's own.
/// </summary>
internal static class ThirdLanguage
{
    /// <summary>Hebrew: right to left, with the calendar that the program's dates are in.</summary>
    public const string Tag = "he";

    public const string Mark = "עברית: ";

    /// <summary>Writes the set beside the program, before the language is first asked for: what is missing is remembered.</summary>
    public static void Install()
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, Tag));
        File.WriteAllBytes(Path.Combine(folder.FullName, "SafetyCampaign.resources.dll"), Build(typeof(Program).Assembly));
    }

    private static byte[] Build(Assembly program)
    {
        var set = new PersistedAssemblyBuilder(
            new AssemblyName("SafetyCampaign.resources") { CultureInfo = new CultureInfo(Tag), Version = program.GetName().Version },
                typeof(object).Assembly);
        set.DefineDynamicModule("SafetyCampaign.resources");
        var metadata = set.GenerateMetadata(out var code, out var data);
        var resources = new BlobBuilder();
        foreach (var name in program.GetManifestResourceNames().Where(name => name.EndsWith("Text.resources", StringComparison.Ordinal)))
        {
            metadata.AddManifestResource(ManifestResourceAttributes.Public,
                metadata.GetOrAddString(name.Replace(".resources", $".{Tag}.resources")), default, (uint)resources.Count);
            var words = Marked(program.GetManifestResourceStream(name)!);
            resources.WriteInt32(words.Length);
            resources.WriteBytes(words);
            resources.Align(8);
        }
        var file = new BlobBuilder();
        new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), code, data,
            managedResources: resources).Serialize(file);
        return file.ToArray();
    }

    private static byte[] Marked(Stream words)
    {
        using var reader = new ResourceReader(words);
        using var marked = new MemoryStream();
        using (var writer = new ResourceWriter(marked))
            foreach (System.Collections.DictionaryEntry word in reader)
                writer.AddResource((string)word.Key, Mark + word.Value);
        return marked.ToArray();
    }
}
