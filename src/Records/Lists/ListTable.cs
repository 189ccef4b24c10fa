namespace SafetyCampaign.Records.Lists;

/// <summary>A column of a list.</summary>
/// <param name="Title">As offices name it, in the reader's language.</param>
/// <param name="Width">In characters of the sheet's typeface; a Chinese character takes two.</param>
public sealed record ListColumn(string Title, double Width);

/// <summary>A list that is taken out as a file: its columns and, read while they are sent, its rows.</summary>
/// <param name="Sheet">The name of its sheet.</param>
/// <param name="Columns">In their order.</param>
/// <param name="Rows">A value for each column: text, a whole number, a moment on the event's clocks, or null.</param>
/// <param name="Notes">What the file is, and until when it may be kept; on a sheet of their own.</param>
public sealed record ListTable(
    string Sheet, IReadOnlyList<ListColumn> Columns, IAsyncEnumerable<IReadOnlyList<object?>> Rows, IReadOnlyList<string> Notes);
