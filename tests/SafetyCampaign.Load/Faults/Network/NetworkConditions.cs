namespace SafetyCampaign.Load.Faults.Network;

/// <summary>What a line is like to those who use it. Chances are of a connection, from 0 to 1.</summary>
internal sealed record NetworkConditions
{
    /// <summary>In each direction, shared by all connections of the line.</summary>
    public int BytesPerSecond { get; init; } = int.MaxValue;

    /// <summary>Added on the way there and again on the way back.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>How long a connection that stalls is silent before it goes on.</summary>
    public TimeSpan Stall { get; init; }

    /// <summary>That it stalls, for each direction.</summary>
    public double Stalls { get; init; }

    /// <summary>That it is reset while the request goes out.</summary>
    public double LostRequests { get; init; }

    /// <summary>That it is reset after the request has gone out, before the answer is whole: the phone cannot know.</summary>
    public double LostAnswers { get; init; }

    public static NetworkConditions Perfect { get; } = new();

    /// <summary>One bar of signal, at the edge of a village.</summary>
    public static NetworkConditions Weak { get; } = new()
    {
        BytesPerSecond = 8 * 1024,
        Latency = TimeSpan.FromMilliseconds(800),
        Stall = TimeSpan.FromSeconds(10),
        Stalls = 0.1,
        LostRequests = 0.025,
        LostAnswers = 0.025,
    };
}
