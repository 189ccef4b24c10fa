using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Layout;
using SafetyCampaign.Ledger;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Desk;

/// <summary>
/// Where a form cannot be saved because the disk is full or the database is unreachable, shows it again as it was sent,
/// with 503 and a message.
/// </summary>
internal sealed partial class StoreFailurePageFilter(IStringLocalizer<LayoutText> localizer, ILogger<StoreFailurePageFilter> log)
    : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var executed = await next();
        if (executed.HandlerInstance is not PageModel page || !HttpMethods.IsPost(context.HttpContext.Request.Method)
            || executed.Exception is not { } failure || !(StoreFailure.Is(failure) || failure is LedgerUnavailableException))
            return;
        LogFormNotSaved((failure.InnerException ?? failure).Message);
        StoreFailures.Note(context.HttpContext);
        page.ModelState.AddModelError("", localizer["Error.Unavailable"]);
        page.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        executed.ExceptionHandled = true;
        executed.Result = page.Page();
    }

    [LoggerMessage(1802, LogLevel.Error, "A form of the desk could not be saved: {Reason}")]
    private partial void LogFormNotSaved(string reason);
}
