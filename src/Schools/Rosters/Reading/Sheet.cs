namespace SafetyCampaign.Schools.Rosters.Reading;

/// <summary>What a cell holds.</summary>
public enum CellKind
{
    Text,

    /// <summary>A number, which keeps no zeros at its beginning or end.</summary>
    Number,

    /// <summary>A date, as "yyyy-MM-dd": perhaps a class, such as 3-1, of which the sheet's program has made one.</summary>
    Date,

    /// <summary>A number of 16 digits and more, of which a sheet keeps 15: a ruined identity number. Nothing of it is kept.</summary>
    Ruined,
}

/// <summary>One cell; empty where there is none.</summary>
public readonly record struct SheetCell(string Text, CellKind Kind = CellKind.Text)
{
    /// <summary>Longest text, in UTF-16 units; the rest is left out.</summary>
    public const int TextMaxLength = 500;

    public static SheetCell Empty { get; } = new("");

    public bool IsEmpty => string.IsNullOrWhiteSpace(Text) && Kind != CellKind.Ruined;
}

/// <summary>A row with something in it.</summary>
/// <param name="Number">The sheet's own, from 1.</param>
/// <param name="IsHidden">It does not show in the sheet's program.</param>
/// <param name="Cells">Without empty ones at its end.</param>
public sealed record SheetRow(int Number, bool IsHidden, SheetCell[] Cells)
{
    public SheetCell At(int column) => column >= 0 && column < Cells.Length ? Cells[column] : SheetCell.Empty;
}

/// <summary>One sheet of a file. A cell that is merged over several rows stands in each of them.</summary>
public sealed record Sheet(string Name, IReadOnlyList<SheetRow> Rows)
{
    /// <summary>Columns beyond are not looked at.</summary>
    public const int MaxColumns = 60;

    public int Columns => Rows.Count == 0 ? 0 : Rows.Max(row => row.Cells.Length);
}

/// <summary>Why a file could not be read.</summary>
public enum SheetProblem
{
    None,

    /// <summary>Neither .xls, .xlsx nor text.</summary>
    NotASheet,

    /// <summary>A web page that is called .xls, as some programs write it.</summary>
    WebPage,

    /// <summary>It cannot be opened without a password.</summary>
    Encrypted,

    /// <summary>It begins like a sheet, and is broken.</summary>
    Broken,
    TooManyRows,
    Empty,
}
