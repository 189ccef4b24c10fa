using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Desk;

/// <summary>A page about the organization whose id stands in the address. One outside the access scope is answered with 404.</summary>
public abstract class OrganizationPageModel(DeskPageDependencies dependencies) : DeskPageModel(dependencies)
{
    public Organization Organization { get; private set; } = null!;

    /// <summary>The organization's revision when the form was shown, to find out that somebody else has saved since.</summary>
    [BindProperty]
    public long SeenRevision { get; set; }

    /// <summary>Adds what the page shows beside the organization, and leaves out organizations that it is not about.</summary>
    protected virtual IQueryable<Organization> With(IQueryable<Organization> organizations) => organizations;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var id = int.Parse((string)RouteData.Values["id"]!, CultureInfo.InvariantCulture);
        if (await With(Db.Organizations).SingleOrDefaultAsync(o => o.Id == id, HttpContext.RequestAborted) is not { } found)
        {
            context.Result = NotFound();
            return;
        }
        Organization = found;
        var executed = await next();
        // Two pressed at the same moment, or it was removed meanwhile: whoever came second sees how it stands now.
        if (executed.Exception is DbUpdateConcurrencyException)
        {
            executed.ExceptionHandled = true;
            executed.Result = RedirectToPage();
        }
    }

    /// <summary>
    /// Saves the organization and its classes. False when somebody else has saved since <paramref name="seen"/>; then nothing is
    /// saved.
    /// </summary>
    protected async Task<bool> SaveAsync(long seen)
    {
        // Classes lie in another table, but they are part of what the revision stands for.
        var revision = Db.Entry(Organization).Property(o => o.Revision);
        revision.OriginalValue = seen;
        revision.IsModified = true;
        try
        {
            await Db.SaveChangesAsync(HttpContext.RequestAborted);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
        catch (DbUpdateException failure) when (!StoreFailure.Is(failure))
        {
            // Two added the same row at one instant, such as a translation: the other's key stood in the way before the revision did.
            if (await Db.Organizations.AnyAsync(x => x.Id == Organization.Id && x.Revision == seen))
                throw;
            return false;
        }
    }

    /// <summary>Reads the organization again as it is stored now, in place of what was to be saved.</summary>
    protected async Task ReadAgainAsync()
    {
        var id = Organization.Id;
        Db.ChangeTracker.Clear();
        Organization = await With(Db.Organizations).SingleOrDefaultAsync(o => o.Id == id, HttpContext.RequestAborted) ?? throw Removed();
    }

    /// <summary>Says that somebody else has saved meanwhile. Saving again then succeeds: who saves has been told.</summary>
    protected async Task TellOvertakenAsync()
    {
        ModelState.Remove(nameof(SeenRevision));
        SeenRevision = await Db.Organizations.Where(o => o.Id == Organization.Id).Select(o => (long?)o.Revision)
            .SingleOrDefaultAsync(HttpContext.RequestAborted) ?? throw Removed();
        ModelState.AddModelError("", DeskLocalizer["Error.OrganizationOvertaken"]);
    }

    private static DbUpdateConcurrencyException Removed() => new("The organization has been removed meanwhile.");
}
