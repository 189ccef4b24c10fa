namespace SafetyCampaign.Drawing.Poster;

/// <summary>What stands on an event's poster, in the reader's language.</summary>
public sealed record PosterContent
{
    /// <summary>Above the promise.</summary>
    public required string Lead { get; init; }

    /// <summary>The headline.</summary>
    public required string Promise { get; init; }

    /// <summary>Of the event.</summary>
    public required string Title { get; init; }

    /// <summary>Time and place, a line each.</summary>
    public required IReadOnlyList<string> Facts { get; init; }

    /// <summary>What to do with the code.</summary>
    public required string Call { get; init; }

    /// <summary>The class whose wall it is for; null for everybody.</summary>
    public string? Class { get; init; }

    /// <summary>How little it takes.</summary>
    public required string How { get; init; }

    /// <summary>Caption and what is typed: the address, then the event code.</summary>
    public required IReadOnlyList<(string Caption, string Typed)> ByHand { get; init; }

    /// <summary>Hosts and partners, a line each.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>PNG or JPEG files of those who are named.</summary>
    public required IReadOnlyList<byte[]> Logos { get; init; }

    /// <summary>What the QR code holds.</summary>
    public required string Address { get; init; }
}
