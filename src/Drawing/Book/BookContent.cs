using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Drawing.Book;

/// <summary>The first page of a book.</summary>
/// <param name="Kind">What kind of book it is.</param>
/// <param name="Title">Of the event.</param>
/// <param name="Facts">Caption and value, a line each or more.</param>
/// <param name="Seal">Stands in the place for the organization's seal (公章).</param>
/// <param name="Notes">Small, at the foot.</param>
public sealed record BookCover(
    string Kind, string Title, IReadOnlyList<(string Caption, string Value)> Facts, string Seal, IReadOnlyList<string> Notes);

/// <summary>A line of the contents.</summary>
/// <param name="Title">Of the chapter.</param>
/// <param name="Count">How many stand in it, in words; empty where nothing is counted.</param>
/// <param name="Page">Where it begins, from 1.</param>
public sealed record BookContentsLine(string Title, string Count, int Page);

/// <summary>A text that was signed, word for word, in one language.</summary>
/// <param name="Kind">Role, version and, of a translation, its language.</param>
/// <param name="Wording">What stands there.</param>
public sealed record BookWording(string Kind, PledgeWording Wording);

/// <summary>One who signed, as words. Each must fit into its box, and becomes smaller until it does.</summary>
/// <param name="Number">Among the people of the event.</param>
/// <param name="Name">Also where no face can draw it; it is marked then.</param>
/// <param name="Role">In which he signed.</param>
/// <param name="RoleNote">How he is related to the child; null where nobody said so.</param>
/// <param name="Handwriting">Null where nothing was drawn, or it has been erased.</param>
/// <param name="Signature">What stands in place of handwriting.</param>
/// <param name="At">When, on the event's clocks.</param>
/// <param name="Channel">By which way.</param>
/// <param name="Code">The verification code, on the first of those who signed together.</param>
/// <param name="Paper">JPEG of what was written on paper; null where <see cref="Handwriting"/> is there, or nothing.</param>
public sealed record BookRow(
    string Number, string Name, string Role, string? RoleNote, Handwriting? Handwriting, string Signature, string At, string Channel,
    string Code, byte[]? Paper = null);

/// <summary>What every page of a book says.</summary>
/// <param name="Event">At the head of its pages.</param>
/// <param name="Columns">The heads of the six columns.</param>
/// <param name="Verify">Where a verification code is looked up, at the foot.</param>
/// <param name="Page">"第{0}页，共{1}页".</param>
public sealed record BookFrame(string Event, IReadOnlyList<string> Columns, string Verify, Func<int, int, string> Page);
