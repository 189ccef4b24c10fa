using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using SafetyCampaign.Operations.Uploads;

namespace SafetyCampaign.Operations;

/// <summary>
/// Reads a page's form before anything else does, and answers 400 where it is none: with a character set that there is not, parts that
/// are not there, more fields than anybody sends.
/// </summary>
internal sealed class UnreadableFormFilter : IAsyncAuthorizationFilter, IOrderedFilter
{
    /// <summary>Before the check of the token (1000), which would read the form.</summary>
    public int Order => 0;

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var request = context.HttpContext.Request;
        if (!request.HasFormContentType || MalformedRequests.IsForErrorPage(context.HttpContext) || StreamsItsForm(context))
            return;
        if (!await IsReadableAsync(request))
            context.Result = new BadRequestResult();
    }

    /// <summary>With a file, which may be as large as a film: the page checks the form's token itself, while it reads.</summary>
    private static bool StreamsItsForm(AuthorizationFilterContext context) =>
        context.HttpContext.Request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) is true
        && context.ActionDescriptor.FilterDescriptors.Any(filter => filter.Filter is IgnoreAntiforgeryTokenAttribute)
        && context.HttpContext.Features.Get<IFormFeature>() is not UploadedForm; // of a page that has no token at all

    private static async Task<bool> IsReadableAsync(HttpRequest request)
    {
        try
        {
            var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return !form.Any(field => MalformedRequests.HoldsNul(field.Key) || field.Value.Any(MalformedRequests.HoldsNul));
        }
        // The last is Kestrel's for a trailer that is no text.
        catch (Exception unreadable) when (unreadable is InvalidDataException or NotSupportedException or ArgumentException
            or InvalidOperationException)
        {
            return false;
        }
        catch (IOException unreadable) when (unreadable is not BadHttpRequestException) // the body ended before its parts did
        {
            return false;
        }
    }
}
