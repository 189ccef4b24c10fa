namespace SafetyCampaign.Tests;

/// <summary>
/// Tells the time that is set; its timers are the real ones. A clock whose timers follow it runs every timer of the program as often as
/// it would have run meanwhile: minutes of work for a jump of some days.
/// </summary>
public sealed class SetClock(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset now = now;

    public void Set(DateTimeOffset to) => now = to;

    public void Advance(TimeSpan by) => now += by;

    public override DateTimeOffset GetUtcNow() => now;
}
