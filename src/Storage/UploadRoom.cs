using System.Globalization;

namespace SafetyCampaign.Storage;

/// <summary>
/// What of the disk the uploads may have, films and photos together. An upload reserves what its sender declares before its bytes
/// come, so that several at once do not each count on the same room; one that declares nothing reserves as it grows. Whatever was
/// declared, nothing is written once the disk has less left than pledges may need.
/// </summary>
public sealed class UploadRoom
{
    public const string MinFreeMegabytesSetting = "Films:LeaveFreeMegabytes";

    private const long Megabyte = 1024 * 1024;

    private readonly Func<long> available;
    private readonly long leaveFree;

    /// <summary>What an upload of unknown length reserves at a time.</summary>
    private const long Step = 16 * 1024 * 1024;

    private readonly Lock deciding = new();

    /// <summary>To uploads under way, and not written yet.</summary>
    private long promised;

    public UploadRoom(DataFolder data, IConfiguration configuration, AvailableDiskSpace available)
    {
        this.available = () => available(data.Path);
        leaveFree = ReadMegabytes(configuration, MinFreeMegabytesSetting, 500) * Megabyte;
    }

    /// <summary>A setting that is a number of megabytes.</summary>
    internal static long ReadMegabytes(IConfiguration configuration, string setting, long usual) => configuration[setting] switch
    {
        null or "" => usual,
        var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes)
            && megabytes is > 0 and <= 1_000_000_000 => megabytes,
        var text => throw new InvalidOperationException($"{setting} is \"{text}\". Set it to a number of megabytes, for example {usual}."),
    };

    /// <returns>Null where there is not so much room.</returns>
    public Reservation? Reserve(long bytes) => TryPromise(bytes) ? new Reservation(this, bytes) : null;

    private bool TryPromise(long bytes)
    {
        lock (deciding)
        {
            if (bytes > available() - leaveFree - promised)
                return false;
            promised += bytes;
            return true;
        }
    }

    private void TakeBack(long bytes)
    {
        lock (deciding)
            promised -= bytes;
    }

    /// <summary>Of one upload, which writes from one thread at a time.</summary>
    public sealed class Reservation : IDisposable
    {
        private readonly UploadRoom room;
        private long reserved;

        internal Reservation(UploadRoom room, long reserved) => (this.room, this.reserved) = (room, reserved);

        /// <summary>Whether a piece may be written; it is then part of the disk's own figure.</summary>
        public bool Take(long bytes)
        {
            if (reserved < bytes && !Grow(Math.Max(bytes, Step)) && !Grow(bytes))
                return false;
            if (room.available() - room.leaveFree < bytes)
                return false;
            reserved -= bytes;
            room.TakeBack(bytes);
            return true;
        }

        /// <summary>Gives back what was not written.</summary>
        public void Dispose()
        {
            room.TakeBack(reserved);
            reserved = 0;
        }

        private bool Grow(long bytes)
        {
            if (!room.TryPromise(bytes))
                return false;
            reserved += bytes;
            return true;
        }
    }
}
