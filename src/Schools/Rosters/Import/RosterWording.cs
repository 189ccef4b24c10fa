using System.Globalization;

namespace SafetyCampaign.Schools.Rosters.Import;

/// <summary>Places of a sheet as its program shows them.</summary>
public static class RosterWording
{
    /// <summary>So many row numbers are written out; the rest is counted.</summary>
    private const int MaxNumbers = 8;

    /// <summary>A, B … Z, AA.</summary>
    public static string Letter(int column) =>
        (column >= 26 ? $"{(char)('A' + column / 26 - 1)}" : "") + (char)('A' + column % 26);

    /// <summary>3-5, 9: rows one after the other are put together.</summary>
    public static string Numbers(IReadOnlyList<int> rows, string comma)
    {
        var parts = new List<(int From, int To)>();
        foreach (var row in rows)
            if (parts.Count > 0 && parts[^1].To == row - 1)
                parts[^1] = (parts[^1].From, row);
            else
                parts.Add((row, row));
        return string.Join(comma, parts.Take(MaxNumbers).Select(part => part.From == part.To
            ? part.From.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{part.From}–{part.To}"))) + (parts.Count > MaxNumbers ? "…" : "");
    }
}
