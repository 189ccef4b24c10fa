using SafetyCampaign.Ledger;

namespace SafetyCampaign.Backups;

public static class BackupsSetup
{
    public static void AddBackups(this WebApplicationBuilder builder)
    {
        BackupPassword.Read(builder.Configuration); // a wrong setting is told at the start, not in the night
        var services = builder.Services;
        services.AddSingleton<ErasureList>();
        services.AddSingleton<ErasureRecorder>();
        services.AddSingleton<ILedgerSubscriber>(provider => provider.GetRequiredService<ErasureRecorder>());
        services.AddHostedService<ErasureReplayAtStart>();
        services.AddSingleton<ErasureReplay>();
        services.AddSingleton<Backup>();
        services.AddSingleton<BackupVerification>();
        services.AddSingleton<Restore>();
        services.AddSingleton<BackupSchedule>();
        services.AddSingleton<KeptCopies>();
        if (BackupScheduleSettings.IsConfigured(builder.Configuration))
            services.AddHostedService(provider => provider.GetRequiredService<BackupSchedule>());
    }
}
