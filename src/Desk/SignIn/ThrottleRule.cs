namespace SafetyCampaign.Desk;

/// <summary>
/// How wrong tries slow further ones down. Each counts one, and one is forgotten every <paramref name="ForgetOne"/>. Up to
/// <paramref name="Free"/> nobody waits; then the time between two tries is <paramref name="First"/>, and doubles with each up to
/// <paramref name="Max"/>.
/// </summary>
internal sealed record ThrottleRule(int Free, TimeSpan First, TimeSpan Max, TimeSpan ForgetOne)
{
    /// <summary>How long to wait between the last try and the next.</summary>
    public TimeSpan Delay(int count) => count < Free
        ? TimeSpan.Zero
        : TimeSpan.FromSeconds(Math.Min(Max.TotalSeconds, First.TotalSeconds * Math.Pow(2, Math.Min(count - Free, 30))));
}

/// <summary>The tries that one rule counts together.</summary>
internal sealed class ThrottleLane(ThrottleRule rule)
{
    private int count;

    /// <summary>From when on the next try is being forgotten.</summary>
    private TimeSpan forgetting;

    /// <summary>When the last try was counted.</summary>
    public TimeSpan Last { get; private set; }

    public bool IsAtRest(TimeSpan now)
    {
        Forget(now);
        return count == 0;
    }

    /// <summary>How long until the next try; zero where it may be now.</summary>
    public TimeSpan Wait(TimeSpan now)
    {
        Forget(now);
        return Last + rule.Delay(count) - now is { Ticks: > 0 } wait ? wait : TimeSpan.Zero;
    }

    public void Add(TimeSpan now)
    {
        Forget(now);
        (count, Last) = (count + 1, now);
    }

    /// <summary>The try that was counted last was none, or no wrong one.</summary>
    public void TakeBack() => count = Math.Max(0, count - 1);

    public void Clear() => count = 0;

    /// <summary>One is forgotten when its whole time has passed.</summary>
    private void Forget(TimeSpan now)
    {
        var forgotten = (int)Math.Min(count, (now - forgetting) / rule.ForgetOne);
        count -= forgotten;
        forgetting = count == 0 ? now : forgetting + (forgotten * rule.ForgetOne);
    }
}

/// <summary>Lanes by what they are counted by; at most so many, so that nobody fills the memory with made-up names.</summary>
internal sealed class ThrottleLanes<TKey>(ThrottleRule rule, int maxLanes) where TKey : notnull
{
    private readonly Dictionary<TKey, ThrottleLane> lanes = [];

    public int Count => lanes.Count;

    public ThrottleLane Of(TKey key, TimeSpan now)
    {
        if (lanes.TryGetValue(key, out var lane))
            return lane;
        if (lanes.Count >= maxLanes)
            MakeRoom(now);
        return lanes[key] = new ThrottleLane(rule);
    }

    /// <summary>Drops what is at rest, and of the others the quarter that has been quiet for longest.</summary>
    private void MakeRoom(TimeSpan now)
    {
        foreach (var (key, _) in lanes.Where(lane => lane.Value.IsAtRest(now)).ToList())
            lanes.Remove(key);
        var tooMany = lanes.Count - (maxLanes * 3 / 4);
        if (tooMany > 0)
            foreach (var (key, _) in lanes.OrderBy(lane => lane.Value.Last).Take(tooMany).ToList())
                lanes.Remove(key);
    }
}
