using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SafetyCampaign.Intake;

namespace SafetyCampaign.Pledging;

/// <summary>
/// What the signing route says of itself in <c>/openapi/v1.json</c>. It answers outside the framework's results for speed, so
/// it is described by hand; the other routes of the API are described by their types and comments.
/// </summary>
internal static class ApiDescription
{
    private const string Problem = "application/problem+json";

    public static RouteHandlerBuilder DescribeSigning(this RouteHandlerBuilder route) => route
        .WithSummary("Sign")
        .WithDescription(
            "One to four people sign together or not at all. The answer follows the commit to disk. Sending the same key with the same "
            + "content again is always safe and answers 200 with the same receipt. At most 32 KB. "
            + "With `slip`, the code of a take-home slip, class and pupil are the slip's, whatever else is said of them. "
            + "The key may also stand in the header `Idempotency-Key`.")
        .Accepts<SignRequest>("application/json")
        .Produces<SignAnswer>(StatusCodes.Status201Created)
        .Produces<SignAnswer>()
        .ProducesProblem(StatusCodes.Status400BadRequest, Problem)
        .ProducesProblem(StatusCodes.Status403Forbidden, Problem)
        .ProducesProblem(StatusCodes.Status404NotFound, Problem)
        .ProducesProblem(StatusCodes.Status409Conflict, Problem)
        .ProducesProblem(StatusCodes.Status410Gone, Problem)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge, Problem)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType, Problem)
        .ProducesProblem(StatusCodes.Status429TooManyRequests, Problem)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable, Problem)
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            Say(operation, "201", "The pledges are on disk. The signers are numbers `number` and following among the event's people.");
            Say(operation, "200", "The same key with the same content again: the same receipt.");
            Say(operation, "400",
                "The request cannot be read (/problems/unreadable), or fields are wrong (/problems/invalid, with errors).");
            Say(operation, "403", "Signing has not opened (/problems/signing-not-yet) or has ended (/problems/signing-ended).");
            Say(operation, "404",
                "There is no such event (/problems/no-such-event), or no slip of it has the code (/problems/no-such-slip).");
            Say(operation, "409",
                "The key came before with other content (/problems/key-taken), or was issued with a page of the rehearsal and signing has "
                + "been opened since (/problems/rehearsal-page, with a new `key` under which the same content is taken).");
            Say(operation, "410", "The slip has been used (/problems/slip-used) or is no longer valid (/problems/slip-ended).");
            Say(operation, "413", "Over 32 KB (/problems/too-large).");
            Say(operation, "415", "Not application/json (/problems/not-json).");
            Say(operation, "429",
                "Over the limit of this device or address; Retry-After says for how many seconds (/problems/too-many-requests).");
            Say(operation, "503", "Not confirmed; send the same key again after Retry-After seconds (/problems/unavailable).");
            Example(operation.RequestBody?.Content, SignExample);
            Example(operation.Responses?["201"].Content, SignedExample);
            return Task.CompletedTask;
        });

    /// <summary>
    /// The request's types allow everything to be missing, so that a refusal can name each line; the description does not.
    /// </summary>
    public static Task TellWhatIsNeeded(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var needed = context.JsonTypeInfo.Type.IsAssignableTo(typeof(SignRequest)) ? SignRequestNeeds
            : context.JsonTypeInfo.Type == typeof(SignerRequest) ? SignerNeeds
            : [];
        foreach (var name in needed)
        {
            (schema.Required ??= new HashSet<string>()).Add(name);
            if (schema.Properties?[name] is OpenApiSchema property)
                property.Type &= ~JsonSchemaType.Null;
        }
        return Task.CompletedTask;
    }

    private static readonly string[] SignRequestNeeds = ["key", "textVersions", "signers"];
    private static readonly string[] SignerNeeds = ["role"];

    private static void Say(OpenApiOperation operation, string status, string words)
    {
        if (operation.Responses?[status] is OpenApiResponse response)
            response.Description = words;
    }

    private static void Example(IDictionary<string, OpenApiMediaType>? content, string json)
    {
        foreach (var media in content?.Values ?? [])
            media.Example = JsonNode.Parse(json);
    }

    private const string SignExample = """
        {
          "key": "019bd1c4-7a00-7c3e-9f52-4d0b6a1e8c11",
          "textVersions": { "student": 1, "guardian": 1 },
          "classId": 12,
          "signers": [
            { "role": "student", "name": "王小明", "typed": true },
            { "role": "guardian", "name": "王芳", "relation": "mother", "typed": true }
          ],
          "consents": { "guardian": true, "showMaskedName": false }
        }
        """;

    private const string SignedExample = """
        { "receipt": "AAAAAAABq6Qw8AIpdV1rA3Vr", "number": 428, "signedAt": "2026-07-17T01:30:12.4137+00:00", "verification": "0000-017P-DCH3" }
        """;
}
