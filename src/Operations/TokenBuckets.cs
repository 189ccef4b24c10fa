using System.Collections.Concurrent;

namespace SafetyCampaign.Operations;

/// <summary>
/// A token bucket for each of many. Unlike the framework's limiter it takes tokens back (what turned out to cost nothing is
/// not charged), goes by the program's clock, and has no timer, which there goes over all buckets ten times a second.
/// </summary>
/// <param name="burst">How many tokens a bucket holds, and has at first.</param>
/// <param name="perSecond">How many come back in a second.</param>
/// <param name="time">Measures the seconds; a clock that is set does not matter.</param>
internal sealed class TokenBuckets<T>(int burst, double perSecond, TimeProvider time) where T : notnull
{
    /// <summary>Above this many, those that are full again are dropped.</summary>
    private const int MaxIdle = 10_000;

    private readonly ConcurrentDictionary<T, Bucket> buckets = new();
    private int count; // of the buckets; to ask the dictionary takes all of its locks
    private long trimmedAt = time.GetTimestamp();

    /// <summary>Takes a token; or says how long it takes until there is one.</summary>
    public TimeSpan? Take(T whose) => Change(whose, bucket =>
    {
        if (UntilNext(bucket) is { } wait)
            return wait;
        bucket.Tokens--;
        return null;
    });

    /// <summary>Whether nothing has been taken, or all of it has come back.</summary>
    public bool IsFull(T whose)
    {
        if (!buckets.TryGetValue(whose, out var bucket))
            return true;
        lock (bucket)
        {
            Refill(bucket);
            return bucket.Tokens >= burst;
        }
    }

    /// <summary>How long it takes until there is a token; null where there is one.</summary>
    public TimeSpan? Wait(T whose) => buckets.ContainsKey(whose) ? Change(whose, UntilNext) : null;

    /// <summary>A token that was taken is not used.</summary>
    public void GiveBack(T whose) => Change(whose, bucket =>
    {
        bucket.Tokens = Math.Min(burst, bucket.Tokens + 1);
        return null;
    });

    private TimeSpan? Change(T whose, Func<Bucket, TimeSpan?> change)
    {
        if (!buckets.TryGetValue(whose, out var bucket))
        {
            if (Volatile.Read(ref count) > MaxIdle)
                Trim();
            var full = new Bucket { Tokens = burst, At = time.GetTimestamp() };
            bucket = buckets.GetOrAdd(whose, full);
            if (ReferenceEquals(bucket, full))
                Interlocked.Increment(ref count);
        }
        lock (bucket)
        {
            Refill(bucket);
            return change(bucket);
        }
    }

    private TimeSpan? UntilNext(Bucket bucket) =>
        bucket.Tokens < 1 ? TimeSpan.FromSeconds((1 - bucket.Tokens) / perSecond) : null;

    private void Refill(Bucket bucket)
    {
        var now = time.GetTimestamp();
        bucket.Tokens = Math.Min(burst, bucket.Tokens + time.GetElapsedTime(bucket.At, now).TotalSeconds * perSecond);
        bucket.At = now;
    }

    /// <summary>At most once a second: it reads all of them.</summary>
    private void Trim()
    {
        var before = Interlocked.Read(ref trimmedAt);
        var now = time.GetTimestamp();
        if (time.GetElapsedTime(before, now) < TimeSpan.FromSeconds(1) || Interlocked.CompareExchange(ref trimmedAt, now, before) != before)
            return;
        foreach (var (whose, bucket) in buckets)
            lock (bucket)
            {
                Refill(bucket);
                if (bucket.Tokens >= burst && buckets.TryRemove(whose, out _))
                    Interlocked.Decrement(ref count);
            }
    }

    private sealed class Bucket
    {
        public double Tokens { get; set; }

        public long At { get; set; }
    }
}
