using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Organizing.Events.Signers;

/// <summary>What the list is sorted by where names sort it.</summary>
/// <param name="Name">Null once it is erased.</param>
internal sealed record NamedSigner(long Sequence, string? Name);

/// <summary>
/// A page of the list in the order of names (<see cref="NameOrder"/>), which no two databases have in common: the names that are asked
/// for are read in parts, and of them only those of the page are kept. A column with a key to sort by would be the name once more,
/// to be erased with it and indexed on the table that signing writes to. A page of 20,000 signers takes some 50 ms, of 200,000 some 300
/// ms; what is held at once does not grow with them.
/// </summary>
internal static class SignersByName
{
    /// <summary>Names in memory at once, beside those of the page.</summary>
    private const int BatchSize = 5000;

    /// <summary>The sequence numbers of at most <paramref name="rows"/> pledges in the order of the list.</summary>
    /// <param name="asked">The pledges that are asked for.</param>
    /// <param name="after">The last pledge of the page before; null for the first page.</param>
    public static async Task<IReadOnlyList<long>> PageAsync(
        IQueryable<Pledge> asked, bool descending, NamedSigner? after, int rows, CancellationToken cancellationToken)
    {
        var order = new Order(descending);
        // Its first is the last of the page: the one that goes when another belongs before it.
        var page = new PriorityQueue<NamedSigner, NamedSigner>(Comparer<NamedSigner>.Create((x, y) => order.Compare(y, x)));
        var (read, last) = (BatchSize, long.MaxValue);
        while (read == BatchSize)
        {
            var before = last;
            var part = await asked.Where(p => p.Sequence < before).OrderByDescending(p => p.Sequence)
                .Select(p => new NamedSigner(p.Sequence, SignerName.Of(p.Name, p.Relation, p.SignatureKind))).Take(BatchSize)
                .ToListAsync(cancellationToken);
            foreach (var signer in part.Where(signer => after is null || order.Compare(signer, after) > 0))
                if (page.Count < rows)
                    page.Enqueue(signer, signer);
                else if (order.Compare(signer, page.Peek()) < 0)
                    page.DequeueEnqueue(signer, signer);
            (read, last) = (part.Count, part.Count > 0 ? part[^1].Sequence : 0);
        }
        return [.. page.UnorderedItems.Select(item => item.Element).Order(order).Select(signer => signer.Sequence)];
    }

    /// <summary>Those without a name at the end, whichever way; of one name the last who signed first.</summary>
    private sealed class Order(bool descending) : IComparer<NamedSigner>
    {
        public int Compare(NamedSigner? x, NamedSigner? y)
        {
            var order = (x!.Name is null).CompareTo(y!.Name is null);
            if (order == 0)
                order = NameOrder.Instance.Compare(x.Name, y.Name) * (descending ? -1 : 1);
            return order != 0 ? order : y.Sequence.CompareTo(x.Sequence);
        }
    }
}
