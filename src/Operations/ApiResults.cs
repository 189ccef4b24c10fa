using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace SafetyCampaign.Operations;

/// <summary>200 with JSON, written as the caller says; the framework's <c>Ok</c> would write it with the options of all routes.</summary>
public sealed class JsonOk<T> : IResult, IEndpointMetadataProvider
{
    private readonly JsonHttpResult<T> answer;

    /// <param name="value">What is answered.</param>
    /// <param name="json">How it is written.</param>
    public JsonOk(T value, JsonTypeInfo<T> json) => answer = TypedResults.Json(value, json);

    /// <param name="value">What is answered.</param>
    /// <param name="json">How it is written.</param>
    public JsonOk(T value, JsonSerializerOptions json) => answer = TypedResults.Json(value, json);

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext) => answer.ExecuteAsync(httpContext);

    /// <summary>Tells the API's description of the answer.</summary>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));
}

/// <summary>304: the asker has it already. The caller sets the ETag.</summary>
public sealed class NotModified : IResult, IEndpointMetadataProvider
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
        return Task.CompletedTask;
    }

    /// <summary>Tells the API's description of the answer.</summary>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified, typeof(void)));
}

/// <summary>404: there is no event with the code of the address; see <see cref="Problem.NoSuchEvent"/>.</summary>
public sealed class NoSuchEvent : IResult, IEndpointMetadataProvider
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext) => Problem.NoSuchEvent.ExecuteAsync(httpContext);

    /// <summary>Tells the API's description of the answer.</summary>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(
            new ProducesResponseTypeMetadata(StatusCodes.Status404NotFound, typeof(ProblemDetails), ["application/problem+json"]));
}

/// <summary>A refusal among several answers of a route; which ones there are, the route says itself.</summary>
/// <param name="problem">What is answered.</param>
public sealed class Refused(Problem problem) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext) => problem.ExecuteAsync(httpContext);
}
