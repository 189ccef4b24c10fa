using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace SafetyCampaign.Tests;

/// <summary>Sign requests as JSON, right unless a test makes them wrong, and the post that carries them.</summary>
public static class Signing
{
    /// <summary>A pupil of grade 5 and a parent who consents.</summary>
    public static JsonObject Family(SeededEvent e, string child = "王小明", string parent = "王芳") => Request(
        e.Primary, [Signer("student", child), Signer("guardian", parent, "mother")], guardianConsents: true);

    /// <summary>One person alone, by default of no class.</summary>
    public static JsonObject Alone(string role, int? classId = null, string name = "李老师") =>
        Request(classId, [Signer(role, name)], guardianConsents: false);

    public static JsonObject Request(int? classId, JsonNode?[] signers, bool guardianConsents) => new()
    {
        ["key"] = Guid.CreateVersion7().ToString(),
        ["textVersions"] = new JsonObject { ["student"] = 1, ["guardian"] = 1, ["teacher"] = 1, ["volunteer"] = 1 },
        ["classId"] = classId,
        ["signers"] = new JsonArray(signers),
        ["consents"] = new JsonObject { ["guardian"] = guardianConsents, ["showMaskedName"] = false },
    };

    public static JsonObject Signer(string role, string name, string? relation = null)
    {
        var signer = new JsonObject { ["role"] = role, ["name"] = name, ["signature"] = Ink.Signature };
        if (relation is not null)
            signer["relation"] = relation;
        return signer;
    }

    /// <summary>A guardian who writes its name by hand and types none.</summary>
    public static JsonObject GuardianByHand(string? relation = "grandmother")
    {
        var signer = Signer("guardian", "", relation);
        signer.Remove("name");
        signer["handwrittenName"] = true;
        return signer;
    }

    /// <summary>A pupil of grade 5 and such a guardian, who consents.</summary>
    public static JsonObject FamilyByHand(SeededEvent e, string child = "王小明", string? relation = "grandmother") =>
        Request(e.Primary, [Signer("student", child), GuardianByHand(relation)], guardianConsents: true);

    /// <summary>The request's signer, to change.</summary>
    public static JsonObject SignerOf(this JsonObject request, int place) => request["signers"]![place]!.AsObject();

    public static Task<HttpResponseMessage> SignAsync(this HttpClient client, string code, JsonNode request) =>
        client.PostAsJsonAsync($"/api/events/{code}/pledges", request, TestContext.Current.CancellationToken);

    /// <summary>A family signs; the address of its receipt.</summary>
    public static async Task<string> SignedAsync(this HttpClient client, SeededEvent e, string child = "王小明", string parent = "王芳") =>
        $"/r/{(await (await client.SignAsync(e.Code, Family(e, child, parent))).JsonAsync())["receipt"]}";

    public static async Task<JsonObject> JsonAsync(this HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;

    /// <summary>How many people the event's tally says have signed.</summary>
    public static async Task<int> PeopleAsync(this HttpClient client, string code) =>
        (await client.GetFromJsonAsync<JsonObject>($"/api/events/{code}/tally", TestContext.Current.CancellationToken))!["people"]!
            .GetValue<int>();
}
