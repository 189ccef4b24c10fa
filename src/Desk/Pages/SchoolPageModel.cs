using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Desk;

/// <summary>A page about a school and its classes. Another kind of organization is answered with 404.</summary>
public abstract class SchoolPageModel(DeskPageDependencies dependencies) : OrganizationPageModel(dependencies)
{
    /// <summary>With its classes.</summary>
    public Organization School => Organization;

    protected override IQueryable<Organization> With(IQueryable<Organization> organizations) => organizations
        .Where(o => o.Kind == OrganizationKind.School).Include(o => o.Classes);
}
