using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace SafetyCampaign.Desk;

/// <summary>
/// For a page that more people may see than may change: anything but reading it asks for this policy as well. Razor
/// Pages know one policy for a whole page.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AuthorizeChangesAttribute(string policy) : Attribute, IAsyncAuthorizationFilter
{
    public string Policy => policy;

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
            return;
        var authorization = http.RequestServices.GetRequiredService<IAuthorizationService>();
        if (!(await authorization.AuthorizeAsync(http.User, Policy)).Succeeded)
            context.Result = new ForbidResult();
    }
}
