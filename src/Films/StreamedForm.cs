using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace SafetyCampaign.Films;

/// <summary>
/// A page whose form is too large to be read before its handler runs: the handler streams it (<see cref="StreamedForm"/>).
/// The page checks the form's token itself, since the framework would read the whole form to find it.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StreamsItsFormAttribute : Attribute, IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        context.ValueProviderFactories.RemoveType<FormValueProviderFactory>();
        context.ValueProviderFactories.RemoveType<FormFileValueProviderFactory>();
        context.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
        // The size limit is checked by the handler, which can answer with a message.
        if (context.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}

/// <summary>A form with one file, read as it arrives. Its first field must be the token against forged forms.</summary>
internal sealed class StreamedForm(HttpContext context, IAntiforgery antiforgery)
{
    private const int TokenMaxLength = 4096;

    /// <summary>RFC 2046, 5.1.1; a reader of parts refuses one above its buffer with an exception.</summary>
    private const int BoundaryMaxLength = 70;

    private readonly MultipartReader? parts =
        MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && type.MediaType == "multipart/form-data"
        && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= BoundaryMaxLength } boundary
            ? new MultipartReader(boundary.ToString(), context.Request.Body)
            : null;

    /// <summary>
    /// Whether the form comes from our page. The token is handed on as a header, where it is looked for before the form is.
    /// </summary>
    public async Task<bool> IsOursAsync()
    {
        var names = antiforgery.GetTokens(context);
        if (await NextPartAsync() is not { } first
            || first.AsFormDataSection() is not { } field || field.Name != names.FormFieldName)
            return false;
        var token = new char[TokenMaxLength];
        using var text = new StreamReader(new UploadStream(first.Body));
        var length = await text.ReadBlockAsync(token, context.RequestAborted);
        context.Request.Headers[names.HeaderName!] = new string(token, 0, length);
        return await antiforgery.IsRequestValidAsync(context);
    }

    /// <summary>The file's bytes; null where none was chosen. Asked for after <see cref="IsOursAsync"/>.</summary>
    public async Task<Stream?> OpenFileAsync() =>
        await NextPartAsync() is { } section && section.AsFileSection() is { FileName.Length: > 0, FileStream: { } file }
            ? new UploadStream(file)
            : null;

    /// <exception cref="BadHttpRequestException">What was sent is not made of parts.</exception>
    private async Task<MultipartSection?> NextPartAsync()
    {
        try
        {
            return parts is null ? null : await parts.ReadNextSectionAsync(context.RequestAborted);
        }
        catch (Exception unreadable) when (UploadStream.IsBroken(unreadable))
        {
            throw new BadHttpRequestException("The form is not made of parts.", unreadable);
        }
    }
}
