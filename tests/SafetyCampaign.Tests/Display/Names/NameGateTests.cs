using SafetyCampaign.Campaigns;
using SafetyCampaign.Display.Names;
using SafetyCampaign.Display.Scenes;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Schools;

namespace SafetyCampaign.Tests.Display.Names;

/// <summary>No name comes onto a stage but through this gate, and none stays there longer than its family wants.</summary>
public sealed class NameGateTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private readonly HttpClient phone = app.CreateClient();
    private readonly NameGate gate = app.Get<NameGate>();

    /// <summary>Of the scene: what is asked for with a new one is not remembered. The program itself is far from this one.</summary>
    private long version = 1_000_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Names_come_masked_and_wait_for_the_host_in_the_order_of_signing()
    {
        var e = await SeedAsync();
        await AgreeAsync(e, "王小明", "王芳");

        Assert.Equal(["王**", "王*"], await WaitingAsync(e));
        Assert.Empty(await ShownAsync(e));
        await DecideAsync(e, approved: true);
        await AgreeAsync(e, "欧阳娜娜", "John Smith");

        Assert.Equal(["欧**", "J**"], await WaitingAsync(e));
        Assert.Equal(["王*", "王**"], await ShownAsync(e));
    }

    [Fact]
    public async Task A_name_that_was_typed_on_a_class_device_waits_for_the_host_like_any_other()
    {
        var e = await SeedAsync();
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        var request = ClassSigning.Pupil("王小明");
        request["consents"]!["showMaskedName"] = true;

        (await phone.SendToClassAsync(secret, request)).EnsureSuccessStatusCode();

        Assert.Equal(["王**"], await WaitingAsync(e));
        Assert.Empty(await ShownAsync(e));
    }

    [Fact]
    public async Task A_guardian_who_typed_no_name_is_called_after_the_masked_child()
    {
        var e = await SeedAsync();
        var request = Signing.FamilyByHand(e);
        request["consents"]!["showMaskedName"] = true;
        await phone.SignAsync(e.Code, request);

        Assert.Equal(["王**", "王**的奶奶／外婆"], await WaitingAsync(e));
    }

    [Fact]
    public async Task A_family_that_did_not_agree_does_not_even_come_to_the_host()
    {
        var e = await SeedAsync();
        await phone.SignAsync(e.Code, Signing.Family(e));

        Assert.Empty(await WaitingAsync(e));
    }

    [Fact]
    public async Task An_event_that_shows_no_names_shows_none_and_asks_about_none()
    {
        var e = await SeedAsync();
        await AgreeAsync(e);
        await DecideAsync(e, approved: true);
        await AgreeAsync(e, "李晓雨", "李明");

        await app.ChangeEventAsync(e.Id, gathering => gathering.ShowNames(false));

        Assert.Empty(await ShownAsync(e));
        Assert.Empty(await WaitingAsync(e));
    }

    [Fact]
    public async Task A_name_that_was_refused_is_not_asked_about_again_and_one_on_the_stage_can_be_taken_off()
    {
        var e = await SeedAsync();
        await AgreeAsync(e);
        await DecideAsync(e, approved: true);
        Assert.Equal(2, (await ShownAsync(e)).Count);
        var taken = (await gate.ShownAsync(await PublishedAsync(e), version, Cancellation))[0];
        await gate.DecideAsync(await PublishedAsync(e), [taken.Sequence], approved: false, Cancellation);

        Assert.Equal(["王**"], await ShownAsync(e));
        Assert.Empty(await WaitingAsync(e));
    }

    [Theory]
    [InlineData("withdraw")]
    [InlineData("erase")]
    [InlineData("invalidate")]
    [InlineData("withdraw the consent alone")]
    public async Task A_name_goes_with_its_pledge(string act)
    {
        var e = await SeedAsync();
        var receipt = await AgreeAsync(e);
        await DecideAsync(e, approved: true);
        Assert.Equal(2, (await ShownAsync(e)).Count);
        var signed = (await app.Get<Receipts>().FindAsync(receipt, Cancellation))!.Receipt.Sequence;

        var ledger = app.Get<PledgeLedger>();
        Func<Task> done = act switch
        {
            "withdraw" => () => ledger.WithdrawAsync(signed),
            "erase" => () => ledger.EraseAsync(signed),
            "withdraw the consent alone" => () => ledger.WithdrawMaskedNameAsync(signed),
            _ => () => ledger.InvalidateAsync([signed], by: 1),
        };
        await done();

        await gate.HasLeftAsync(await PublishedAsync(e), Cancellation); // or in the background before the answer
        Assert.Empty(await ShownAsync(e));
    }

    [Fact]
    public async Task Names_of_the_rehearsal_are_practised_with_and_gone_when_signing_opens()
    {
        var e = await SeedAsync(EventState.Rehearsal);
        await AgreeAsync(e);
        await DecideAsync(e, approved: true);
        Assert.Equal(2, (await ShownAsync(e)).Count);

        await app.ChangeEventAsync(e.Id, gathering => gathering.Open(DateTimeOffset.UnixEpoch));

        Assert.Empty(await ShownAsync(e));
        Assert.Empty(await WaitingAsync(e));
    }

    [Fact]
    public async Task What_belongs_to_another_event_cannot_be_let_through_here()
    {
        var (e, other) = (await SeedAsync(), await SeedAsync());
        await AgreeAsync(other);
        var theirs = await gate.WaitingAsync(await PublishedAsync(other), 10, Cancellation);

        await gate.DecideAsync(await PublishedAsync(e), [.. theirs.Select(name => name.Sequence)], approved: true, Cancellation);

        Assert.Empty(await ShownAsync(e));
        Assert.Empty(await ShownAsync(other));
        Assert.Equal(2, (await WaitingAsync(other)).Count);
    }

    [Fact]
    public async Task No_more_names_are_shown_than_a_stage_has_room_for()
    {
        var e = await SeedAsync();
        for (var i = 0; i < 7; i++)
            await AgreeAsync(e, $"王小{i}", $"王芳{i}");

        await DecideAsync(e, approved: true);

        Assert.Equal(StageScene.MaxNames, (await ShownAsync(e)).Count);
    }

    private async Task<SeededEvent> SeedAsync(EventState state = EventState.Open)
    {
        var e = await app.SeedEventAsync(state);
        await app.ChangeEventAsync(e.Id, gathering => gathering.ShowNames(true));
        return e;
    }

    /// <summary>A family signs and agrees to be shown; the secret of its receipt.</summary>
    private async Task<string> AgreeAsync(SeededEvent e, string child = "王小明", string parent = "王芳")
    {
        var request = Signing.Family(e, child, parent);
        request["consents"]!["showMaskedName"] = true;
        return (await (await phone.SignAsync(e.Code, request)).JsonAsync())["receipt"]!.GetValue<string>();
    }

    private async Task<PublishedEvent> PublishedAsync(SeededEvent e) => (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!;

    private async Task<IReadOnlyList<string>> WaitingAsync(SeededEvent e) =>
        [.. (await gate.WaitingAsync(await PublishedAsync(e), 20, Cancellation)).Select(name => name.Name)];

    private async Task<IReadOnlyList<string>> ShownAsync(SeededEvent e) =>
        [.. (await gate.ShownAsync(await PublishedAsync(e), ++version, Cancellation)).Select(name => name.Name)];

    private async Task DecideAsync(SeededEvent e, bool approved)
    {
        var waiting = await gate.WaitingAsync(await PublishedAsync(e), 20, Cancellation);
        await gate.DecideAsync(await PublishedAsync(e), [.. waiting.Select(name => name.Sequence)], approved, Cancellation);
    }
}
