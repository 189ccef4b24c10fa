namespace SafetyCampaign.Campaigns;

/// <summary>
/// A photo of the event for its activity report, drawn anew from what was uploaded, so that nothing of the file but its pixels is kept.
/// People may be seen on it: it is shown at the desk and in the report alone, and goes with the names of its event, and with the event.
/// </summary>
public sealed class ReportPhoto
{
    /// <summary>On a report of one or two pages.</summary>
    public const int MaxPhotos = 4;

    /// <summary>In UTF-16 units.</summary>
    public const int CaptionMaxLength = 60;

    /// <summary>The longest side, in pixels: half a page's width at 400 dpi.</summary>
    public const int MaxSide = 1_600;

    private ReportPhoto() => (Caption, Bytes) = ("", []);

    /// <summary>A photo for which whoever uploads it said that the people on it agree.</summary>
    /// <param name="eventId">The event.</param>
    /// <param name="caption">See <see cref="Caption"/>.</param>
    /// <param name="bytes">See <see cref="Bytes"/>.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="now">The moment.</param>
    /// <param name="place">See <see cref="Place"/>.</param>
    public ReportPhoto(int eventId, string caption, byte[] bytes, int width, int height, DateTimeOffset now, int? place = null) =>
        (EventId, Caption, Bytes, Width, Height, UploadedAt, Place) = (eventId, caption, bytes, width, height, now, place);

    /// <summary>Given by the store.</summary>
    public int Id { get; private set; }

    /// <summary>The event.</summary>
    public int EventId { get; private set; }

    /// <summary>
    /// Which of the event's <see cref="MaxPhotos"/>, from 0: no two have one place, so there are never more. Null of one from before
    /// places were kept.
    /// </summary>
    public int? Place { get; private set; }

    /// <summary>What is seen on it; also read to those who cannot see it.</summary>
    public string Caption { get; private set; }

    /// <summary>JPEG.</summary>
    public byte[] Bytes { get; private set; }

    /// <summary>In pixels.</summary>
    public int Width { get; private set; }

    /// <summary>In pixels.</summary>
    public int Height { get; private set; }

    /// <summary>When somebody uploaded it and confirmed the consent; UTC.</summary>
    public DateTimeOffset UploadedAt { get; private set; }

    /// <summary>The first free place; null where there is none.</summary>
    /// <param name="taken">Of all photos of the event; null of those without one, which take a place each all the same.</param>
    public static int? FreePlace(IReadOnlyCollection<int?> taken)
    {
        var without = taken.Count(place => place is null);
        var free = Enumerable.Range(0, MaxPhotos).Where(place => !taken.Contains(place)).Skip(without).ToList();
        return free.Count > 0 ? free[0] : null;
    }
}
