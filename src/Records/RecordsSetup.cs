using SafetyCampaign.Ledger;
using SafetyCampaign.Records.Book;
using SafetyCampaign.Records.Lists;
using SafetyCampaign.Records.Report;

namespace SafetyCampaign.Records;

public static class RecordsSetup
{
    public static void AddRecords(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RosterRetention>();
        builder.Services.AddSingleton<Retention>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Retention>());
        builder.Services.AddSingleton<ListWording>();
        builder.Services.AddSingleton<PledgeList>();
        builder.Services.AddSingleton<FamilyList>();
        builder.Services.AddSingleton<CoverageList>();
        builder.Services.AddSingleton<PaperPledges>();
        builder.Services.AddSingleton<PledgeBook>();
        builder.Services.AddSingleton<BookPdf>();
        builder.Services.AddSingleton<StageParts>();
        builder.Services.AddSingleton<ReportWriter>();
        builder.Services.AddSingleton<BookFiles>();
        builder.Services.AddSingleton<ILedgerSubscriber>(services => services.GetRequiredService<BookFiles>());
        builder.Services.AddHostedService(services => services.GetRequiredService<BookFiles>());
    }
}
