using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace SafetyCampaign.Tests.Pledging;

/// <summary>What a sign request may be made of.</summary>
public abstract class SignBodyTests(CampaignApp app) : SignApi(app)
{
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
            using var message = new HttpRequestMessage(HttpMethod.Post,
                $"/api/events/{e.Code}/pledges")
            { Content = new ByteArrayContent(body) };
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            message.Headers.TransferEncodingChunked = chunked;
            await RefusedAsync(await client.SendAsync(message, Cancellation), HttpStatusCode.RequestEntityTooLarge, "too-large");
        }
    }

    [Fact]
    public async Task Only_json_is_taken()
    {
        var e = await App.SeedEventAsync();
        var form = new FormUrlEncodedContent([new("name", "王小明")]);
        await RefusedAsync(await Phone.PostAsync($"/api/events/{e.Code}/pledges", form, Cancellation),
            HttpStatusCode.UnsupportedMediaType, "not-json");
    }

    public static TheoryData<string> BrokenBodies() =>
    [
        "", " ", "null", "[]", "42", "\"x\"", "true", "{", "}", "{]", "{\"key\":", "{'key':1}", "{\"key\":\"not-a-uuid\"}", "{\"key\":42}",
        "{\"key\":{}}", "{\"textVersions\":[1]}", "{\"textVersions\":{\"student\":\"x\"}}", "{\"textVersions\":{\"student\":null}}",
        "{\"textVersions\":{\"student\":1e99}}", "{\"textVersions\":{\"student\":1.5}}", "{\"classId\":\"12\"}",
        "{\"classId\":99999999999999}",
        "{\"signers\":{}}", "{\"signers\":[1]}", "{\"signers\":[[]]}", "{\"signers\":\"x\"}", "{\"signers\":[{\"typed\":\"yes\"}]}",
        "{\"signers\":[{\"typed\":null}]}",
        "{\"signers\":[{\"name\":[\"x\"]}]}", "{\"consents\":true}", "{\"consents\":{\"guardian\":1}}", "{} {}", "{}x",
        "{/*c*/}", "{\"a\":1,}",
        "{\"signers\":[{\"name\":\"\\uD800\"}]}", "{\"signers\":[{\"name\":\"\\uDFB7\\uD842\"}]}", "{\"textVersions\":{\"\\uD800\":1}}",
        "{\"\\uD800\":1}", "\uFEFF{}", "{\"signers\":[{\"name\":\"\u0000\"}]}",
        new string('[', 10_000), "{\"signers\":" + new string('[', 200) + new string(']', 200) + "}", "{\"x\":" + new string('{', 70) + "}",
        "{\"key\":\"" + new string('0', 20_000) + "\"}",
    ];

    [Theory, MemberData(nameof(BrokenBodies))]
    public async Task A_body_that_is_no_sign_request_is_the_askers_mistake(string body)
    {
        var e = await App.SeedEventAsync();
        var response = await Phone.PostAsync($"/api/events/{e.Code}/pledges",
            new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);
        var problem = await RefusedAsync(response, HttpStatusCode.BadRequest);
        Assert.Contains(problem["type"]!.GetValue<string>(), new[] { "/problems/unreadable", "/problems/invalid" });
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_the_askers_mistake()
    {
        var e = await App.SeedEventAsync();
        byte[][] bodies = [[0xFF, 0xFE, 0x7B, 0x00], [.. "{\"signers\":[{\"name\":\""u8, 0xC3, 0x28, .. "\"}]}"u8],
            [.. "{\"signers\":[{\"name\":\""u8, 0xED, 0xA0, 0x80, .. "\"}]}"u8], new byte[64]];
        foreach (var body in bodies)
        {
            var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            await RefusedAsync(await Phone.PostAsync($"/api/events/{e.Code}/pledges", content, Cancellation), HttpStatusCode.BadRequest);
        }
    }
}

public sealed class SignBodyOnSqliteTests(CampaignApp app) : SignBodyTests(app), IClassFixture<CampaignApp>;

public sealed class SignBodyOnPostgresTests(PostgresApp app) : SignBodyTests(app.Required), IClassFixture<PostgresApp>;
