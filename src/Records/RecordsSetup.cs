namespace SafetyCampaign.Records;

public static class RecordsSetup
{
    public static void AddRecords(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RosterRetention>();
        builder.Services.AddSingleton<Retention>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Retention>());
    }
}
