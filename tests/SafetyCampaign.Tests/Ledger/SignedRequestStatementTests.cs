using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Ledger;

namespace SafetyCampaign.Tests.Ledger;

/// <summary>What is prepared once for a connection reads what that connection sees, and belongs to whoever asked.</summary>
public sealed class SignedRequestStatementTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private readonly HttpClient phone = app.CreateClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_prepared_on_a_connection_does_not_run_on_it_once_somebody_else_has_it()
    {
        var receipt = await phone.SignedAsync(await app.SeedEventAsync());
        var sequence = (await app.Get<Receipts>().FindAsync(receipt[3..], Cancellation))!.Receipt.Sequence;
        await using var reader = app.OpenStore();
        for (var opening = 0; opening < 2; opening++)
        {
            await reader.Database.OpenConnectionAsync(Cancellation);
            Assert.Equal(2, (await SignedRequestStatement.ReadAsync(reader, sequence, _ => true, Cancellation)).Count);
            await reader.Database.CloseConnectionAsync();
        }
        await using var other = app.OpenStore(); // on the connection that was given back
        await using var moment = other.BeginSnapshotTransaction();
        Assert.True(await other.Pledges.AnyAsync(p => p.Sequence == sequence && p.Name != null, Cancellation));

        await phone.PostAsync(receipt + "?handler=Erase", null, Cancellation);

        await reader.Database.OpenConnectionAsync(Cancellation);
        var read = await SignedRequestStatement.ReadAsync(reader, sequence, _ => true, Cancellation);
        Assert.All(read, row => Assert.Null(row.Pledge.Name));
        Assert.All(read, row => Assert.Null(row.Strokes));
    }

    [Fact]
    public async Task However_many_read_at_once_each_reads_what_it_asked_for()
    {
        var e = await app.SeedEventAsync();
        var families = new List<(string Receipt, string Child)>();
        foreach (var child in new[] { "张一", "张二", "张三", "张四", "张五", "张六", "张七", "张八" })
            families.Add((await phone.SignedAsync(e, child), child));
        var receipts = app.Get<Receipts>();

        await Task.WhenAll(Enumerable.Range(0, 400).Select(number => Task.Run(async () =>
        {
            var (receipt, child) = families[number % families.Count];
            var signed = await receipts.FindAsync(receipt[3..], Cancellation);
            Assert.Equal([child, "王芳"], signed!.Signers.Select(signer => signer.Name));
            Assert.All(signed.Signers, signer => Assert.NotNull(signer.Strokes));
        })));
    }

    [Fact]
    public async Task Nothing_is_read_beyond_the_request()
    {
        var e = await app.SeedEventAsync();
        var first = await phone.SignedAsync(e, "李一");
        await phone.SignedAsync(e, "李二");

        var sequence = (await app.Get<Receipts>().FindAsync(first[3..], Cancellation))!.Receipt.Sequence;
        await using var db = app.OpenStore();
        await db.Database.OpenConnectionAsync(Cancellation);

        var read = await SignedRequestStatement.ReadAsync(db, sequence, _ => true, Cancellation);
        Assert.Equal(["李一", "王芳"], read.Select(row => row.Pledge.Name));
        Assert.Empty(await SignedRequestStatement.ReadAsync(db, sequence, _ => false, Cancellation));
        Assert.Single(await SignedRequestStatement.ReadAsync(db, sequence + 1, _ => true, Cancellation)); // not the first of its request
    }
}
