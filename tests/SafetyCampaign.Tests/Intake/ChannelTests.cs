using System.Net;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Intake;
using SafetyCampaign.Ledger;
using SafetyCampaign.Pledging;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Intake;

/// <summary>Every channel comes in by the same door, and each by rules of its own.</summary>
public abstract class ChannelTests(CampaignApp app)
{
    private static readonly Voucher ClassLink = new(VoucherKind.ClassLink, 7, HoldsGuardianConsent: true);
    private static readonly Voucher Account = new(VoucherKind.Organizer, 3);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pupil_of_the_relay_comes_in_alone_where_the_school_holds_the_consent()
    {
        var e = await app.SeedEventAsync();

        var receipt = Signed(await SignAsync(e, Of(e.Primary, Drawn("student")), SigningChannel.Relay, ClassLink));

        var (pledge, strokes) = Assert.Single(await StoredAsync(e));
        Assert.Equal((SigningChannel.Relay, SignatureKind.Handwritten, true), (pledge.Channel, pledge.SignatureKind, strokes));
        Assert.Equal((VoucherKind.ClassLink, 7, true), (pledge.VoucherKind, pledge.VoucherId, pledge.GuardianConsent));
        Assert.Equal(1, receipt.Number);
        using var anyone = app.CreateClient();
        Assert.Equal(1, await anyone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task A_row_of_a_paper_sheet_comes_in_with_who_transcribed_it_and_without_strokes()
    {
        var e = await app.SeedEventAsync();
        var sheet = Of(e.Primary, OnPaper("student"), OnPaper("guardian"));
        sheet.Consents = new ConsentsRequest { Guardian = true };

        Signed(await SignAsync(e, sheet, SigningChannel.Paper, Account));

        var rows = await StoredAsync(e);
        Assert.All(rows, row => Assert.Equal((SignatureKind.OnPaper, false), (row.Pledge.SignatureKind, row.HasStrokes)));
        Assert.Equal([SigningChannel.Paper, SigningChannel.Paper], rows.Select(row => row.Pledge.Channel));
        // What belongs to the whole request stands on its first row.
        Assert.Equal([(VoucherKind.Organizer, 3), (null, null)], rows.Select(row => (row.Pledge.VoucherKind, row.Pledge.VoucherId)));
    }

    [Fact]
    public async Task Somebody_who_cannot_write_makes_a_mark_before_a_witness()
    {
        var e = await app.SeedEventAsync();
        var grandmother = Drawn("guardian");
        grandmother.Mark = true;

        Signed(await SignAsync(e, Of(null, grandmother), SigningChannel.Assisted, Account));

        var (pledge, strokes) = Assert.Single(await StoredAsync(e));
        Assert.Equal((SigningChannel.Assisted, SignatureKind.Mark, true), (pledge.Channel, pledge.SignatureKind, strokes));
        Assert.Equal((VoucherKind.Organizer, 3), (pledge.VoucherKind, pledge.VoucherId));
    }

    [Fact]
    public async Task A_family_signs_the_slip_that_the_child_took_home()
    {
        var e = await app.SeedEventAsync();
        var family = Of(e.Primary, Drawn("student"), Drawn("guardian"));
        family.Consents = new ConsentsRequest { Guardian = true };

        Signed(await SignAsync(e, family, SigningChannel.Slip, new Voucher(VoucherKind.Slip, 90)));

        var rows = await StoredAsync(e);
        Assert.Equal([(VoucherKind.Slip, 90), (null, null)], rows.Select(row => (row.Pledge.VoucherKind, row.Pledge.VoucherId)));
    }

    [Fact]
    public async Task A_request_that_comes_again_has_the_receipt_it_had()
    {
        var e = await app.SeedEventAsync();
        var request = Of(e.Primary, Drawn("student"));
        var first = Signed(await SignAsync(e, request, SigningChannel.Relay, ClassLink));

        var again = Assert.IsType<SignResult.Signed>(await SignAsync(e, request, SigningChannel.Relay, ClassLink));

        Assert.Equal((first, true), (again.Receipt, again.IsRepeat));
    }

    [Fact]
    public async Task A_mark_is_other_content_than_a_signature()
    {
        var e = await app.SeedEventAsync();
        var request = Of(null, Drawn("guardian"));
        Signed(await SignAsync(e, request, SigningChannel.Assisted, Account));
        request.Signers![0].Mark = true;

        Assert.IsType<SignResult.KeyTaken>(await SignAsync(e, request, SigningChannel.Assisted, Account));
    }

    [Theory]
    [InlineData(SigningChannel.Relay, VoucherKind.ClassLink)]
    [InlineData(SigningChannel.Slip, VoucherKind.Slip)]
    [InlineData(SigningChannel.Paper, VoucherKind.ClassLink)]
    [InlineData(SigningChannel.Assisted, VoucherKind.Organizer)]
    public async Task Where_the_school_holds_no_consent_a_pupil_needs_a_guardian_beside_it(SigningChannel channel, VoucherKind voucher)
    {
        var e = await app.SeedEventAsync();
        var pupil = channel == SigningChannel.Paper ? OnPaper("student") : Drawn("student");

        Refused(["consents.guardian", "signers"], await SignAsync(e, Of(e.Primary, pupil), channel, new Voucher(voucher, 7)));
        Signed(await SignAsync(e, Of(e.Primary, pupil), channel, new Voucher(voucher, 7, HoldsGuardianConsent: true)));
        Signed(await SignAsync(e, Of(e.Senior, pupil), channel, new Voucher(voucher, 7)));
    }

    [Fact]
    public async Task A_guardian_who_signs_too_is_asked_itself_whatever_the_school_holds()
    {
        var e = await app.SeedEventAsync();

        var family = Of(e.Primary, Drawn("student"), Drawn("guardian"));
        Refused(["consents.guardian"], await SignAsync(e, family, SigningChannel.Relay, ClassLink));
    }

    [Theory]
    [InlineData(SigningChannel.Relay, null)]
    [InlineData(SigningChannel.Relay, VoucherKind.Organizer)]
    [InlineData(SigningChannel.Relay, VoucherKind.Slip)]
    [InlineData(SigningChannel.Slip, null)]
    [InlineData(SigningChannel.Slip, VoucherKind.ClassLink)]
    [InlineData(SigningChannel.Paper, null)]
    [InlineData(SigningChannel.Paper, VoucherKind.Slip)]
    [InlineData(SigningChannel.Assisted, null)]
    [InlineData(SigningChannel.Assisted, VoucherKind.Slip)]
    [InlineData(SigningChannel.Phone, VoucherKind.ClassLink)]
    [InlineData(SigningChannel.Phone, VoucherKind.Organizer)]
    public async Task Who_does_not_vouch_for_a_channel_does_not_get_in(SigningChannel channel, VoucherKind? voucher)
    {
        var e = await app.SeedEventAsync();
        var teacher = channel == SigningChannel.Paper ? OnPaper("teacher") : Drawn("teacher");

        Refused(["voucher"], await SignAsync(e, Of(null, teacher), channel, voucher is { } kind ? new Voucher(kind, 7) : null));
        Assert.Empty(await StoredAsync(e));
    }

    [Theory]
    [InlineData(SigningChannel.Phone, SignatureKind.Handwritten, SignatureKind.Typed, SignatureKind.HandwrittenName)]
    [InlineData(SigningChannel.Relay, SignatureKind.Handwritten, SignatureKind.HandwrittenName)]
    [InlineData(SigningChannel.Slip, SignatureKind.Handwritten, SignatureKind.Typed, SignatureKind.HandwrittenName)]
    [InlineData(SigningChannel.Paper, SignatureKind.OnPaper)]
    [InlineData(SigningChannel.Assisted, SignatureKind.Handwritten, SignatureKind.Typed, SignatureKind.Mark, SignatureKind.HandwrittenName)]
    public async Task A_channel_takes_its_kinds_of_signature_and_no_others(SigningChannel channel, params SignatureKind[] taken)
    {
        var e = await app.SeedEventAsync();
        var vouchers = SigningChannelRules.Of(channel).Vouchers;
        var voucher = vouchers.Count == 0 ? null : new Voucher(vouchers[0], 7);
        foreach (var kind in Enum.GetValues<SignatureKind>())
        {
            var result = await SignAsync(e, Of(null, Signer(kind == SignatureKind.HandwrittenName ? "guardian" : "teacher", kind)),
                channel, voucher);
            if (taken.Contains(kind))
                Signed(result);
            else
                Refused(["signers[0].signature"], result);
        }
        Assert.Equal(taken, (await StoredAsync(e)).Select(row => row.Pledge.SignatureKind));
    }

    [Fact]
    public async Task A_pupil_of_the_relay_corrects_its_name_and_stays_covered_by_the_schools_consent()
    {
        var e = await app.SeedEventAsync();
        var receipt = Signed(await SignAsync(e, Of(e.Primary, Drawn("student")), SigningChannel.Relay, ClassLink));
        using var parent = app.CreateClient();

        var answer = await parent.PostAsync($"/r/{receipt.Address}/correct", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Form.Signers[0].Name"] = "王晓明",
            ["Form.Signers[0].Class"] = $"{e.OtherPrimary}",
        }), Cancellation);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(("王晓明", e.OtherPrimary), (await StoredAsync(e)).Select(row => (row.Pledge.Name, row.Pledge.ClassId)).Single());
    }

