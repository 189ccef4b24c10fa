using System.Text;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Backups;

/// <summary>
/// What was withdrawn, erased or corrected, in a file of its own beside the database, which outlives a database that is lost: a
/// line for each, added and never changed (<see cref="ErasureRecord"/>).
/// </summary>
public sealed class ErasureList(DataFolder folder)
{
    private readonly Lock file = new();

    /// <summary>Every line that was written whole.</summary>
    public IReadOnlyList<ErasureRecord> Read()
    {
        lock (file)
            return File.Exists(folder.ErasureList)
                ? [.. File.ReadLines(folder.ErasureList).Select(ErasureRecord.Read).OfType<ErasureRecord>()]
                : [];
    }

    /// <summary>On disk when this returns.</summary>
    /// <exception cref="IOException">They are not all in the list; those that are may be added again.</exception>
    internal void Append(IReadOnlyCollection<ErasureRecord> records)
    {
        if (records.Count == 0)
            return;
        var text = new StringBuilder();
        lock (file)
        {
            var isNew = !File.Exists(folder.ErasureList);
            if (isNew)
                DurableFiles.Create(folder.ErasureList);
            using (var list = new FileStream(folder.ErasureList, FileMode.Open, FileAccess.ReadWrite, FileShare.Read))
            {
                // A line that was cut short stays as it is, and is passed over.
                if (list.Length > 0 && list.Seek(-1, SeekOrigin.End) >= 0 && list.ReadByte() != '\n')
                    text.Append('\n');
                foreach (var record in records)
                    text.Append(record.Write()).Append('\n');
                list.Seek(0, SeekOrigin.End);
                list.Write(Encoding.UTF8.GetBytes(text.ToString()));
                list.Flush(flushToDisk: true);
            }
            if (isNew)
                DurableFiles.FlushFolder(folder.Path);
        }
    }

    /// <summary>Takes out what no backup can hold any more.</summary>
    /// <returns>How many lines went.</returns>
    public int Prune(DateOnly today)
    {
        lock (file)
        {
            var records = Read();
            var kept = records.Where(record => record.KeepUntil >= today).ToList();
            if (kept.Count == records.Count)
                return 0;
            var next = folder.ErasureList + ".next";
            File.Delete(next);
            DurableFiles.Create(next);
            File.WriteAllText(next, string.Concat(kept.Select(record => record.Write() + '\n')));
            DurableFiles.Flush(next);
            File.Move(next, folder.ErasureList, overwrite: true);
            DurableFiles.FlushFolder(folder.Path);
            return records.Count - kept.Count;
        }
    }
}
