namespace SafetyCampaign.Films;

/// <summary>How many bytes the program may still write to the disk of a folder.</summary>
public delegate long AvailableDiskSpace(string folder);

/// <summary>
/// What of the disk the uploads may have. An upload reserves what its sender declares before its bytes come, so that several
/// at once do not each count on the same room; one that declares nothing reserves as it grows. Whatever was declared, nothing
/// is written once the disk has less left than pledges may need.
/// </summary>
/// <param name="available">Asks the disk.</param>
/// <param name="leaveFree">In bytes.</param>
internal sealed class UploadRoom(Func<long> available, long leaveFree)
{
    private readonly Func<long> available = available;
    private readonly long leaveFree = leaveFree;

    /// <summary>What an upload of unknown length reserves at a time.</summary>
    private const long Step = 16 * 1024 * 1024;

    private readonly Lock deciding = new();

    /// <summary>To uploads under way, and not written yet.</summary>
    private long promised;

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
    public sealed class Reservation(UploadRoom room, long reserved) : IDisposable
    {
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
