namespace SafetyCampaign.Intake;

/// <summary>Registers the room's services.</summary>
public static class IntakeSetup
{
    /// <summary>Adds the intake of pledges and its metrics.</summary>
    public static void AddIntake(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IntakeMetrics>();
        builder.Services.AddSingleton<RosterLookup>();
        builder.Services.AddSingleton<PledgeIntake>();
        builder.Services.AddSingleton<SlipRegistry>();
        builder.Services.AddSingleton<SlipIntake>();
        builder.Services.AddSingleton<AssistedIntake>();
    }
}
