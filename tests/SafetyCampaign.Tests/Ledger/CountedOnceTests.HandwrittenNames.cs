using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Intake;
using SafetyCampaign.Ledger;
using SafetyCampaign.Organizing.Events.Review;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Ledger;

/// <summary>Guardians whose names stand in the handwriting alone are told apart by what they are to the child.</summary>
public abstract partial class CountedOnceTests
{
    [Fact]
    public async Task Two_relations_of_one_child_are_two_people_and_the_child_is_one_after_a_restart_too()
    {
        await SignAsync(ByHand("王小明", "grandmother"));
        await SignAsync(ByHand("王小明", "mother"));
        await AssertCountsAsync(students: 1, guardians: 2, families: 1);
        await app.RestartAsync();
        phone = app.CreateClient();

        await SignAsync(ByHand("王小明", "grandfather"));

        await AssertCountsAsync(students: 1, guardians: 3, families: 1);
    }

    [Fact]
    public async Task The_same_relation_of_a_listed_child_is_one_person_and_an_organizer_can_separate_it()
    {
        await ListAsync((1, "王小明"));
        await SignAsync("王小明", "李芳", "mother");
        await SignAsync(ByHand("王小明", "grandmother")); // 3 and 4
        await SignAsync(ByHand("王小明", "grandmother")); // 5 and 6
        await AssertCountsAsync(students: 1, guardians: 2, families: 1);
        await app.RestartAsync();
        phone = app.CreateClient();
        await SignAsync(ByHand("王小明", "grandmother")); // 7 and 8
        await AssertCountsAsync(students: 1, guardians: 2, families: 1);

        Assert.True(await Ledger.SeparateAsync(6, By)); // grandmothers of both sides
        await AssertCountsAsync(students: 1, guardians: 3, families: 1);
        Assert.True(await Ledger.WithdrawAsync(3));
        await AssertCountsAsync(students: 1, guardians: 3, families: 1); // the last one takes the first one's place
    }

    [Fact]
    public async Task One_who_typed_a_name_is_never_merged_with_one_who_wrote_it_and_the_organizer_is_shown_both()
    {
        await SignAsync("王小明", "李芳", "grandmother");
        await SignAsync(ByHand("王小明", "grandmother"));
        await SignAsync(ByHand("赵小雨", "mother"));
        await SignAsync(ByHand("赵小雨", "mother")); // of a child on no list: perhaps two children of one name

        await AssertCountsAsync(students: 4, guardians: 4, families: 4);
        await using var db = app.OpenStore();
        var published = (await app.Get<PublishedEvents>().FindAsync(e.Code, Cancellation))!;
        Assert.Equal(2, (await Duplicates.FindAsync(db, app.Get<EventSequences>(), published)).Count(likeness => likeness.IsOpen));

        await ListAsync((7, "孙三"));
        await SignAsync("孙三", "孙芳", "mother");
        await SignAsync(ByHand("孙三", "mother"));
        await AssertCountsAsync(students: 5, guardians: 6, families: 5);
    }

    [Fact]
    public async Task A_guardian_who_signs_alone_by_slips_is_one_of_each_relation()
    {
        await ListAsync((1, "王小明"));
        await FromAsync(SigningChannel.Relay, "王小明", listed[0]);
        await GuardianByHandAsync(listed[0], "grandmother");
        await GuardianByHandAsync(listed[0], "grandmother");
        await AssertCountsAsync(students: 1, guardians: 1, families: 1);

        await SignAsync(ByHand("王小明", "grandmother"));
        await AssertCountsAsync(students: 1, guardians: 1, families: 1);
        await GuardianByHandAsync(listed[0], "father");
        await AssertCountsAsync(students: 1, guardians: 2, families: 1);
        Assert.True(await Ledger.WithdrawAsync(2)); // the grandmother's first
        await AssertCountsAsync(students: 1, guardians: 2, families: 1);
    }

    [Fact]
    public async Task Once_the_name_is_known_it_is_that_name_and_the_child_keeps_its_family()
    {
        await SignAsync(ByHand("王小明", "grandmother"));

        Assert.True(await Ledger.CorrectAsync(1,
            [new("王小明", e.Primary, null), new("李桂兰", e.Primary, GuardianRelation.Grandmother)]));

        await using var db = app.OpenStore();
        var guardian = await db.Pledges.SingleAsync(p => p.Role == SignerRole.Guardian, Cancellation);
        Assert.Equal(("李桂兰", SignatureKind.Handwritten), (guardian.Name, guardian.SignatureKind));
        await SignAsync(ByHand("王小明", "mother"));
        await AssertCountsAsync(students: 1, guardians: 2, families: 1);
        Assert.True(await Ledger.EraseAsync(1));
        await AssertCountsAsync(students: 1, guardians: 2, families: 1);
    }

    private JsonObject ByHand(string child, string relation) =>
        Signing.Request(e.Primary, [Child(child, null), Signing.GuardianByHand(relation)], guardianConsents: true);

    private async Task GuardianByHandAsync(int entry, string relation)
    {
        var published = (await app.Get<PublishedEvents>().FindAsync(e.Code, Cancellation))!;
        var request = new SignRequest
        {
            Key = Guid.CreateVersion7(),
            TextVersions = new Dictionary<string, int> { ["guardian"] = 1 },
            ClassId = e.Primary,
            Signers =
                [new SignerRequest { Role = "guardian", Relation = relation, Signature = Ink.Signature, HandwrittenName = true }],
            Consents = new ConsentsRequest { Guardian = true },
            Seat = entry,
        };
        Assert.IsType<SignResult.Signed>(await app.Get<PledgeIntake>().SignAsync(
            published, request, SigningChannel.Slip, new Voucher(VoucherKind.Slip, 7), Cancellation));
    }
}
