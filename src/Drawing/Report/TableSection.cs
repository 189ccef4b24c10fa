namespace SafetyCampaign.Drawing.Report;

/// <summary>A table under a heading, as words.</summary>
/// <param name="Heading">Above the table.</param>
/// <param name="Columns">The heads of the columns; all of one width, but for the first, which is wider.</param>
/// <param name="Rows">A cell for each column.</param>
/// <param name="Note">Below the table; null where nothing must be known.</param>
public sealed record TableSection(
    string Heading, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, string? Note);
