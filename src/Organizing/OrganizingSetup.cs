using SafetyCampaign.Organizing.Access;
using SafetyCampaign.Organizing.Organizations;

namespace SafetyCampaign.Organizing;

public static class OrganizingSetup
{
    public static void AddOrganizing(this WebApplicationBuilder builder)
    {
        builder.Services.AddAccessControl();
        builder.Services.AddSingleton<ClassUse>();
    }

    public static void UseOrganizing(this WebApplication app)
    {
        app.UseAccessControl();
    }
}
