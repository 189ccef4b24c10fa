using SafetyCampaign.Organizing.Access;

namespace SafetyCampaign.Organizing;

public static class OrganizingSetup
{
    public static void AddOrganizing(this WebApplicationBuilder builder)
    {
        builder.Services.AddAccessControl();
    }

    public static void UseOrganizing(this WebApplication app)
    {
        app.UseAccessControl();
    }
}
