using System.IO.Compression;
using System.Text;

namespace SafetyCampaign.Schools.Rosters.Reading;

/// <summary>Reads a file of .xls, .xlsx or text with separators. What it is, its first bytes say, whatever it is called.</summary>
public static class SheetFile
{
    /// <summary>Largest file, in bytes.</summary>
    public const int MaxBytes = 5 * 1024 * 1024;

    /// <summary>Most rows with something in them, over all sheets: 20,000 pupils, and headings and totals of a sheet for each class.</summary>
    public const int MaxRows = 22_000;

    /// <summary>A packed sheet that would take more than this when unpacked, in bytes, is none that a school has written.</summary>
    private const long MaxUnpacked = 200 * 1024 * 1024;

    /// <summary>The sheets with something in them, or why there are none.</summary>
    public static (IReadOnlyList<Sheet> Sheets, SheetProblem Problem) Read(byte[] file)
    {
        try
        {
            return file switch
            {
                [0xD0, 0xCF, 0x11, 0xE0, ..] => ExcelSheets.Read(file),
                [(byte)'P', (byte)'K', 3, 4, ..] => IsSheet(file) ? ExcelSheets.Read(file) : ([], SheetProblem.NotASheet),
                _ when IsWebPage(file) => ([], SheetProblem.WebPage),
                _ => TextEncoding.Decode(file) is { } text ? SeparatedText.Read(text) : ([], SheetProblem.NotASheet),
            };
        }
        // Parsers of broken files throw whatever comes; running out of memory is no fault of the file's form.
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return ([], SheetProblem.Broken);
        }
    }

    /// <summary>The same of text that was pasted.</summary>
    public static (IReadOnlyList<Sheet> Sheets, SheetProblem Problem) ReadText(string text)
    {
        try
        {
            return SeparatedText.Read(text);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return ([], SheetProblem.Broken);
        }
    }

    private static bool IsSheet(byte[] file)
    {
        using var packed = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
        return packed.Entries.Any(entry => entry.FullName.StartsWith("xl/", StringComparison.OrdinalIgnoreCase))
            && packed.Entries.Sum(entry => entry.Length) <= MaxUnpacked;
    }

    private static bool IsWebPage(byte[] file)
    {
        var start = Encoding.Latin1.GetString(file, 0, Math.Min(file.Length, 200)).TrimStart('\xEF', '\xBB', '\xBF', ' ', '\r', '\n', '\t');
        string[] beginnings = ["<!DOCTYPE", "<html", "<table", "<meta"];
        return Array.Exists(beginnings, begins => start.StartsWith(begins, StringComparison.OrdinalIgnoreCase));
    }
}
