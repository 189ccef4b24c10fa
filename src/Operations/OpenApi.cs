using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Operations;

/// <summary>The description of the JSON API at <c>/openapi/v1.json</c>. What each route says of itself stands beside the route.</summary>
internal static class OpenApi
{
    private const string Token = "token";

    public static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.ShouldInclude = route => route.RelativePath?.StartsWith("api/", StringComparison.Ordinal) is true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "SafetyCampaign",
                Version = "v1",
                Description = "Read an event, sign its pledge, follow its count: no account is needed. "
                    + "Counts of a subtree and lists of signers are read by a token, which an administrator makes at the desk. "
                    + "Refusals are problems (RFC 9457) in the language asked for by Accept-Language, "
                    + $"{string.Join(" or ", InterfaceLanguages.OfTheProduct.Select(language => language.Tag))}.",
            };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[Token] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A token that an administrator has made at the desk, under API tokens.",
            };
            document.Servers = [new OpenApiServer { Url = "/" }]; // never the asker's Host
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var policies = context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Select(of => of.Policy);
            if (policies.Intersect([Policies.ReadCountsByToken, Policies.ReadListsByToken]).Any())
                operation.Security = [new() { [new OpenApiSecuritySchemeReference(Token, context.Document)] = [] }];
            foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
                if (parameter.Name == "code")
                    parameter.Description = "The event's public code: six characters of Crockford base32, in any case.";
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type == typeof(ProblemDetails))
                DescribeProblem(schema);
            return Task.CompletedTask;
        });
    });

    public static void MapApiDescription(this WebApplication app) => app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();

    private static void DescribeProblem(OpenApiSchema schema)
    {
        schema.Description = "A refusal. The type is stable; title and detail are for people, in their language.";
        schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
        schema.Properties["errors"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "Only for /problems/invalid: the path of each wrong field, such as signers[0].name, with lines that say what is "
                + "wrong.",
            AdditionalProperties = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = new OpenApiSchema { Type = JsonSchemaType.String }
            },
        };
    }
}
