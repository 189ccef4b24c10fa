namespace SafetyCampaign.Campaigns;

/// <summary>What people write into an activity report; its numbers are counted anew whenever it is printed.</summary>
/// <param name="Title">Above the report; at most <see cref="TitleMaxLength"/> UTF-16 units.</param>
/// <param name="Overview">Paragraphs before the parts of the event, a line each; may be empty.</param>
/// <param name="Lessons">What was learned for the next time, a line each; may be empty.</param>
public sealed record ReportWording(string Title, string Overview, string Lessons)
{
    /// <summary>In UTF-16 units.</summary>
    public const int TitleMaxLength = 80;

    /// <summary>Of the overview and of the lessons, in UTF-16 units: about half a page each.</summary>
    public const int TextMaxLength = 1_500;
}

/// <summary>
/// The words of an event's activity report in one language, as somebody wrote them. A version stays as it was written; the newest is
/// printed.
/// </summary>
public sealed class ReportVersion
{
    private ReportVersion() => (Language, Title, Overview, Lessons, WrittenBy) = ("", "", "", "", "");

    /// <summary>A version that is written now.</summary>
    /// <param name="eventId">The event.</param>
    /// <param name="language">See <see cref="Language"/>.</param>
    /// <param name="version">See <see cref="Version"/>.</param>
    /// <param name="wording">What stands in it.</param>
    /// <param name="writtenBy">See <see cref="WrittenBy"/>.</param>
    /// <param name="now">The moment.</param>
    public ReportVersion(int eventId, string language, int version, ReportWording wording, string writtenBy, DateTimeOffset now)
    {
        (EventId, Language, Version, WrittenBy, WrittenAt) = (eventId, language, version, writtenBy, now);
        (Title, Overview, Lessons) = (wording.Title, wording.Overview, wording.Lessons);
    }

    /// <summary>Given by the store.</summary>
    public int Id { get; private set; }

    /// <summary>The event.</summary>
    public int EventId { get; private set; }

    /// <summary>The language of the pages in which it is printed; each has versions of its own.</summary>
    public string Language { get; private set; }

    /// <summary>From 1, without gaps.</summary>
    public int Version { get; private set; }

    /// <inheritdoc cref="ReportWording.Title"/>
    public string Title { get; private set; }

    /// <inheritdoc cref="ReportWording.Overview"/>
    public string Overview { get; private set; }

    /// <inheritdoc cref="ReportWording.Lessons"/>
    public string Lessons { get; private set; }

    /// <summary>The account, as it was called then.</summary>
    public string WrittenBy { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset WrittenAt { get; private set; }

    /// <summary>What stands in it.</summary>
    public ReportWording Wording => new(Title, Overview, Lessons);
}