    [Fact]
    public async Task The_receipt_tells_who_vouched_and_what_stands_for_the_signature()
    {
        var e = await app.SeedEventAsync();
        var receipt = Signed(await SignAsync(e, Of(null, OnPaper("teacher")), SigningChannel.Paper, Account));
        using var signer = app.CreateClient("en");

        Assert.Contains("Signed on paper", await signer.GetStringAsync($"/r/{receipt.Address}", Cancellation), StringComparison.Ordinal);
        var data = await signer.GetStringAsync($"/r/{receipt.Address}/data", Cancellation);
        Assert.Contains("Signed on paper", data, StringComparison.Ordinal);
        Assert.Contains("account (no. 3)", data, StringComparison.Ordinal);
        var file = await (await signer.GetAsync($"/r/{receipt.Address}/data?handler=File", Cancellation)).JsonAsync();
        Assert.Equal("OnPaper", (string?)file["pledges"]![0]!["otherSignature"]);
        Assert.Equal("Organizer", (string?)file["voucher"]!["kind"]);
    }

    [Fact]
    public async Task The_certificate_draws_no_name_as_if_it_had_been_signed_by_hand()
    {
        var e = await app.SeedEventAsync();
        var receipt = Signed(await SignAsync(e, Of(null, OnPaper("teacher")), SigningChannel.Paper, Account));
        var signed = (await app.Get<Receipts>().FindAsync(receipt.Address, Cancellation))!;

        var certificate = app.Get<CertificateWriter>().Write(signed, (await app.Get<PublishedEvents>().FindAsync(e.Code, Cancellation))!);

        var signature = Assert.Single(certificate.Signatures);
        Assert.Null(signature.Handwriting);
        Assert.DoesNotContain(signed.Signers[0].Name!, signature.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_erased_it_no_longer_tells_which_slip_vouched()
    {
        var e = await app.SeedEventAsync();
        var receipt = Signed(await SignAsync(e, Of(e.Senior, Drawn("student")), SigningChannel.Slip, new Voucher(VoucherKind.Slip, 90)));

        await app.Get<PledgeLedger>().EraseAsync(receipt.Sequence);

        var (pledge, _) = Assert.Single(await StoredAsync(e));
        Assert.Equal((VoucherKind.Slip, null, SignatureKind.Handwritten), (pledge.VoucherKind, pledge.VoucherId, pledge.SignatureKind));
    }

    private async Task<SignResult> SignAsync(SeededEvent e, SignRequest request, SigningChannel channel, Voucher? voucher)
    {
        var published = await app.Get<PublishedEvents>().FindAsync(e.Code, Cancellation);
        if (channel == SigningChannel.Assisted)
            (request.Witness, request.Child) = (request.Witness ?? "陈志愿", "王小明");
        return await app.Get<PledgeIntake>().SignAsync(published!, request, channel, voucher, Cancellation);
    }

    private static SignRequest Of(int? classId, params SignerRequest[] signers) => new()
    {
        Key = Guid.CreateVersion7(),
        TextVersions = new Dictionary<string, int> { ["student"] = 1, ["guardian"] = 1, ["teacher"] = 1, ["volunteer"] = 1 },
        ClassId = classId,
        Signers = [.. signers],
    };

    private static SignerRequest Drawn(string role) => Signer(role, SignatureKind.Handwritten);

    private static SignerRequest OnPaper(string role) => Signer(role, SignatureKind.OnPaper);

    private static SignerRequest Signer(string role, SignatureKind kind) => new()
    {
        Role = role,
        Name = kind == SignatureKind.HandwrittenName ? null : role == "student" ? "王小明" : "王芳",
        Typed = kind == SignatureKind.Typed,
        Signature = kind is SignatureKind.Handwritten or SignatureKind.Mark or SignatureKind.HandwrittenName ? Ink.Signature : null,
        Mark = kind == SignatureKind.Mark,
        HandwrittenName = kind == SignatureKind.HandwrittenName,
        Relation = kind == SignatureKind.HandwrittenName ? "grandmother" : null,
    };

    private async Task<List<(Pledge Pledge, bool HasStrokes)>> StoredAsync(SeededEvent e)
    {
        await using var db = app.OpenStore();
        var pledges = await db.Pledges.AsNoTracking().Where(p => p.EventId == e.Id).OrderBy(p => p.Sequence).ToListAsync(Cancellation);
        var drawn = await db.Signatures.Select(s => s.Sequence).ToListAsync(Cancellation);
        return [.. pledges.Select(p => (p, drawn.Contains(p.Sequence)))];
    }

    private static Receipt Signed(SignResult result) => result switch
    {
        SignResult.Signed signed => signed.Receipt,
        SignResult.Invalid invalid => throw new Xunit.Sdk.XunitException($"Refused: {string.Join(", ", invalid.Errors.Keys)}"),
        _ => throw new Xunit.Sdk.XunitException(result.ToString()),
    };

    private static void Refused(string[] fields, SignResult result) =>
        Assert.Equal(fields, Assert.IsType<SignResult.Invalid>(result).Errors.Keys.Order());
}

public sealed class ChannelOnSqliteTests(CampaignApp app) : ChannelTests(app), IClassFixture<CampaignApp>;

public sealed class ChannelOnPostgresTests(PostgresApp app) : ChannelTests(app.Required), IClassFixture<PostgresApp>;
