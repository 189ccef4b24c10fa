using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Pledging;

/// <summary>Signing through the API: each answer of the table in the README.</summary>
public abstract class SignApiTests(CampaignApp app)
{
    private readonly HttpClient phone = app.CreateClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_family_that_signs_gets_its_number_and_a_receipt()
    {
        var e = await app.SeedEventAsync();

        var response = await phone.SignAsync(e.Code, Signing.Family(e));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var answer = await response.JsonAsync();
        Assert.Equal(["number", "receipt", "signedAt", "verification"], answer.Select(p => p.Key).Order());
        Assert.Equal(1, answer["number"]!.GetValue<int>());
        Assert.Equal($"/r/{answer["receipt"]}", response.Headers.Location!.ToString());
        Assert.Equal(2, await phone.PeopleAsync(e.Code));
        Assert.Equal(3, (await (await phone.SignAsync(e.Code, Signing.Alone("teacher"))).JsonAsync())["number"]!.GetValue<int>());
    }

    [Fact]
    public async Task What_was_signed_is_in_the_store_when_the_answer_comes()
    {
        var e = await app.SeedEventAsync();
        var request = Signing.Family(e, child: "买买提・吐尔逊", parent: "𠮷 田");
        request.SignerOf(1).Remove("signature");
        request.SignerOf(1)["typed"] = true;

        await phone.SignAsync(e.Code, request);

        await using var db = app.OpenStore();
        var rows = await db.Pledges.Where(p => p.EventId == e.Id).OrderBy(p => p.Sequence).ToListAsync(Cancellation);
        Assert.Equal(["买买提·吐尔逊", "𠮷 田"], rows.Select(r => r.Name));
        Assert.Equal([SignerRole.Student, SignerRole.Guardian], rows.Select(r => r.Role));
        Assert.Equal([null, GuardianRelation.Mother], rows.Select(r => r.Relation));
        Assert.Equal([false, true], rows.Select(r => r.Typed));
        Assert.All(rows, r => Assert.Equal((e.Primary, SigningChannel.Phone, false), (r.ClassId, r.Channel, r.Rehearsal)));
        Assert.Equal([rows[0].Sequence], await db.Signatures.Where(s => rows.Select(r => r.Sequence).Contains(s.Sequence)).Select(s => s.Sequence).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task The_same_request_again_gets_the_same_answer_and_counts_once()
    {
        var e = await app.SeedEventAsync();
        var request = Signing.Family(e);
        var first = await (await phone.SignAsync(e.Code, request)).JsonAsync();

        var again = await phone.SignAsync(e.Code, request);

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.True(JsonNode.DeepEquals(first, await again.JsonAsync()));
        Assert.Equal(2, await phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task Fifty_at_once_with_one_key_are_stored_once()
    {
        var e = await app.SeedEventAsync();
        var request = Signing.Family(e).ToJsonString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => phone.SignAsync(e.Code, JsonNode.Parse(request)!)));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        Assert.Equal(49, answers.Count(a => a.StatusCode == HttpStatusCode.OK));
        Assert.Single((await Task.WhenAll(answers.Select(a => a.Content.ReadAsStringAsync(Cancellation)))).Distinct());
        Assert.Equal(2, await phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task A_key_with_other_content_is_refused()
    {
        var e = await app.SeedEventAsync();
        var request = Signing.Family(e);
        await phone.SignAsync(e.Code, request);
        request.SignerOf(0)["name"] = "李小红";

        await RefusedAsync(await phone.SignAsync(e.Code, request), HttpStatusCode.Conflict, "key-taken");
        Assert.Equal(2, await phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task A_key_of_another_event_is_refused()
    {
        var (e, other) = (await app.SeedEventAsync(), await app.SeedEventAsync());
        var request = Signing.Alone("teacher");
        await phone.SignAsync(e.Code, request);

        await RefusedAsync(await phone.SignAsync(other.Code, request), HttpStatusCode.Conflict, "key-taken");
    }

    public static TheoryData<string, string> WrongFields() => new()
    {
        { "key", "key" },
        { "class of another event", "classId" },
        { "class that is nowhere", "classId" },
        { "no signers", "signers" },
        { "signers null", "signers" },
        { "five signers", "signers" },
        { "a signer that is null", "signers[1].role" },
        { "role missing", "signers[0].role" },
        { "role unknown", "signers[0].role" },
        { "role as a number", "signers[0].role" },
        { "name missing", "signers[0].name" },
        { "name blank", "signers[0].name" },
        { "name hostile", "signers[0].name" },
        { "name too long", "signers[1].name" },
        { "relation unknown", "signers[1].relation" },
        { "relation of a student", "signers[0].relation" },
        { "signature missing", "signers[0].signature" },
        { "signature empty", "signers[0].signature" },
        { "signature a dot", "signers[0].signature" },
        { "signature cut off", "signers[0].signature" },
        { "signature padded", "signers[0].signature" },
        { "signature an image", "signers[0].signature" },
        { "signature and typed", "signers[1].signature" },
        { "text version stale", "textVersions.student" },
        { "text version of the future", "textVersions.guardian" },
        { "text version missing", "textVersions.guardian" },
        { "text versions missing", "textVersions.student" },
        { "guardian does not consent", "consents.guardian" },
        { "consents missing", "consents.guardian" },
        { "pupil alone", "signers" },
        { "pupil of no class alone", "signers" },
        { "pupil with a teacher", "signers" },
    };

    [Theory, MemberData(nameof(WrongFields))]
    public async Task A_wrong_field_is_named_with_words_and_nothing_is_stored(string what, string field)
    {
        var e = await app.SeedEventAsync();
        var request = Signing.Family(e);
        await SpoilAsync(request, what);

        var problem = await RefusedAsync(await phone.SignAsync(e.Code, request), HttpStatusCode.BadRequest, "invalid");

        var lines = problem["errors"]!.AsObject();
        Assert.True(lines.ContainsKey(field), $"There are lines for {string.Join(", ", lines.Select(l => l.Key))}.");
        Assert.All(lines[field]!.AsArray(), line => Assert.Matches(@"^\p{IsCJKUnifiedIdeographs}", line!.GetValue<string>()));
        Assert.Equal(0, await phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task Every_wrong_field_is_named_at_once()
    {
        var e = await app.SeedEventAsync();
        var request = Signing.Family(e);
        request.SignerOf(0)["name"] = "";
        request.SignerOf(1)["signature"] = "";
        request["consents"] = null;

        var problem = await RefusedAsync(await phone.SignAsync(e.Code, request), HttpStatusCode.BadRequest, "invalid");

        Assert.Equal(["consents.guardian", "signers[0].name", "signers[1].signature"], problem["errors"]!.AsObject().Select(l => l.Key).Order());
    }

    [Theory]
    [InlineData("guardian")]
    [InlineData("teacher")]
    [InlineData("volunteer")]
    public async Task Grown_ups_may_sign_alone_with_or_without_a_class(string role)
    {
        var e = await app.SeedEventAsync();
        Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(e.Code, Signing.Alone(role))).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(e.Code, Signing.Alone(role, e.Primary))).StatusCode);
    }

    [Fact]
    public async Task A_senior_student_may_sign_alone_a_pupil_of_grade_seven_may_not()
    {
        var e = await app.SeedEventAsync();
        Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(e.Code, Signing.Alone("student", e.Senior))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await phone.SignAsync(e.Code, Signing.Alone("student", e.Junior))).StatusCode);
    }

    [Fact]
    public async Task Four_may_sign_together()
    {
        var e = await app.SeedEventAsync();
        var request = Signing.Request(e.Primary,
            [Signing.Signer("student", "王小明"), Signing.Signer("student", "王小红"), Signing.Signer("guardian", "王芳", "mother"), Signing.Signer("guardian", "王强", "father")], true);

        Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(e.Code, request)).StatusCode);
        Assert.Equal(4, await phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task The_code_may_be_typed_in_any_case_and_any_uuid_is_a_key()
    {
        var e = await app.SeedEventAsync();
        var request = Signing.Alone("teacher");
        request["key"] = Guid.NewGuid().ToString().ToUpperInvariant();
        Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(e.Code.ToLowerInvariant(), request)).StatusCode);
    }

    [Fact]
    public async Task A_text_that_was_rewritten_must_be_read_again()
    {
        var e = await app.SeedEventAsync();
        await app.RewriteTextAsync(e, SignerRole.Teacher);

        var problem = await RefusedAsync(await phone.SignAsync(e.Code, Signing.Alone("teacher")), HttpStatusCode.BadRequest, "invalid");
        Assert.NotNull(problem["errors"]!["textVersions.teacher"]);

        var reread = Signing.Alone("teacher");
        reread["textVersions"]!["teacher"] = 2;
        Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(e.Code, reread)).StatusCode);
    }

    [Fact]
    public async Task A_request_stored_before_the_text_was_rewritten_is_known_again()
    {
        var e = await app.SeedEventAsync();
        var request = Signing.Alone("teacher");
        await phone.SignAsync(e.Code, request);
        await app.RewriteTextAsync(e, SignerRole.Teacher);

        Assert.Equal(HttpStatusCode.OK, (await phone.SignAsync(e.Code, request)).StatusCode);
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
        var e = await app.SeedEventAsync();
        await RefusedAsync(await phone.SignAsync(code, Signing.Family(e)), HttpStatusCode.NotFound, "no-such-event");
    }

    [Fact]
    public async Task Before_the_event_opens_signing_is_refused_and_told_when_it_starts()
    {
        var starts = new DateTimeOffset(2026, 7, 17, 9, 30, 0, TimeSpan.FromHours(8));
        var e = await app.SeedEventAsync(EventState.Draft, startsAt: starts);

        var problem = await RefusedAsync(await phone.SignAsync(e.Code, Signing.Family(e)), HttpStatusCode.Forbidden, "signing-not-yet");

        Assert.Contains("7月17日 09:30", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_closing_signing_is_refused_but_what_was_stored_is_still_confirmed()
    {
        var e = await app.SeedEventAsync();
        var stored = Signing.Family(e);
        var answer = await (await phone.SignAsync(e.Code, stored)).JsonAsync();
        await app.ChangeEventAsync(e.Id, gathering => gathering.Close(DateTimeOffset.UnixEpoch));

        await RefusedAsync(await phone.SignAsync(e.Code, Signing.Family(e)), HttpStatusCode.Forbidden, "signing-ended");
        var again = await phone.SignAsync(e.Code, stored);

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
        Assert.Equal(HttpStatusCode.Created, (await parent.SignAsync(e.Code, stored)).StatusCode);
        clock.Advance(TimeSpan.FromTicks(1));

        await RefusedAsync(await parent.SignAsync(e.Code, Signing.Family(e)), HttpStatusCode.Forbidden, "signing-ended");
        Assert.Equal(HttpStatusCode.OK, (await parent.SignAsync(e.Code, stored)).StatusCode);
    }

    [Fact]
    public async Task In_rehearsal_signing_works_and_is_marked_as_practice()
    {
        var e = await app.SeedEventAsync(EventState.Rehearsal);
        Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(e.Code, Signing.Family(e))).StatusCode);

        await using var db = app.OpenStore();
        Assert.All(await db.Pledges.Where(p => p.EventId == e.Id).ToListAsync(Cancellation), row => Assert.True(row.Rehearsal));
    }

    [Fact]
    public async Task Over_32_KB_is_too_large_whether_its_length_is_told_or_not()
    {
        await using var kestrel = new CampaignApp { Kestrel = true };
        await kestrel.InitializeAsync();
        var e = await kestrel.SeedEventAsync();
        using var client = kestrel.CreateClient();
        var request = Signing.Family(e);
        request.SignerOf(0)["signature"] = new string('A', 33 * 1024);
        var body = Encoding.UTF8.GetBytes(request.ToJsonString());

        foreach (var chunked in new[] { false, true })
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, $"/api/events/{e.Code}/pledges") { Content = new ByteArrayContent(body) };
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            message.Headers.TransferEncodingChunked = chunked;
            await RefusedAsync(await client.SendAsync(message, Cancellation), HttpStatusCode.RequestEntityTooLarge, "too-large");
        }
    }

    [Fact]
    public async Task Only_json_is_taken()
    {
        var e = await app.SeedEventAsync();
        var form = new FormUrlEncodedContent([new("name", "王小明")]);
        await RefusedAsync(await phone.PostAsync($"/api/events/{e.Code}/pledges", form, Cancellation), HttpStatusCode.UnsupportedMediaType, "not-json");
    }

    [Fact]
    public async Task English_is_answered_to_whoever_asks_for_it()
    {
        var e = await app.SeedEventAsync();
        using var english = app.CreateClient("en");
        var request = Signing.Family(e);
        request.SignerOf(0)["name"] = "";

        var problem = await RefusedAsync(await english.SignAsync(e.Code, request), HttpStatusCode.BadRequest, "invalid");

        Assert.Matches("^[A-Z][a-z]", problem["title"]!.GetValue<string>());
        Assert.Matches("^[A-Z][a-z]", problem["errors"]!["signers[0].name"]![0]!.GetValue<string>());
    }

    public static TheoryData<string> BrokenBodies() =>
    [
        "", " ", "null", "[]", "42", "\"x\"", "true", "{", "}", "{]", "{\"key\":", "{'key':1}", "{\"key\":\"not-a-uuid\"}", "{\"key\":42}",
        "{\"key\":{}}", "{\"textVersions\":[1]}", "{\"textVersions\":{\"student\":\"x\"}}", "{\"textVersions\":{\"student\":null}}",
        "{\"textVersions\":{\"student\":1e99}}", "{\"textVersions\":{\"student\":1.5}}", "{\"classId\":\"12\"}", "{\"classId\":99999999999999}",
        "{\"signers\":{}}", "{\"signers\":[1]}", "{\"signers\":[[]]}", "{\"signers\":\"x\"}", "{\"signers\":[{\"typed\":\"yes\"}]}", "{\"signers\":[{\"typed\":null}]}",
        "{\"signers\":[{\"name\":[\"x\"]}]}", "{\"consents\":true}", "{\"consents\":{\"guardian\":1}}", "{} {}", "{}x", "{/*c*/}", "{\"a\":1,}",
        "{\"signers\":[{\"name\":\"\\uD800\"}]}", "{\"signers\":[{\"name\":\"\\uDFB7\\uD842\"}]}", "{\"textVersions\":{\"\\uD800\":1}}", "{\"\\uD800\":1}", "\uFEFF{}", "{\"signers\":[{\"name\":\"\u0000\"}]}",
        new string('[', 10_000), "{\"signers\":" + new string('[', 200) + new string(']', 200) + "}", "{\"x\":" + new string('{', 70) + "}", "{\"key\":\"" + new string('0', 20_000) + "\"}",
    ];

    [Theory, MemberData(nameof(BrokenBodies))]
    public async Task A_body_that_is_no_sign_request_is_the_askers_mistake(string body)
    {
        var e = await app.SeedEventAsync();
        var response = await phone.PostAsync($"/api/events/{e.Code}/pledges", new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);
        var problem = await RefusedAsync(response, HttpStatusCode.BadRequest);
        Assert.Contains(problem["type"]!.GetValue<string>(), new[] { "/problems/unreadable", "/problems/invalid" });
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_the_askers_mistake()
    {
        var e = await app.SeedEventAsync();
        byte[][] bodies = [[0xFF, 0xFE, 0x7B, 0x00], [.. "{\"signers\":[{\"name\":\""u8, 0xC3, 0x28, .. "\"}]}"u8], [.. "{\"signers\":[{\"name\":\""u8, 0xED, 0xA0, 0x80, .. "\"}]}"u8], new byte[64]];
        foreach (var body in bodies)
        {
            var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            await RefusedAsync(await phone.PostAsync($"/api/events/{e.Code}/pledges", content, Cancellation), HttpStatusCode.BadRequest);
        }
    }

    /// <summary>A refusal is a problem in words, of a stable type, and shows nothing of the inside.</summary>
    [Fact]
    public async Task A_signature_that_meets_the_opening_halfway_counts_and_is_no_practice()
    {
        var e = await app.SeedEventAsync(EventState.Rehearsal);
        await using var db = app.OpenStore();
        (await db.Events.SingleAsync(x => x.Id == e.Id, Cancellation)).Open(DateTimeOffset.UnixEpoch);
        await db.SaveChangesAsync(Cancellation); // and nobody has been told yet

        var response = await phone.SignAsync(e.Code, Signing.Family(e));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(2, await phone.PeopleAsync(e.Code));
        Assert.All(await db.Pledges.Where(p => p.EventId == e.Id).ToListAsync(Cancellation), pledge => Assert.False(pledge.Rehearsal));
    }

    private static async Task<JsonObject> RefusedAsync(HttpResponseMessage response, HttpStatusCode status, string? type = null)
    {
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(status == response.StatusCode, $"{(int)response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain(" at SafetyCampaign.", text, StringComparison.Ordinal);
        var problem = JsonNode.Parse(text)!.AsObject();
        Assert.Equal((int)status, problem["status"]!.GetValue<int>());
        Assert.False(string.IsNullOrWhiteSpace(problem["title"]!.GetValue<string>()));
        Assert.False(string.IsNullOrWhiteSpace(problem["detail"]!.GetValue<string>()));
        if (type is not null)
            Assert.Equal($"/problems/{type}", problem["type"]!.GetValue<string>());
        return problem;
    }

    private async Task SpoilAsync(JsonObject request, string what)
    {
        var (student, guardian) = (request.SignerOf(0), request.SignerOf(1));
        switch (what)
        {
            case "key": request.Remove("key"); break;
            case "class of another event": request["classId"] = (await app.SeedEventAsync()).Primary; break;
            case "class that is nowhere": request["classId"] = -1; break;
            case "no signers": request["signers"] = new JsonArray(); break;
            case "signers null": request["signers"] = null; break;
            case "five signers":
                for (var i = 0; i < 3; i++)
                    request["signers"]!.AsArray().Add(Signing.Signer("teacher", "李老师"));
                break;
            case "a signer that is null": request["signers"]![1] = null; break;
            case "role missing": student.Remove("role"); break;
            case "role unknown": student["role"] = "mayor"; break;
            case "role as a number": student["role"] = "0"; break;
            case "name missing": student.Remove("name"); break;
            case "name blank": student["name"] = " 　"; break;
            case "name hostile": student["name"] = "王\u202E小明"; break;
            case "name too long": guardian["name"] = new string('王', 61); break;
            case "relation unknown": guardian["relation"] = "cat"; break;
            case "relation of a student": student["relation"] = "mother"; break;
            case "signature missing": student.Remove("signature"); break;
            case "signature empty": student["signature"] = ""; break;
            case "signature a dot": student["signature"] = System.Buffers.Text.Base64Url.EncodeToString(Ink.Draw([(500, 300)])); break;
            case "signature cut off": student["signature"] = Ink.Signature[..^2]; break;
            case "signature padded": student["signature"] = Ink.Signature + "="; break;
            case "signature an image": student["signature"] = "data:image/png;base64,iVBORw0KGgo="; break;
            case "signature and typed": guardian["typed"] = true; break;
            case "text version stale": request["textVersions"]!["student"] = 0; break;
            case "text version of the future": request["textVersions"]!["guardian"] = 2; break;
            case "text version missing": request["textVersions"]!.AsObject().Remove("guardian"); break;
            case "text versions missing": request.Remove("textVersions"); break;
            case "guardian does not consent": request["consents"]!["guardian"] = false; break;
            case "consents missing": request.Remove("consents"); break;
            case "pupil alone": request["signers"]!.AsArray().RemoveAt(1); break;
            case "pupil of no class alone":
                request["signers"]!.AsArray().RemoveAt(1);
                request["classId"] = null;
                break;
            case "pupil with a teacher":
                guardian["role"] = "teacher";
                guardian.Remove("relation");
                break;
            default: throw new ArgumentOutOfRangeException(nameof(what), what, null);
        }
    }
}

public sealed class SignApiOnSqliteTests(CampaignApp app) : SignApiTests(app), IClassFixture<CampaignApp>;

public sealed class SignApiOnPostgresTests(PostgresApp app) : SignApiTests(app.Required), IClassFixture<PostgresApp>;
