using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SafetyCampaign.Drawing.Pdf;

/// <summary>
/// Adds to a PDF's catalog what SkiaSharp has no setting for: the language, and that a reader shows the title. It is an incremental update
/// (ISO 32000-1, 7.5.6), which PDF/A-2 allows: the catalog once more behind the end, and a cross-reference to it.
/// </summary>
internal static partial class PdfCatalog
{
    /// <summary>Skia's trailer has some 200 bytes.</summary>
    private const int MaxTrailer = 1024;

    /// <summary>Its catalog some 200, and more with many pages' names.</summary>
    private const int MaxCatalog = 4096;

    public static void AddLanguage(Stream file, string language)
    {
        var end = Read(file, Math.Max(0, file.Length - MaxTrailer), MaxTrailer);
        var trailer = Trailer().Match(end);
        var table = long.Parse(trailer.Groups["table"].Value, CultureInfo.InvariantCulture);
        var root = int.Parse(trailer.Groups["root"].Value, CultureInfo.InvariantCulture);
        // Each line of the table has 20 bytes, and the line before them says how many follow ("0 7").
        var lines = Read(file, table, 64).IndexOf('\n', "xref\n".Length) + 1;
        var place = long.Parse(Read(file, table + lines + 20L * root, 10), CultureInfo.InvariantCulture);
        var catalog = Catalog().Match(Read(file, place, MaxCatalog)).Groups["entries"].Value;

        file.Seek(0, SeekOrigin.End);
        var start = file.Length + 1;
        var added = string.Create(CultureInfo.InvariantCulture,
            $"\n{root} 0 obj\n<<{catalog}\n/Lang ({language})\n/ViewerPreferences <</DisplayDocTitle true>>>>\nendobj\n");
        var reference = string.Create(CultureInfo.InvariantCulture,
            $"xref\n{root} 1\n{start:D10} 00000 n \ntrailer\n<<{trailer.Groups["entries"].Value}\n/Prev {table}>>\n");
        var last = string.Create(CultureInfo.InvariantCulture, $"startxref\n{start - 1 + added.Length}\n%%EOF\n");
        file.Write(Encoding.Latin1.GetBytes(added + reference + last));
    }

    private static string Read(Stream file, long at, int length)
    {
        var bytes = new byte[Math.Min(length, file.Length - at)];
        file.Seek(at, SeekOrigin.Begin);
        file.ReadExactly(bytes);
        return Encoding.Latin1.GetString(bytes);
    }

    [GeneratedRegex(@"trailer\s*<<(?<entries>.*/Root\s(?<root>\d+) 0 R.*?)>>\s*startxref\s(?<table>\d+)\s%%EOF", RegexOptions.Singleline)]
    private static partial Regex Trailer();

    [GeneratedRegex(@"^\d+ 0 obj\s*<<(?<entries>.*?)>>\s*endobj", RegexOptions.Singleline)]
    private static partial Regex Catalog();
}
