namespace SafetyCampaign.Storage;

/// <summary>The one row that the health check writes, to find out whether anything can be written.</summary>
public sealed class Heartbeat
{
    internal const int TheOne = 1;

    public int Id { get; init; } = TheOne;

    public DateTimeOffset At { get; init; }
}
