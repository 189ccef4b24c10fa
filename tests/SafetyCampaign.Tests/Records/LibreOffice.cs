using System.ComponentModel;
using System.Diagnostics;
using System.Xml.Linq;

namespace SafetyCampaign.Tests.Records;

/// <summary>Opens spreadsheets as an office does, with LibreOffice, and tells what it has made of them.</summary>
internal static class LibreOffice
{
    private static readonly XNamespace Table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
    private static readonly XNamespace Office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";

    /// <summary>
    /// As comma-separated values are opened: UTF-8, quoted cells may be numbers and dates too, and formulas are worked out, which a reader
    /// has to ask for.
    /// </summary>
    private const string CsvAtItsWorst = "CSV:44,34,76,1,,0,false,true,false,false,false,-1,true";

    /// <summary>A cell as it was opened.</summary>
    /// <param name="Text">As it is shown.</param>
    /// <param name="Type"><c>string</c>, <c>float</c>, <c>date</c>, …; null for an empty one.</param>
    /// <param name="Value">Of a date, as ISO 8601; else null.</param>
    public sealed record Cell(string Text, string? Type, string? Value, string? Formula);

    /// <summary>All cells of each file's first sheet, row by row. It takes seconds to start, so several are opened at once.</summary>
    /// <param name="files">By name, whose ending says what it is: xlsx or csv.</param>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyList<Cell>>>> OpenAsync(
        IReadOnlyDictionary<string, byte[]> files)
    {
        var folder = Directory.CreateTempSubdirectory("safety-campaign-office-").FullName;
        try
        {
            foreach (var (file, bytes) in files)
                await File.WriteAllBytesAsync(Path.Combine(folder, file), bytes, TestContext.Current.CancellationToken);
            foreach (var alike in files.Keys.GroupBy(file => Path.GetExtension(file)))
                await ConvertAsync(folder, alike.Key == ".csv" ? [$"--infilter={CsvAtItsWorst}"] : [], alike);
            return files.Keys.ToDictionary(file => file, file => Read(Opened(folder, file)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task ConvertAsync(string folder, IEnumerable<string> how, IEnumerable<string> files)
    {
        try
        {
            using var office = Process.Start(new ProcessStartInfo("soffice",
                [
                    $"-env:UserInstallation={new Uri(Path.Combine(folder, "profile"))}", "--headless", .. how, "--convert-to",
                    "fods:OpenDocument Spreadsheet Flat XML", "--outdir", folder, .. files.Select(file => Path.Combine(folder, file)),
                ])
            { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var (said, complained) = (office.StandardOutput.ReadToEndAsync(), office.StandardError.ReadToEndAsync());
            await office.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.All(files, file =>
                Assert.True(File.Exists(Opened(folder, file)), $"{file} was not opened: {said.Result}{complained.Result}"));
        }
        catch (Win32Exception) when (Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.Skip("LibreOffice is not installed (package libreoffice-calc-nogui).");
        }
    }

    /// <summary>What a file has become. Two of one name and other endings would become one.</summary>
    private static string Opened(string folder, string file) => Path.Combine(folder, Path.ChangeExtension(file, ".fods"));

    private static IReadOnlyList<IReadOnlyList<Cell>> Read(string opened) =>
    [
        .. XDocument.Load(opened).Descendants(Table + "table").First().Descendants(Table + "table-row")
            .Select(row => row.Elements(Table + "table-cell").Select(Read).ToList()),
    ];

    private static Cell Read(XElement cell) => new(cell.Value, (string?)cell.Attribute(Office + "value-type"),
        (string?)cell.Attribute(Office + "date-value"), (string?)cell.Attribute(Table + "formula"));
}
