using SafetyCampaign.Schools.Rosters.Import;

namespace SafetyCampaign.Schools.Rosters;

public static class RostersSetup
{
    public static void AddRosters(this WebApplicationBuilder builder) => builder.Services.AddSingleton<RosterDrafts>();
}
