using System.Text;

namespace SafetyCampaign.Load.Faults.PowerCut;

/// <summary>
/// A folder as the disk has it at a moment of a recording. As strict as POSIX allows a disk to be: content is durable
/// once the file was synced, and a name's appearance, change or end once its directory was.
/// </summary>
internal sealed class RecordedDisk(string root)
{
    private readonly Dictionary<int, Opened> opened = [];
    private readonly Dictionary<SystemCall, List<Change>> syncing = [];
    private readonly Dictionary<SystemCall, int> syncingNames = [];
    private readonly Dictionary<string, RecordedFile> names = [];
    private readonly Dictionary<string, RecordedFile> syncedNames = [];
    private readonly List<NameChange> unsyncedNames = [];
    private readonly Dictionary<string, int> syncs = [];

    /// <summary>How often a file was synced. SQLite syncs the database itself only when it moves the write-ahead log into it.</summary>
    public int SyncsOf(string path) => syncs.GetValueOrDefault(path);

    /// <summary>True where the moment has to do with the folder, so that a cut after it may differ from a cut before.</summary>
    public bool Replay(Moment moment)
    {
        var call = moment.Call;
        return call.Name switch
        {
            "execve" => moment.Finished && Begin(),
            "openat" or "creat" => moment.Finished && Open(call),
            "close" => !moment.Finished && opened.Remove(call.Descriptor),
            "rename" or "renameat" or "renameat2" => moment.Finished && call.Result == 0 && Rename(call),
            "unlink" or "unlinkat" => moment.Finished && call.Result == 0 && Unlink(PathIn(call, 0)),
            "sendto" or "sendmsg" => false,
            "link" or "linkat" => Known(call, !Under(PathIn(call, 0))),
            "mmap" => MayMap(call),
            _ => opened.TryGetValue(call.Descriptor, out var file) && Change(moment, file),
        };
    }

    /// <summary>Writes the folder as it may stand after a power cut now, without SQLite's shared memory, which no cut survives.</summary>
    public void WriteAfterCut(string folder, SeededRandom chance)
    {
        var survivors = new Dictionary<string, RecordedFile>(syncedNames);
        foreach (var change in unsyncedNames)
            if (chance.Keeps())
                change.ApplyTo(survivors);
        foreach (var (path, file) in survivors)
        {
            if (path.EndsWith("-shm", StringComparison.Ordinal))
                continue;
            var target = Path.Combine(folder, Path.GetRelativePath(root, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllBytes(target, file.AfterCut(chance));
        }
    }

    /// <summary>A program that starts has none of the files open that the one before it had.</summary>
    private bool Begin()
    {
        opened.Clear();
        return false;
    }

    private bool Open(SystemCall call)
    {
        if (call.Result < 0)
            return false;
        var descriptor = (int)call.Result!.Value;
        opened.Remove(descriptor); // a number is given again once it is free
        var path = PathIn(call, 0);
        if (!Under(path))
            return false;
        if (call.Says("O_DIRECTORY") || Directory.Exists(path))
        {
            opened[descriptor] = new Opened(path, null);
            return false;
        }
        if (!names.TryGetValue(path, out var file))
        {
            names[path] = file = new RecordedFile();
            unsyncedNames.Add(new NameChange(path, file, From: null));
        }
        if (call.Says("O_TRUNC") || call.Name == "creat")
            file.Start(call, new Change.Resized(0));
        opened[descriptor] = new Opened(path, file);
        return true;
    }

    private bool Change(Moment moment, Opened at)
    {
        var call = moment.Call;
        if (call.Name is "fsync" or "fdatasync")
            return Sync(moment, at);
        var file = Known(call, at.File);
        if (at.Path.EndsWith("-shm", StringComparison.Ordinal))
            return false;
        if (moment.Finished)
            file.Finish(call);
        else
            file.Start(call, call.Name switch
            {
                "pwrite64" => new Change.Written(call.Number(3), call.Strings[0]),
                "ftruncate" => new Change.Resized(call.Number(1)),
                _ => throw Unknown(call),
            });
        return true;
    }

    private bool Sync(Moment moment, Opened at)
    {
        if (!moment.Finished)
        {
            if (at.File is not null)
                syncing[moment.Call] = at.File.Returned();
            else
                syncingNames[moment.Call] = unsyncedNames.Count;
        }
        else if (moment.Call.Result == 0)
        {
            syncs[at.Path] = SyncsOf(at.Path) + 1;
            if (at.File is not null)
                at.File.Sync(syncing[moment.Call]);
            else
                SyncNames(at.Path, syncingNames[moment.Call]);
        }
        return true;
    }

    private void SyncNames(string directory, int startedAt)
    {
        var synced = unsyncedNames.Take(startedAt).Where(change => Path.GetDirectoryName(change.Path) == directory).ToList();
        foreach (var change in synced)
        {
            change.ApplyTo(syncedNames);
            unsyncedNames.Remove(change);
        }
    }

    private bool Rename(SystemCall call)
    {
        var (from, to) = (PathIn(call, 0), PathIn(call, 1));
        if (!names.Remove(from, out var file))
            return Known(call, !Under(to));
        names[to] = file;
        unsyncedNames.Add(new NameChange(to, file, from));
        return true;
    }

    private bool Unlink(string path)
    {
        if (!names.Remove(path))
            return false;
        unsyncedNames.Add(new NameChange(path, null, From: null));
        return true;
    }

    private bool MayMap(SystemCall call) => Known(call, !call.Says("MAP_SHARED") || !call.Says("PROT_WRITE")
        || !opened.TryGetValue((int)call.Number(4), out var at) || at.Path.EndsWith("-shm", StringComparison.Ordinal)) && false;

    private bool Under(string path) => path.StartsWith(root, StringComparison.Ordinal);

    private static string PathIn(SystemCall call, int place) => Encoding.UTF8.GetString(call.Strings[place]);

    private static T Known<T>(SystemCall call, T? file) where T : class => file ?? throw Unknown(call);

    private static bool Known(SystemCall call, bool known) => known ? false : throw Unknown(call);

    private static InvalidDataException Unknown(SystemCall call) =>
        new($"The program changes its files by {call.Name}, which the replay does not know. Teach it, or its findings mean nothing.");

    private sealed record Opened(string Path, RecordedFile? File);

    /// <summary>A name appears (<paramref name="File"/>), moves (<paramref name="From"/>) or ends (no file).</summary>
    private sealed record NameChange(string Path, RecordedFile? File, string? From)
    {
        public void ApplyTo(Dictionary<string, RecordedFile> names)
        {
            if (From is not null)
                names.Remove(From);
            if (File is not null)
                names[Path] = File;
            else
                names.Remove(Path);
        }
    }
}
