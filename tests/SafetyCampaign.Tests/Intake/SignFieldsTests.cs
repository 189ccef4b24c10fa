using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Tests.Pledging;

namespace SafetyCampaign.Tests.Intake;

/// <summary>What a sign request may say, and what it is told where it is wrong.</summary>
public abstract class SignFieldsTests(CampaignApp app) : SignApi(app)
{
    public static TheoryData<string, string> WrongFields() => new()
    {
        { "key", "key" },
        { "class of another event", "classId" },
        { "class that is nowhere", "classId" },
        { "no signers", "signers" },
        { "signers null", "signers" },
        { "too many signers", "signers" },
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
        var e = await App.SeedEventAsync();
        var request = Signing.Family(e);
        await SpoilAsync(request, what);

        var problem = await RefusedAsync(await Phone.SignAsync(e.Code, request), HttpStatusCode.BadRequest, "invalid");

        var lines = problem["errors"]!.AsObject();
        Assert.True(lines.ContainsKey(field), $"There are lines for {string.Join(", ", lines.Select(l => l.Key))}.");
        Assert.All(lines[field]!.AsArray(), line => Assert.Matches(@"^\p{IsCJKUnifiedIdeographs}", line!.GetValue<string>()));
        Assert.Equal(0, await Phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task Every_wrong_field_is_named_at_once()
    {
        var e = await App.SeedEventAsync();
        var request = Signing.Family(e);
        request.SignerOf(0)["name"] = "";
        request.SignerOf(1)["signature"] = "";
        request["consents"] = null;

        var problem = await RefusedAsync(await Phone.SignAsync(e.Code, request), HttpStatusCode.BadRequest, "invalid");

        Assert.Equal(["consents.guardian", "signers[0].name", "signers[1].signature"],
            problem["errors"]!.AsObject().Select(l => l.Key).Order());
    }

    [Theory]
    [InlineData("guardian")]
    [InlineData("teacher")]
    [InlineData("volunteer")]
    public async Task Grown_ups_may_sign_alone_with_or_without_a_class(string role)
    {
        var e = await App.SeedEventAsync();
        Assert.Equal(HttpStatusCode.Created, (await Phone.SignAsync(e.Code, Signing.Alone(role))).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await Phone.SignAsync(e.Code, Signing.Alone(role, e.Primary))).StatusCode);
    }

    [Fact]
    public async Task A_senior_student_may_sign_alone_a_pupil_of_grade_seven_may_not()
    {
        var e = await App.SeedEventAsync();
        Assert.Equal(HttpStatusCode.Created, (await Phone.SignAsync(e.Code, Signing.Alone("student", e.Senior))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Phone.SignAsync(e.Code, Signing.Alone("student", e.Junior))).StatusCode);
    }

    [Fact]
    public async Task Four_may_sign_together()
    {
        var e = await App.SeedEventAsync();
        var request = Signing.Request(e.Primary,
            [Signing.Signer("student", "王小明"), Signing.Signer("student", "王小红"), Signing.Signer("guardian", "王芳", "mother"),
                Signing.Signer("guardian", "王强", "father")], true);

        Assert.Equal(HttpStatusCode.Created, (await Phone.SignAsync(e.Code, request)).StatusCode);
        Assert.Equal(4, await Phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task A_brother_may_be_of_another_class_but_of_one_of_the_event()
    {
        var e = await App.SeedEventAsync();
        var request = Signing.Family(e);
        request["signers"]!.AsArray().Insert(1, Signing.Signer("student", "王小红"));
        request.SignerOf(1)["classId"] = e.Junior;

        Assert.Equal(HttpStatusCode.Created, (await Phone.SignAsync(e.Code, request)).StatusCode);

        await using var db = App.OpenStore();
        Assert.Equal([e.Primary, e.Junior, e.Primary],
            await db.Pledges.Where(p => p.EventId == e.Id).OrderBy(p => p.Sequence).Select(p => p.ClassId!.Value)
                .ToListAsync(Cancellation));
        request["key"] = Guid.CreateVersion7().ToString();
        request.SignerOf(1)["classId"] = (await App.SeedEventAsync()).Primary;
        var problem = await RefusedAsync(await Phone.SignAsync(e.Code, request), HttpStatusCode.BadRequest, "invalid");
        Assert.Single(problem["errors"]!["signers[1].classId"]!.AsArray());
    }

    [Fact]
    public async Task A_senior_students_little_brother_still_needs_a_guardian()
    {
        var e = await App.SeedEventAsync();
        var request = Signing.Alone("student", e.Senior);
        request["signers"]!.AsArray().Add((JsonNode)Signing.Signer("student", "王小红"));
        request.SignerOf(1)["classId"] = e.Primary;

        var problem = await RefusedAsync(await Phone.SignAsync(e.Code, request), HttpStatusCode.BadRequest, "invalid");

        Assert.Equal(["signers", "consents.guardian"], problem["errors"]!.AsObject().Select(error => error.Key));
    }

    [Fact]
    public async Task English_is_answered_to_whoever_asks_for_it()
    {
        var e = await App.SeedEventAsync();
        using var english = App.CreateClient("en");
        var request = Signing.Family(e);
        request.SignerOf(0)["name"] = "";

        var problem = await RefusedAsync(await english.SignAsync(e.Code, request), HttpStatusCode.BadRequest, "invalid");

        Assert.Matches("^[A-Z][a-z]", problem["title"]!.GetValue<string>());
        Assert.Matches("^[A-Z][a-z]", problem["errors"]!["signers[0].name"]![0]!.GetValue<string>());
    }

    private async Task SpoilAsync(JsonObject request, string what)
    {
        var (student, guardian) = (request.SignerOf(0), request.SignerOf(1));
        switch (what)
        {
            case "key": request.Remove("key"); break;
            case "class of another event": request["classId"] = (await App.SeedEventAsync()).Primary; break;
            case "class that is nowhere": request["classId"] = -1; break;
            case "no signers": request["signers"] = new JsonArray(); break;
            case "signers null": request["signers"] = null; break;
            case "too many signers":
                while (request["signers"]!.AsArray().Count <= Pledge.MaxSigners)
                    request["signers"]!.AsArray().Add((JsonNode)Signing.Signer("teacher", "李老师"));
                break;
            case "a signer that is null": request["signers"]![1] = null; break;
            case "role missing": student.Remove("role"); break;
            case "role unknown": student["role"] = "mayor"; break;
            case "role as a number": student["role"] = "0"; break;
            case "name missing": student.Remove("name"); break;
            case "name blank": student["name"] = " 　"; break;
            case "name hostile": student["name"] = "王\U0001F388小明"; break;
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

public sealed class SignFieldsOnSqliteTests(CampaignApp app) : SignFieldsTests(app), IClassFixture<CampaignApp>;

public sealed class SignFieldsOnPostgresTests(PostgresApp app) : SignFieldsTests(app.Required), IClassFixture<PostgresApp>;
