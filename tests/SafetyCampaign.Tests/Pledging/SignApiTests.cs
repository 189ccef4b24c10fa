using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Pledging;

/// <summary>Signing through the API: each answer of the table in the README.</summary>
public abstract class SignApiTests(CampaignApp app) : SignApi(app)
{
    [Fact]
    public async Task A_family_that_signs_gets_its_number_and_a_receipt()
    {
        var e = await App.SeedEventAsync();

        var response = await Phone.SignAsync(e.Code, Signing.Family(e));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var answer = await response.JsonAsync();
        Assert.Equal(["number", "receipt", "signedAt", "verification"], answer.Select(p => p.Key).Order());
        Assert.Equal(1, answer["number"]!.GetValue<int>());
        Assert.Equal($"/r/{answer["receipt"]}", response.Headers.Location!.ToString());
        Assert.Equal(2, await Phone.PeopleAsync(e.Code));
        Assert.Equal(3, (await (await Phone.SignAsync(e.Code, Signing.Alone("teacher"))).JsonAsync())["number"]!.GetValue<int>());
    }

    [Fact]
    public async Task What_was_signed_is_in_the_store_when_the_answer_comes()
    {
        var e = await App.SeedEventAsync();
        var request = Signing.Family(e, child: "买买提・吐尔逊", parent: "𠮷 田");
        request.SignerOf(1).Remove("signature");
        request.SignerOf(1)["typed"] = true;

        await Phone.SignAsync(e.Code, request);

        await using var db = App.OpenStore();
        var rows = await db.Pledges.Where(p => p.EventId == e.Id).OrderBy(p => p.Sequence).ToListAsync(Cancellation);
        Assert.Equal(["买买提·吐尔逊", "𠮷田"], rows.Select(r => r.Name));
        Assert.Equal([SignerRole.Student, SignerRole.Guardian], rows.Select(r => r.Role));
        Assert.Equal([null, GuardianRelation.Mother], rows.Select(r => r.Relation));
        Assert.Equal([SignatureKind.Handwritten, SignatureKind.Typed], rows.Select(r => r.SignatureKind));
        Assert.All(rows, r => Assert.Equal((e.Primary, SigningChannel.Phone, false), (r.ClassId, r.Channel, r.Rehearsal)));
        Assert.Equal([rows[0].Sequence], await db.Signatures.Where(s => rows.Select(r => r.Sequence).Contains(s.Sequence))
            .Select(s => s.Sequence).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task The_same_request_again_gets_the_same_answer_and_counts_once()
    {
        var e = await App.SeedEventAsync();
        var request = Signing.Family(e);
        var first = await (await Phone.SignAsync(e.Code, request)).JsonAsync();

        var again = await Phone.SignAsync(e.Code, request);

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.True(JsonNode.DeepEquals(first, await again.JsonAsync()));
        Assert.Equal(2, await Phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task Fifty_at_once_with_one_key_are_stored_once()
    {
        var e = await App.SeedEventAsync();
        var request = Signing.Family(e).ToJsonString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Phone.SignAsync(e.Code, JsonNode.Parse(request)!)));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        Assert.Equal(49, answers.Count(a => a.StatusCode == HttpStatusCode.OK));
        Assert.Single((await Task.WhenAll(answers.Select(a => a.Content.ReadAsStringAsync(Cancellation)))).Distinct());
        Assert.Equal(2, await Phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task A_key_with_other_content_is_refused()
    {
        var e = await App.SeedEventAsync();
        var request = Signing.Family(e);
        await Phone.SignAsync(e.Code, request);
        request.SignerOf(0)["name"] = "李小红";

        await RefusedAsync(await Phone.SignAsync(e.Code, request), HttpStatusCode.Conflict, "key-taken");
        Assert.Equal(2, await Phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task A_key_of_another_event_is_refused()
    {
        var (e, other) = (await App.SeedEventAsync(), await App.SeedEventAsync());
        var request = Signing.Alone("teacher");
        await Phone.SignAsync(e.Code, request);

        await RefusedAsync(await Phone.SignAsync(other.Code, request), HttpStatusCode.Conflict, "key-taken");
    }

    [Fact]
    public async Task A_key_issued_before_the_closing_is_taken_after_it_and_marked()
    {
        var e = await App.SeedEventAsync();
        var request = Signing.Alone("teacher");
        var published = await App.Get<PublishedEvents>().FindAsync(e.Id, Cancellation);
        request["key"] = $"{published!.Keys.Issue(App.Get<TimeProvider>().GetUtcNow())}";
        await App.ChangeEventAsync(e.Id, gathering => gathering.Close(DateTimeOffset.UtcNow.AddSeconds(1)));

        Assert.Equal(HttpStatusCode.Created, (await Phone.SignAsync(e.Code, request)).StatusCode);

        await using var db = App.OpenStore();
        var sequence = await db.Pledges.Where(p => p.EventId == e.Id).Select(p => p.Sequence).SingleAsync(Cancellation);
        Assert.Equal(SigningFlags.AfterClosing, (await db.SigningFlags.SingleAsync(f => f.Sequence == sequence, Cancellation)).Flags);
    }

    [Fact]
    public async Task The_code_may_be_typed_in_any_case_and_any_uuid_is_a_key()
    {
        var e = await App.SeedEventAsync();
        var request = Signing.Alone("teacher");
        request["key"] = Guid.NewGuid().ToString().ToUpperInvariant();
        Assert.Equal(HttpStatusCode.Created, (await Phone.SignAsync(e.Code.ToLowerInvariant(), request)).StatusCode);
    }

    [Fact]
    public async Task A_text_that_was_rewritten_must_be_read_again()
    {
        var e = await App.SeedEventAsync();
        await App.RewriteTextAsync(e, SignerRole.Teacher);

        var problem = await RefusedAsync(await Phone.SignAsync(e.Code, Signing.Alone("teacher")), HttpStatusCode.BadRequest, "invalid");
        Assert.NotNull(problem["errors"]!["textVersions.teacher"]);

        var reread = Signing.Alone("teacher");
        reread["textVersions"]!["teacher"] = 2;
        Assert.Equal(HttpStatusCode.Created, (await Phone.SignAsync(e.Code, reread)).StatusCode);
    }

    [Fact]
    public async Task A_request_stored_before_the_text_was_rewritten_is_known_again()
    {
        var e = await App.SeedEventAsync();
        var request = Signing.Alone("teacher");
        await Phone.SignAsync(e.Code, request);
        await App.RewriteTextAsync(e, SignerRole.Teacher);

        Assert.Equal(HttpStatusCode.OK, (await Phone.SignAsync(e.Code, request)).StatusCode);
    }

    [Theory]
    [InlineData("NSCHC0")]
    [InlineData("x")]
    [InlineData("%01")]
    [InlineData("......")]
    [InlineData("%F0%9F%98%80")]
    [InlineData("DEM00U")]
    public async Task An_unknown_or_impossible_code_is_told_so(string code)
    {
        var e = await App.SeedEventAsync();
        await RefusedAsync(await Phone.SignAsync(code, Signing.Family(e)), HttpStatusCode.NotFound, "no-such-event");
    }

    [Fact]
    public async Task Before_the_event_opens_signing_is_refused_and_told_when_it_starts()
    {
        var starts = new DateTimeOffset(2026, 7, 17, 9, 30, 0, TimeSpan.FromHours(8));
        var e = await App.SeedEventAsync(EventState.Draft, startsAt: starts);

        var problem = await RefusedAsync(await Phone.SignAsync(e.Code, Signing.Family(e)), HttpStatusCode.Forbidden, "signing-not-yet");

        Assert.Contains("7月17日 09:30", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_closing_signing_is_refused_but_what_was_stored_is_still_confirmed()
    {
        var e = await App.SeedEventAsync();
        var stored = Signing.Family(e);
        var answer = await (await Phone.SignAsync(e.Code, stored)).JsonAsync();
        await App.ChangeEventAsync(e.Id, gathering => gathering.Close(DateTimeOffset.UnixEpoch));

        await RefusedAsync(await Phone.SignAsync(e.Code, Signing.Family(e)), HttpStatusCode.Forbidden, "signing-ended");
        var again = await Phone.SignAsync(e.Code, stored);

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.True(JsonNode.DeepEquals(answer, await again.JsonAsync()));
    }

    [Fact]
    public async Task Signing_from_home_ends_when_it_was_said_to_end()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 7, 17, 1, 0, 0, TimeSpan.Zero));
        await using var turned = new CampaignApp { Clock = clock };
        await turned.InitializeAsync();
        var e = await turned.SeedEventAsync(homeSigningUntil: clock.GetUtcNow().AddDays(7));
        using var parent = turned.CreateClient();
        var stored = Signing.Family(e);

        clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromTicks(1));
        await turned.Get<ClockCheck>().ConfirmAsync(AuditActor.Program, Cancellation); // a week without a look at the clock is a jump
        Assert.Equal(HttpStatusCode.Created, (await parent.SignAsync(e.Code, stored)).StatusCode);
        clock.Advance(TimeSpan.FromTicks(1));

        await RefusedAsync(await parent.SignAsync(e.Code, Signing.Family(e)), HttpStatusCode.Forbidden, "signing-ended");
        Assert.Equal(HttpStatusCode.OK, (await parent.SignAsync(e.Code, stored)).StatusCode);
    }

    [Fact]
    public async Task In_rehearsal_signing_works_and_is_marked_as_practice()
    {
        var e = await App.SeedEventAsync(EventState.Rehearsal);
        Assert.Equal(HttpStatusCode.Created, (await Phone.SignAsync(e.Code, Signing.Family(e))).StatusCode);

        await using var db = App.OpenStore();
        Assert.All(await db.Pledges.Where(p => p.EventId == e.Id).ToListAsync(Cancellation), row => Assert.True(row.Rehearsal));
    }

    [Fact]
    public async Task A_signature_that_meets_the_opening_halfway_counts_and_is_no_practice()
    {
        var e = await App.SeedEventAsync(EventState.Rehearsal);
        await using var db = App.OpenStore();
        (await db.Events.SingleAsync(x => x.Id == e.Id, Cancellation)).Open(DateTimeOffset.UnixEpoch);
        await db.SaveChangesAsync(Cancellation); // and nobody has been told yet

        var response = await Phone.SignAsync(e.Code, Signing.Family(e));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(2, await Phone.PeopleAsync(e.Code));
        Assert.All(await db.Pledges.Where(p => p.EventId == e.Id).ToListAsync(Cancellation), pledge => Assert.False(pledge.Rehearsal));
    }
}

public sealed class SignApiOnSqliteTests(CampaignApp app) : SignApiTests(app), IClassFixture<CampaignApp>;

public sealed class SignApiOnPostgresTests(PostgresApp app) : SignApiTests(app.Required), IClassFixture<PostgresApp>;
