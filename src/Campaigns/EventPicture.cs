namespace SafetyCampaign.Campaigns;

/// <summary>What a picture of an event is for. The store keeps the number.</summary>
public enum EventPictureKind
{
    /// <summary>The mark of a host or partner.</summary>
    Logo = 0,

    /// <summary>The place where people meet.</summary>
    Place = 1,
}

/// <summary>
/// A picture that an organizer gave to an event. Drawn anew from what was uploaded, so that nothing of the file but its pixels is
/// kept.
/// </summary>
public sealed class EventPicture
{
    private EventPicture() => Bytes = [];

    /// <summary>A picture that has been drawn anew.</summary>
    public EventPicture(int eventId, EventPictureKind kind, string? partner, byte[] bytes, int width, int height) =>
        (EventId, Kind, Partner, Bytes, Width, Height) = (eventId, kind, partner, bytes, width, height);

    /// <summary>Given by the store.</summary>
    public int Id { get; private set; }

    /// <summary>The event.</summary>
    public int EventId { get; private set; }

    /// <summary>What it is for.</summary>
    public EventPictureKind Kind { get; private set; }

    /// <summary>Of a logo: the host or partner, as the event names it.</summary>
    public string? Partner { get; private set; }

    /// <summary>PNG.</summary>
    public byte[] Bytes { get; private set; }

    /// <summary>In pixels.</summary>
    public int Width { get; private set; }

    /// <summary>In pixels.</summary>
    public int Height { get; private set; }
}
