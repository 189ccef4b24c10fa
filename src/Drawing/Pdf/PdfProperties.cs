namespace SafetyCampaign.Drawing.Pdf;

/// <summary>What a reader of a PDF is told about it.</summary>
/// <param name="Title">Shown in the window's head.</param>
/// <param name="Language">BCP 47; what a screen reader pronounces it in.</param>
/// <param name="CreatedAt">Written in UTC.</param>
/// <param name="Author">The organization; null where none is named.</param>
public sealed record PdfProperties(string Title, string Language, DateTimeOffset CreatedAt, string? Author = null);
