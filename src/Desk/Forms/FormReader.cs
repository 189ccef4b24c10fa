using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Desk;

/// <summary>
/// Reads what was typed into a form. What does not fit gets a line at its field, in the reader's language; the caller
/// looks at <c>ModelState.IsValid</c> once all is read, so that every mistake is named at once.
/// </summary>
/// <param name="state">Takes the lines.</param>
/// <param name="deskLocalizer">What this class says of a field.</param>
/// <param name="localizer">The room's own resource: the fields' labels, and the sentences of <see cref="Refuse"/>.</param>
/// <param name="form">The name of the form's property, before the dot of its fields' names.</param>
/// <param name="labels">What stands before the dot in the keys of the fields' labels; every line names its field.</param>
/// <param name="labelTexts">Where the labels stand; by default in the room's own resource.</param>
public sealed class FormReader(
    ModelStateDictionary state, IStringLocalizer<DeskText> deskLocalizer, IStringLocalizer localizer, string form, string labels,
    IStringLocalizer? labelTexts = null)
{
    /// <summary>As the browser's own fields for a day and a time send it.</summary>
    public const string MomentFormat = "yyyy-MM-ddTHH:mm";

    public const string DayFormat = "yyyy-MM-dd";

    /// <summary>One line of text, trimmed.</summary>
    public string Line(string field, string? typed, int maxLength, bool required = true)
    {
        var line = (typed ?? "").Replace('\t', ' ').Trim();
        if (required && line.Length == 0)
            Missing(field);
        Check(field, line, maxLength);
        return line;
    }

    /// <summary>Text of any number of lines, which may be left empty.</summary>
    public string Text(string field, string? typed, int maxLength)
    {
        var text = (typed ?? "").ReplaceLineEndings("\n").Replace('\t', ' ').Trim(); // a table or a list is pasted with tabs
        Check(field, text, maxLength, AllowedCharacters.InText(text));
        return text;
    }

    /// <summary>One thing per line; empty lines do not count.</summary>
    public List<string> Lines(string field, string? typed, int maxLength, int max)
    {
        var lines = (typed ?? "").ReplaceLineEndings("\n").Replace('\t', ' ').Split('\n', StringSplitOptions.TrimEntries)
            .Index().Where(line => line.Item.Length > 0).ToList();
        if (lines.Count > max)
            Say(field, "Error.TooMany", max, lines.Count);
        foreach (var (at, line) in lines)
            if (lines.Count > 1 && line.Length > maxLength)
                Say(field, "Error.LineTooLong", at + 1, Beginning(line), maxLength, line.Length);
            else
                Check(field, line, maxLength);
        return [.. lines.Select(line => line.Item)];
    }

    /// <summary>
    /// A line for each of some others beside it, in their order; empty ones count, and so do those that are missing at the end.
    /// </summary>
    /// <param name="field">The field's name.</param>
    /// <param name="typed">As it was sent.</param>
    /// <param name="maxLength">Of each line, in UTF-16 units.</param>
    /// <param name="count">How many stand beside it.</param>
    public List<string> LinesBeside(string field, string? typed, int maxLength, int count)
    {
        var lines = (typed ?? "").ReplaceLineEndings("\n").Replace('\t', ' ').TrimEnd().Split('\n', StringSplitOptions.TrimEntries);
        if (lines.Length > Math.Max(count, 1) || (count == 0 && lines[0].Length > 0))
            Say(field, "Error.TooManyBeside", count, lines.Length);
        foreach (var (at, line) in lines.Index())
            if (lines.Length > 1 && line.Length > maxLength)
                Say(field, "Error.LineTooLong", at + 1, Beginning(line), maxLength, line.Length);
            else
                Check(field, line, maxLength);
        return [.. lines.Concat(Enumerable.Repeat("", count)).Take(count)];
    }

    /// <summary>A whole number between two others.</summary>
    public int Number(string field, string? typed, int min, int max)
    {
        if (int.TryParse((typed ?? "").Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max)
            return number;
        Say(field, "Error.NotBetween", min, max);
        return min;
    }

    /// <summary>A day of the calendar.</summary>
    public DateOnly? Day(string field, string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed))
            Missing(field);
        else if (DateOnly.TryParseExact(typed.Trim(), DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year is >= 2000 and <= 2100)
            return day;
        else
            Say(field, "Error.NotADay");
        return null;
    }

    /// <summary>A day and a time on the clocks of the event's zone.</summary>
    public DateTimeOffset? Moment(string field, string? typed, TimeZoneInfo zone, bool required = true)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            if (required)
                Say(field, "Error.MissingMoment");
            return null;
        }
        string[] formats = [MomentFormat, "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm"];
        // A browser accepts years of five digits, which are typing errors here.
        if (!DateTime.TryParseExact(typed.Trim(), formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock)
            || clock.Year is < 2000 or > 2100)
        {
            Say(field, "Error.NotAMoment");
            return null;
        }
        return new DateTimeOffset(clock, zone.GetUtcOffset(clock));
    }

    /// <summary>Says that the field must be filled in.</summary>
    public void Missing(string field) => Say(field, "Error.Missing");

    /// <summary>Says a sentence of the room at the field.</summary>
    /// <param name="field">The field's name.</param>
    /// <param name="sentence">The key of a sentence whose first fact is the field's label.</param>
    /// <param name="facts">The sentence's further facts.</param>
    public void Refuse(string field, string sentence, params object[] facts) => Add(field, localizer, sentence, facts);

    private void Say(string field, string sentence, params object[] facts) => Add(field, deskLocalizer, sentence, facts);

    private void Add(string field, IStringLocalizer from, string sentence, object[] facts) =>
        state.AddModelError($"{form}.{field}", from[sentence, [(labelTexts ?? localizer)[$"{labels}.{field}"], .. facts]]);

    /// <summary>Enough of a line to find it among others.</summary>
    private static string Beginning(string line)
    {
        const int shown = 12;
        var graphemes = new StringInfo(line);
        return graphemes.SubstringByTextElements(0, Math.Min(shown, graphemes.LengthInTextElements));
    }

    private void Check(string field, string line, int maxLength) => Check(field, line, maxLength, AllowedCharacters.InLine(line));

    private void Check(string field, string text, int maxLength, bool isAllowed)
    {
        if (text.Length > maxLength)
            Say(field, "Error.TooLong", maxLength, text.Length);
        if (!isAllowed)
            Say(field, "Error.Invisible");
    }
}
