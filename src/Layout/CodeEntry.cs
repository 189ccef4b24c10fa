namespace SafetyCampaign.Layout;

/// <summary>The field for an event's code, as CodeEntry.cshtml draws it.</summary>
/// <param name="Typed">What was typed last, to be mended rather than typed again.</param>
/// <param name="NotFound">No event has the typed code.</param>
public sealed record CodeEntry(string Typed, bool NotFound)
{
    public static CodeEntry Empty { get; } = new("", NotFound: false);
}
