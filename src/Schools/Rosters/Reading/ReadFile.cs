using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Schools.Rosters.Reading;

/// <summary>A file whose sheets are understood, without what must not be kept.</summary>
public sealed record ReadFile(IReadOnlyList<ReadSheet> Sheets)
{
    private readonly Lazy<List<int>> forms = new(() =>
    {
        var known = new Dictionary<string, int>();
        return [.. Sheets.Select(sheet => known.TryGetValue(sheet.Form, out var form) ? form : known[sheet.Form] = known.Count)];
    });

    /// <summary>Sheets with the same columns have the same number.</summary>
    public int FormOf(int sheet) => forms.Value[sheet];

    /// <summary>The sheets of a file, or why there are none.</summary>
    public static (ReadFile? File, SheetProblem Problem) Read(byte[] file)
    {
        var (sheets, problem) = SheetFile.Read(file);
        return problem == SheetProblem.None ? (new ReadFile([.. sheets.Select(SheetReader.Read)]), problem) : (null, problem);
    }

    /// <summary>The same of rows that were pasted.</summary>
    /// <param name="text">Columns with tabs or commas between them, or names alone.</param>
    /// <param name="group">The class of rows that say none, as it is written; empty where nobody has said it.</param>
    public static (ReadFile? File, SheetProblem Problem) ReadText(string text, string group)
    {
        var (sheets, problem) = SheetFile.ReadText(text);
        return problem == SheetProblem.None
            ? (new ReadFile([.. sheets.Select(sheet => SheetReader.Read(sheet with { Name = group }))]), problem)
            : (null, problem);
    }

    /// <summary>The pupils of all sheets that hold any.</summary>
    public IReadOnlyList<RosterRows> Rows(SchoolStage stage) =>
        [.. Sheets.Select((sheet, index) => RosterReader.Read(sheet, index, stage))];
}
