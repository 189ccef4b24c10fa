namespace SafetyCampaign.Drawing;

/// <summary>
/// The <see cref="CertificateSheet"/>s that were used last, at most <see cref="MaxSheets"/> of 0.9 MB. No name stands on one. Safe from
/// many threads; two that miss the same sheet both make it.
/// </summary>
public sealed class CertificateSheets
{
    private const int MaxSheets = 12;

    private readonly Lock access = new();
    private readonly List<(string Key, CertificateSheet Sheet)> sheets = []; // the last used at the end

    /// <summary>Lets go of all, when nothing has been drawn for a while.</summary>
    public void Clear()
    {
        lock (access)
            sheets.Clear();
    }

    internal CertificateSheet? Find(string key)
    {
        lock (access)
        {
            var at = sheets.FindIndex(of => of.Key == key);
            if (at < 0)
                return null;
            var found = sheets[at];
            sheets.RemoveAt(at);
            sheets.Add(found);
            return found.Sheet;
        }
    }

    internal void Add(string key, CertificateSheet sheet)
    {
        lock (access)
        {
            sheets.RemoveAll(of => of.Key == key);
            if (sheets.Count == MaxSheets)
                sheets.RemoveAt(0);
            sheets.Add((key, sheet));
        }
    }
}
