namespace SafetyCampaign.Campaigns;

/// <summary>What a picture of an event is for. The store keeps the number.</summary>
public enum EventPictureKind
{
    /// <summary>The mark of a host or partner.</summary>
    Logo = 0,

    /// <summary>The place where people meet.</summary>
    Place = 1,

    /// <summary>Shown on a card of a lecture.</summary>
    Card = 2,
}

/// <summary>
/// A picture that an organizer gave to an event. Drawn anew from what was uploaded, so that nothing of the file but its pixels is
/// kept. It never changes: another one gets another number.
/// </summary>
public sealed class EventPicture
{
    private EventPicture() => Bytes = [];

    /// <summary>A picture that has been drawn anew.</summary>
    /// <param name="eventId">The event.</param>
    /// <param name="kind">See <see cref="Kind"/>.</param>
    /// <param name="subject">See <see cref="Subject"/>.</param>
    /// <param name="bytes">See <see cref="Bytes"/>.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    public EventPicture(int eventId, EventPictureKind kind, string? subject, byte[] bytes, int width, int height) =>
        (EventId, Kind, Subject, Bytes, Width, Height) = (eventId, kind, subject, bytes, width, height);

    /// <summary>Given by the store.</summary>
    public int Id { get; private set; }

    /// <summary>The event.</summary>
    public int EventId { get; private set; }

    /// <summary>What it is for.</summary>
    public EventPictureKind Kind { get; private set; }

    /// <summary>Of a logo: the host or partner, as the event names it. Of a card's: what the card calls it. Null of the place.</summary>
    public string? Subject { get; private set; }

    /// <summary>PNG of a logo, which may be transparent; JPEG of the others.</summary>
    public byte[] Bytes { get; private set; }

    /// <summary>In pixels.</summary>
    public int Width { get; private set; }

    /// <summary>In pixels.</summary>
    public int Height { get; private set; }

    /// <summary>The same picture for another event.</summary>
    public EventPicture CopyTo(int eventId) => new(eventId, Kind, Subject, Bytes, Width, Height);
}
