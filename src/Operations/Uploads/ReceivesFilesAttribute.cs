using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.WebUtilities;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Operations.Uploads;

/// <summary>
/// A page whose forms carry files: they are kept in the program's own folder while the form is read, as far as the disk has room
/// beside what pledges need. Where it has not, the page is told (<see cref="FormFileRoom.HasRoomForFiles"/>) and has the form's other
/// fields. How much a request may hold in all the page says with <c>RequestSizeLimit</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReceivesFilesAttribute : Attribute, IAuthorizationFilter, IOrderedFilter
{
    /// <summary>The most fields of a form.</summary>
    public int MaxFields { get; init; } = FormReader.DefaultValueCountLimit;

    /// <summary>Of one field, in characters.</summary>
    public int FieldMaxLength { get; init; } = FormReader.DefaultValueLengthLimit;

    /// <summary>Before anything reads the form (<see cref="UnreadableFormFilter"/>).</summary>
    public int Order => -100;

    public void OnAuthorization(AuthorizationFilterContext context)
    {
        var http = context.HttpContext;
        if (!UploadedForm.IsMultipart(http.Request))
            return;
        var services = http.RequestServices;
        http.Features.Set<IFormFeature>(new UploadedForm(
            http, services.GetRequiredService<FormFiles>(), services.GetRequiredService<UploadRoom>(),
            services.GetRequiredService<TimeProvider>(), MaxFields, FieldMaxLength));
    }
}

public static class FormFileRoom
{
    /// <summary>False where the form's files were not kept, since the disk has no room for them: to be said, with the form kept.</summary>
    public static bool HasRoomForFiles(this HttpContext context) =>
        context.Features.Get<IFormFeature>() is not UploadedForm { HasRoom: false };
}
