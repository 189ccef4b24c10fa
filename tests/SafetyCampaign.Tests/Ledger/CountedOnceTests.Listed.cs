using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Intake;
using SafetyCampaign.Ledger;
using SafetyCampaign.Organizing.Events.Review;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Tests.Ledger;

/// <summary>A pupil on the list of a class is one child, through whichever channel it signs and whoever signs with it.</summary>
public abstract partial class CountedOnceTests
{
    private int[] listed = [];

    [Fact]
    public async Task A_pupil_of_the_relay_whose_mother_and_father_sign_at_home_counts_once_and_as_one_family()
    {
        await ListAsync((1, "王小明"), (2, "王小红"));
        await FromAsync(SigningChannel.Relay, "王小明", listed[0]);
        await AssertCountsAsync(students: 1, guardians: 0, families: 0);

        await SignAsync("王小明", "李芳", "mother");
        await SignAsync("王小明", "李芳", "mother"); // a second time: of a pupil on no list it would be shown to the organizer
        await SignAsync("王小明", "王刚", "father");
        await AssertCountsAsync(students: 1, guardians: 2, families: 1);

        Assert.True(await Ledger.WithdrawAsync(2)); // the mother's first: her second counts in its place
        await AssertCountsAsync(students: 1, guardians: 2, families: 1);
        Assert.True(await Ledger.WithdrawAsync(1)); // the relay's
        await AssertCountsAsync(students: 1, guardians: 2, families: 1);
        await FromAsync(SigningChannel.Relay, "王小明", listed[0]);
        await AssertCountsAsync(students: 1, guardians: 2, families: 1);
    }

