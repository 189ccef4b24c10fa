namespace SafetyCampaign.Desk;

/// <summary>
/// A part of a name as somebody typed it, to be looked for whatever the case: in <c>ToLower()</c> of a column, which on SQLite, and on
/// PostgreSQL by the locale of the database, changes the letters of ASCII alone. Found is what has either form. Of a name that mixes
/// capital and small letters outside ASCII, only what mixes none is found.
/// </summary>
/// <param name="Lower">With every letter small.</param>
/// <param name="LowerAscii">With the letters of ASCII small and all others capital.</param>
internal readonly record struct TypedPart(string Lower, string LowerAscii)
{
    public static TypedPart Of(string typed)
    {
        var part = typed.Trim();
        return new TypedPart(part.ToLowerInvariant(), string.Create(part.Length, part.ToUpperInvariant(), static (span, upper) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsAscii(upper[i]) ? char.ToLowerInvariant(upper[i]) : upper[i];
        }));
    }
}
