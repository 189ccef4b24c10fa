using System.Collections.Concurrent;

namespace SafetyCampaign.Operations;

/// <summary>
/// Which devices have signed in the last ten minutes, in memory: the first signature of each is its own, whatever others at
/// its address do; those after it are paid by the address.
/// </summary>
internal sealed class SignedDevices(TimeProvider time)
{
    private const int MaxIdle = 50_000;
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, Device> devices = new();
    private int count; // of the devices; to ask the dictionary takes all of its locks
    private long trimmedAt = time.GetTimestamp();

    /// <summary>A device sends a request; <see cref="End"/> tells what became of it.</summary>
    /// <returns>Whether another of its requests is stored or under way, and whether three were stored within a minute.</returns>
    public (bool HasSigned, bool SignsMany) Begin(Guid whose)
    {
        Trim();
        if (!devices.TryGetValue(whose, out var device))
        {
            var unknown = new Device();
            device = devices.GetOrAdd(whose, unknown);
            if (ReferenceEquals(device, unknown))
                Interlocked.Increment(ref count);
        }
        lock (device)
        {
            var now = time.GetTimestamp();
            var first = device.Stored == 0 && device.UnderWay == 0;
            if (device.Recent == 0 || time.GetElapsedTime(device.RecentSince, now) > Minute)
                (device.Recent, device.RecentSince) = (0, now);
            device.UnderWay++;
            device.At = now;
            return (!first, device.Recent >= 3);
        }
    }

    /// <summary>The request of <see cref="Begin"/> is answered.</summary>
    /// <param name="whose">The device.</param>
    /// <param name="isStored">A pledge was stored by it that had not been stored before.</param>
    public void End(Guid whose, bool isStored)
    {
        if (!devices.TryGetValue(whose, out var device))
            return;
        lock (device)
        {
            device.UnderWay--;
            if (!isStored)
                return;
            device.Stored++;
            device.Recent++;
        }
    }

    private void Trim()
    {
        if (Volatile.Read(ref count) <= MaxIdle)
            return;
        var (before, now) = (Interlocked.Read(ref trimmedAt), time.GetTimestamp());
        if (time.GetElapsedTime(before, now) < Minute || Interlocked.CompareExchange(ref trimmedAt, now, before) != before)
            return;
        foreach (var (whose, device) in devices)
            lock (device)
                if (device.UnderWay == 0 && time.GetElapsedTime(device.At, now) > Memory && devices.TryRemove(whose, out _))
                    Interlocked.Decrement(ref count);
    }

    private sealed class Device
    {
        public int Stored { get; set; }

        public int UnderWay { get; set; }

        /// <summary>Stored within the minute that began at <see cref="RecentSince"/>.</summary>
        public int Recent { get; set; }

        public long RecentSince { get; set; }

        public long At { get; set; }
    }
}
