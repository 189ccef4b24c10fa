namespace SafetyCampaign.Schools.Rosters.Reading;

/// <summary>What the readers of sheets share.</summary>
internal static class SheetRows
{
    /// <summary>A sheet's program keeps 15 digits of a number: from here on the last ones are lost (docs/domain.md 8).</summary>
    public const double RuinedFrom = 1e15;

    public static SheetCell Text(string text) => new(text.Length > SheetCell.TextMaxLength ? text[..SheetCell.TextMaxLength] : text);

    /// <summary>Without the empty cells at the end.</summary>
    public static SheetCell[] Trim(SheetCell[] cells) => cells[..(Array.FindLastIndex(cells, cell => !cell.IsEmpty) + 1)];
}
