using System.Threading.Channels;

namespace SafetyCampaign.Ledger;

/// <summary>What follows an erasure: see <see cref="ErasureCleanup"/>.</summary>
public sealed partial class PledgeLedger
{
    private readonly Channel<bool> erasures = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>
    /// Has an item after this node has erased or overwritten names, and after the store was opened with a log in which such names may
    /// have been left. One item stands for any number of erasures.
    /// </summary>
    internal ChannelReader<bool> Erasures => erasures.Reader;

    /// <summary>
    /// What somebody asked to be gone was erased or overwritten beside the ledger: pupils on a list, photos, typed names. It is to be
    /// cleared out of the files. To be called after the transaction has ended.
    /// </summary>
    public void NoteErasure() => erasures.Writer.TryWrite(true);

    /// <summary>
    /// Cuts the store's own log after the group that waits, on the writer's thread, so that nobody writes meanwhile: signatures wait
    /// for it as long as for a group.
    /// </summary>
    /// <returns>False where somebody still reads from the log, or the store is away: to be tried again.</returns>
    internal Task<bool> TruncateLogAsync()
    {
        var entry = new TruncateLogEntry();
        Queue(entry);
        return entry.Done;
    }
}
