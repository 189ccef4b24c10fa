namespace SafetyCampaign.Drawing;

/// <summary>A row of a class sheet.</summary>
/// <param name="Number">Printed before the name: the seat, or the row's place.</param>
/// <param name="Name">Empty where it is to be written by hand.</param>
public sealed record ClassSheetRow(string Number, string Name);

/// <summary>A text that is signed on a sheet, in small type.</summary>
/// <param name="Heading">Whose it is, its title and version.</param>
/// <param name="Words">Its clauses.</param>
public sealed record ClassSheetPledge(string Heading, string Words);

/// <summary>What one page of a class sheet says; all words in the reader's language.</summary>
/// <param name="Code">What the QR code holds: an unguessable one and nothing else.</param>
/// <param name="Title">The event's.</param>
/// <param name="Class">School and class.</param>
/// <param name="Page">Page x of y.</param>
/// <param name="Pledges">The texts that are signed, one or two.</param>
/// <param name="Consent">What a guardian agrees to by signing; empty where no guardian signs.</param>
/// <param name="Columns">The headings of the six columns.</param>
/// <param name="Note">At the foot: what to do with the sheet.</param>
/// <param name="Rows">At most <see cref="ClassSheetLayout.MaxRows"/>.</param>
public sealed record ClassSheet(
    string Code, string Title, string Class, string Page, IReadOnlyList<ClassSheetPledge> Pledges, string Consent,
    IReadOnlyList<string> Columns, string Note, IReadOnlyList<ClassSheetRow> Rows);
