using System.Text;
using System.Text.RegularExpressions;

namespace SafetyCampaign.Schools.Rosters.Reading;

/// <summary>Finds by its content what must not be kept, whatever stands above the column.</summary>
internal static partial class PrivateContent
{
    [GeneratedRegex(@"^[1-9]\d{5}(?:19|20)?\d{2}[01]\d[0-3]\d{4}[\dX]?$", RegexOptions.IgnoreCase)]
    private static partial Regex Identity();

    /// <summary>G or L and an identity number; 19 digits before the letters came.</summary>
    [GeneratedRegex(@"^(?:[GLJ]\d{10,18}[\dX]?|\d{19})$", RegexOptions.IgnoreCase)]
    private static partial Regex Registration();

    [GeneratedRegex(@"^(?:\+?86)?1[3-9]\d{9}$|^0\d{9,11}$")]
    private static partial Regex Telephone();

    [GeneratedRegex(@"^(?:19|20)\d{2}(?:[-/.年](?:0?[1-9]|1[0-2])(?:[-/.月](?:0?[1-9]|[12]\d|3[01])日?)?月?"
        + @"|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))$")]
    private static partial Regex Birthday();

    /// <summary>More digits in a row than any number that is kept.</summary>
    [GeneratedRegex(@"[0-9０-９]{7,}[xX]?")]
    private static partial Regex LongNumber();

    [GeneratedRegex(@"[\s-]")]
    private static partial Regex Spacing();

    /// <summary>What a cell holds that must not be kept.</summary>
    public static PrivateData Of(SheetCell cell)
    {
        if (cell.Kind == CellKind.Ruined)
            return PrivateData.RuinedNumbers;
        var text = cell.Text.Trim('\'', '‘', '’', '`', ' ');
        if (text.Length < 6 || !text.Any(char.IsDigit))
            return PrivateData.None;
        text = text.Normalize(NormalizationForm.FormKC);
        if (Birthday().IsMatch(text))
            return PrivateData.Birthday;
        text = Spacing().Replace(text, "");
        return Identity().IsMatch(text) && text.Length is 15 or 18 ? PrivateData.IdentityNumber
            : Registration().IsMatch(text) ? PrivateData.RegistrationNumber
            : Telephone().IsMatch(text) ? PrivateData.Telephone
            : PrivateData.None;
    }

    /// <summary>Long numbers out of a text that stays, such as a telephone number behind a name.</summary>
    public static SheetCell Without(SheetCell cell) => cell.Kind == CellKind.Ruined || cell.Text.Length < 7 ? cell
        : cell with { Text = LongNumber().Replace(cell.Text, "…") };
}
