namespace SafetyCampaign.Ledger;

/// <summary>
/// Something that is kept in memory beside the ledger's rows and follows each commit. Registered as a singleton; the ledger
/// is given all of them before it opens its store, so no order of registration or start can make one miss a commit.
/// </summary>
/// <remarks>
/// <see cref="Opened"/> and <see cref="Committed"/> run on the writer's thread, and no pledge is written or answered meanwhile: they return within microseconds,
/// but for the one reading of the rows at <see cref="Opened"/>.
/// </remarks>
public interface ILedgerSubscriber
{
    /// <summary>
    /// The store has been opened, at the program's start or after a failure, and nothing has been written since. A commit that
    /// failed may be on disk all the same, so whatever is kept must be read from the rows anew.
    /// </summary>
    /// <exception cref="Exception">The ledger does not start, or takes no pledge and opens the store again with the next one.</exception>
    void Opened();

    /// <summary>
    /// A transaction is on disk, and its answers have not been given yet. In the order of the ledger: first what other nodes
    /// have committed before, then what this node has.
    /// </summary>
    /// <param name="changes">At least one.</param>
    /// <exception cref="Exception">The pledges are answered as stored; the store is opened anew, see <see cref="Opened"/>.</exception>
    void Committed(IReadOnlyList<LedgerChange> changes);

    /// <summary>
    /// An act on stored pledges is on disk, and whoever asked for it waits for this before it is told so. Not on the writer's
    /// thread: signatures go on meanwhile.
    /// </summary>
    /// <returns>Never fails: the act is done.</returns>
    Task BeforeActIsAnsweredAsync() => Task.CompletedTask;
}
