using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using SafetyCampaign.Desk;
using SafetyCampaign.Layout;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Lists;

/// <summary>A list of an event as a file, in the format that its address ends with.</summary>
public abstract class ListFilePage(DeskPageDependencies desk, ListWording words) : EventPageModel(desk)
{
    /// <summary>What the address ends with: <c>xlsx</c> or <c>csv</c>.</summary>
    [BindProperty(SupportsGet = true)]
    public string Format { get; set; } = "";

    /// <summary>Which pledges; each list takes of it what it can.</summary>
    [BindProperty(SupportsGet = true, Name = "")]
    public SignerFilter Filter { get; set; } = new();

    /// <summary>In any other format there is none.</summary>
    public override Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (ListFile.IsFormat(Format))
            return base.OnPageHandlerExecutionAsync(context, next);
        context.Result = NotFound();
        return Task.CompletedTask;
    }

    /// <summary>With the classes, some of which may belong to schools outside this account's access scope.</summary>
    protected async Task<PublishedEvent> PublicAsync() => (await Published.FindAsync(Event.Id, HttpContext.RequestAborted))!.Localized();

    /// <summary>Writes the line of the audit log to disk, then sends the file.</summary>
    /// <param name="name">The file's name without its ending.</param>
    /// <param name="list">What is sent.</param>
    /// <param name="rows">How many rows it has.</param>
    /// <param name="filter">What of the filter the list takes.</param>
    /// <param name="e">The event.</param>
    protected async Task<IActionResult> SendAsync(string name, ListTable list, int rows, SignerFilter filter, PublishedEvent e)
    {
        var cancellationToken = HttpContext.RequestAborted;
        var line = Db.Audit(AuditAction.ListExported, Event, count: rows);
        line.Detail = string.Join(" · ", words.Asked(filter, e).Prepend($"{name}.{Format}"));
        line.ClassId = e.ClassOf(filter.ClassId)?.Id;
        await Db.SaveChangesAsync(cancellationToken);
        var group = filter.Class == SignerFilter.NoClass ? $"-{SignerFilter.NoClass}" : filter.ClassId is { } id ? $"-{id}" : "";
        return await ListFile.SendAsync(HttpContext, list, $"{Event.Code}-{name}{group}", Format, words["Notes"]);
    }
}
