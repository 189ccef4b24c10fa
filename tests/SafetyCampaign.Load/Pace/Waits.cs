namespace SafetyCampaign.Load.Pace;

/// <summary>How long the device let somebody wait after each tap or key.</summary>
internal sealed class Waits
{
    private readonly List<TimeSpan> all = [];

    public TimeSpan Sum => TimeSpan.FromTicks(all.Sum(wait => wait.Ticks));

    public TimeSpan Slowest => all.Max();

    public TimeSpan Median => all.Order().ElementAt(all.Count / 2);

    public void Add(TimeSpan wait) => all.Add(wait);
}