    [Fact]
    public async Task A_name_that_the_list_has_once_is_that_pupil_and_one_that_it_has_twice_is_left_to_the_organizer()
    {
        await ListAsync((1, "王小明"), (2, "赵小雨"), (3, "赵小雨"));
        await FromAsync(SigningChannel.Relay, "王小明", seat: null);
        await FromAsync(SigningChannel.Relay, "赵小雨", listed[1]);
        await FromAsync(SigningChannel.Relay, "赵小雨", listed[2]);
        await SignAsync("王　小明", "李芳", "mother");
        await AssertCountsAsync(students: 3, guardians: 1, families: 1);
        await using var db = app.OpenStore();
        var published = (await app.Get<PublishedEvents>().FindAsync(e.Code, Cancellation))!;
        Assert.DoesNotContain(await Duplicates.FindAsync(db, app.Get<EventSequences>(), published), likeness => likeness.IsOpen);

        await SignAsync("赵小雨", "赵敏", "mother");

        await AssertCountsAsync(students: 4, guardians: 2, families: 2);
        Assert.Single(await Duplicates.FindAsync(db, app.Get<EventSequences>(), published),
            likeness => likeness is { IsOpen: true, Pledges.Count: 3 });
        Assert.Equal([listed[0], listed[1], listed[2], listed[0], null], await db.Pledges.Where(p => p.Role == SignerRole.Student)
            .OrderBy(p => p.Sequence).Select(p => p.RosterEntryId).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task What_was_signed_before_there_was_a_list_is_joined_by_its_name_and_an_entry_of_another_class_is_as_good_as_none()
    {
        await SignAsync("王小明", "李芳", "mother");
        await ListAsync((1, "王小明"));
        await FromAsync(SigningChannel.Relay, "王小明", listed[0]);
        await AssertCountsAsync(students: 1, guardians: 1, families: 1);

        await app.RestartAsync();
        phone = app.CreateClient();
        await SignAsync("王小明", "李芳", "mother");
        await FromAsync(SigningChannel.Relay, "王小明", listed[0] + 1000);

        await AssertCountsAsync(students: 1, guardians: 1, families: 1);
    }

    [Fact]
    public async Task Merged_and_separated_pledges_of_a_pupil_leave_one_that_later_ones_count_with()
    {
        await ListAsync((1, "王小明"));
        await SignAsync("王小名", "李芳", "mother"); // misspelled: 1 and 2
        await FromAsync(SigningChannel.Relay, "王小明", listed[0]); // 3
        Assert.True(await Ledger.MergeAsync(3, 1, By));
        await FromAsync(SigningChannel.Relay, "王小明", listed[0]); // 5, after the act
        await AssertCountsAsync(students: 1, guardians: 1, families: 1);

        Assert.True(await Ledger.SeparateAsync(5, By)); // found to be another pupil
        await FromAsync(SigningChannel.Relay, "王小明", listed[0]);
        await AssertCountsAsync(students: 2, guardians: 1, families: 1);

        await using var db = app.OpenStore();
        Assert.Equal([null, listed[0], null, listed[0]], await db.Pledges.Where(p => p.Role == SignerRole.Student)
            .OrderBy(p => p.Sequence).Select(p => p.RosterEntryId).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task A_guardian_who_signs_alone_for_a_child_that_has_signed_makes_the_family_once_and_whatever_is_taken_back_counts_right()
    {
        await ListAsync((1, "王小明"), (2, "王小红"));
        await FromAsync(SigningChannel.Relay, "王小明", listed[0]); // 1
        await GuardianAsync("李芳", listed[0]); // 2
        await AssertCountsAsync(students: 1, guardians: 1, families: 1);
        await GuardianAsync("王刚", listed[0]); // 3
        await SignAsync("王小明", "王强", "father"); // 4 and 5
        await AssertCountsAsync(students: 1, guardians: 3, families: 1);

        await app.RestartAsync();
        phone = app.CreateClient();
        await GuardianAsync("赵敏", listed[0]); // 6
        await AssertCountsAsync(students: 1, guardians: 4, families: 1);

        Assert.True(await Ledger.WithdrawAsync(2));
        await AssertCountsAsync(students: 1, guardians: 3, families: 1);
        await Ledger.InvalidateAsync([4], By); // the family's request: the guardians who signed alone make it
        await AssertCountsAsync(students: 1, guardians: 2, families: 1);
        await Ledger.InvalidateAsync([1], By); // the child's own: nobody is left for whom they signed
        await AssertCountsAsync(students: 0, guardians: 2, families: 0);
        await Ledger.ReinstateAsync([1], By);
        await AssertCountsAsync(students: 1, guardians: 2, families: 1);
        Assert.True(await Ledger.EraseAsync(1, By)); // it counts as before
        await AssertCountsAsync(students: 1, guardians: 2, families: 1);
        Assert.True(await Ledger.EraseAsync(3, By));
        await AssertCountsAsync(students: 1, guardians: 2, families: 1);
    }

    [Fact]
    public async Task The_time_of_signing_is_the_devices_where_that_can_be()
    {
        var now = app.Get<TimeProvider>().GetUtcNow();
        var at = (await app.Get<PublishedEvents>().FindAsync(e.Code, Cancellation))!.OpenedAt!.Value;

        await FromAsync(SigningChannel.Relay, "王小明", null, at);
        await FromAsync(SigningChannel.Relay, "王小红", null, at.AddDays(-1));
        await FromAsync(SigningChannel.Relay, "赵小雨", null, now.AddDays(1));

        await using var db = app.OpenStore();
        var stored = await db.Pledges.OrderBy(p => p.Sequence).Select(p => p.SignedAt).ToListAsync(Cancellation);
        Assert.Equal(at, stored[0]);
        Assert.All(stored, signedAt => Assert.InRange(signedAt, at, now.AddHours(1)));
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public async Task Whatever_channels_a_class_signs_through_and_whatever_is_taken_back_each_pupil_counts_at_most_once(int seed)
    {
        var random = new Random(seed);
        string[] names = ["王小明", "王小红", "赵小雨", "赵小雨"];
        await SignAsync("王小明", "李芳", "other"); // before there is a list
        await ListAsync((1, names[0]), (2, names[1]), (3, names[2]), (4, names[3]));
        for (var i = 0; i < 40; i++)
        {
            var (pupil, any) = (random.Next(4), random.Next(1, 50));
            switch (random.Next(10))
            {
                case 0 or 1: await FromAsync(SigningChannel.Relay, names[pupil], listed[pupil]); break;
                case 2: await FromAsync(SigningChannel.Paper, names[pupil], listed[pupil]); break;
                case 3 when random.Next(2) == 0: await GuardianAsync(random.GetItems(["李芳", "王刚"], 1)[0], listed[pupil]); break;
                case 3: await FromAsync(SigningChannel.Slip, names[pupil], listed[pupil]); break;
                case 4 or 5: await SignAsync(names[pupil % 2], random.GetItems(["李芳", "王刚"], 1)[0], "mother"); break;
                case 6: await Ledger.WithdrawAsync(any); break;
                case 7: await Ledger.InvalidateAsync([any], By); break;
                case 8: await Ledger.ReinstateAsync([any], By); break;
                default:
                    if (random.Next(3) == 0)
                    {
                        await app.RestartAsync();
                        phone = app.CreateClient();
                    }
                    break;
            }
            await using var db = app.OpenStore();
            var counted = await db.Pledges.Where(CountingRule.CountedPledge).Where(p => p.Role == SignerRole.Student && p.Name != null)
                .Select(p => new { p.Name, p.RosterEntryId }).ToListAsync(Cancellation);
            Assert.Distinct(counted.Select(p => p.RosterEntryId ?? listed[Array.IndexOf(names, p.Name)]));
            var families = await db.Pledges.CountAsync(p => p.Family && p.WithdrawnAt == null && p.InvalidatedAt == null, Cancellation);
            Assert.InRange(families, 0, counted.Count);
        }
        Assert.Equal(0, await app.Get<TallyRecount>().RunAsync(Cancellation));
    }

    /// <summary>A guardian alone, by the slip of a pupil.</summary>
    private async Task GuardianAsync(string name, int entry)
    {
        var published = (await app.Get<PublishedEvents>().FindAsync(e.Code, Cancellation))!;
        var request = new SignRequest
        {
            Key = Guid.CreateVersion7(),
            TextVersions = new Dictionary<string, int> { ["guardian"] = 1 },
            ClassId = e.Primary,
            Signers = [new SignerRequest { Role = "guardian", Name = name, Typed = true }],
            Consents = new ConsentsRequest { Guardian = true },
            Seat = entry,
        };
        Assert.IsType<SignResult.Signed>(await app.Get<PledgeIntake>().SignAsync(
            published, request, SigningChannel.Slip, new Voucher(VoucherKind.Slip, 7), Cancellation));
    }

    private async Task ListAsync(params (int? Seat, string Name)[] pupils) =>
        listed = await app.SeedRosterAsync(e, e.Primary, pupils);

    /// <summary>A pupil alone, through a channel of the school.</summary>
    [Theory]
    [InlineData(SigningChannel.Paper)]
    [InlineData(SigningChannel.Relay)]
    public async Task A_pupil_whose_paper_or_class_comes_after_closing_and_a_restart_is_the_one_that_had_signed(SigningChannel channel)
    {
        await ListAsync((1, "王小明"));
        await SignAsync("王小明", "李芳", "mother");
        var signedAt = app.Get<TimeProvider>().GetUtcNow();
        await app.ChangeEventAsync(e.Id, gathering => gathering.Close(signedAt.AddMilliseconds(1)));
        await app.RestartAsync();
        phone = app.CreateClient();

        await FromAsync(channel, "王小明", listed[0], channel == SigningChannel.Relay ? signedAt : null);

        await AssertCountsAsync(students: 1, guardians: 1, families: 1);
    }

    [Fact]
    public async Task A_pupil_is_the_one_that_had_signed_at_an_event_that_was_closed_long_ago_and_is_opened_again_after_a_restart()
    {
        await ListAsync((1, "王小明"));
        await SignAsync("王小明", "李芳", "mother");
        var now = app.Get<TimeProvider>().GetUtcNow();
        await app.ChangeEventAsync(e.Id, gathering => gathering.Close(now - TimeSpan.FromDays(30)));
        await app.RestartAsync();
        phone = app.CreateClient();
        await app.ChangeEventAsync(e.Id, gathering => gathering.Open(now));

        await FromAsync(SigningChannel.Relay, "王小明", listed[0]);
        await SignAsync("王小明", "王刚", "father");

        await AssertCountsAsync(students: 1, guardians: 2, families: 1);
    }

    private async Task FromAsync(SigningChannel channel, string name, int? seat, DateTimeOffset? signedAt = null)
    {
        var published = (await app.Get<PublishedEvents>().FindAsync(e.Code, Cancellation))!;
        var request = new SignRequest
        {
            Key = Guid.CreateVersion7(),
            TextVersions = new Dictionary<string, int> { ["student"] = 1 },
            ClassId = e.Primary,
            Signers =
                [new SignerRequest { Role = "student", Name = name, Signature = channel == SigningChannel.Paper ? null : Ink.Signature }],
            Seat = seat,
            SignedAt = signedAt,
        };
        var voucher = new Voucher(channel == SigningChannel.Slip ? VoucherKind.Slip : VoucherKind.ClassLink, 7, HoldsGuardianConsent: true);
        Assert.IsType<SignResult.Signed>(await app.Get<PledgeIntake>().SignAsync(published, request, channel, voucher, Cancellation));
    }
}
