namespace SafetyCampaign.Load.Faults.PowerCut;

/// <summary>A file's content on the disk's platter, and what the program has written since the last sync.</summary>
internal sealed class RecordedFile
{
    private readonly List<Change> unsynced = [];
    private byte[] synced = [];

    /// <summary>Where the program has written in order, by the call that did it; taken back when the call failed.</summary>
    public void Start(SystemCall call, Change change) => unsynced.Add(change with { By = call });

    public void Finish(SystemCall call)
    {
        var place = unsynced.FindIndex(change => change.By == call);
        if (place < 0)
            return;
        if (call.Result < 0)
            unsynced.RemoveAt(place);
        else if (unsynced[place] is Change.Written written && call.Result < written.Data.Length)
            unsynced[place] = written with { Data = written.Data[..(int)call.Result!.Value] };
    }

    /// <summary>What a sync that starts now will make durable: calls that have returned, not those still under way.</summary>
    public List<Change> Returned() => [.. unsynced.Where(change => change.By.Result >= 0)];

    public void Sync(List<Change> changes)
    {
        foreach (var change in changes)
            if (unsynced.Remove(change))
                synced = change.ApplyTo(synced, _ => true);
    }

    /// <summary>What may stand on the platter after a power cut now.</summary>
    public byte[] AfterCut(SeededRandom chance)
    {
        var content = (byte[])synced.Clone();
        foreach (var change in unsynced)
            if (chance.Fate() is { } keepsSector)
                content = change.ApplyTo(content, keepsSector);
        return content;
    }
}

/// <summary>One change to a file's content.</summary>
internal abstract record Change
{
    /// <summary>A disk writes whole sectors; a cut can fall between two of them.</summary>
    public const int SectorBytes = 512;

    public SystemCall By { get; init; } = null!;

    /// <summary>The content with this change; sectors it does not keep stay as they were.</summary>
    public abstract byte[] ApplyTo(byte[] content, Func<long, bool> keepsSector);

    public sealed record Written(long Offset, byte[] Data) : Change
    {
        public override byte[] ApplyTo(byte[] content, Func<long, bool> keepsSector)
        {
            if (content.Length < Offset + Data.Length)
                Array.Resize(ref content, (int)(Offset + Data.Length));
            for (var done = 0; done < Data.Length;)
            {
                var sector = (Offset + done) / SectorBytes;
                var length = (int)Math.Min(Data.Length - done, (sector + 1) * SectorBytes - (Offset + done));
                if (keepsSector(sector))
                    Data.AsSpan(done, length).CopyTo(content.AsSpan((int)(Offset + done)));
                done += length;
            }
            return content;
        }
    }

    public sealed record Resized(long Length) : Change
    {
        public override byte[] ApplyTo(byte[] content, Func<long, bool> keepsSector)
        {
            Array.Resize(ref content, (int)Length);
            return content;
        }
    }
}
