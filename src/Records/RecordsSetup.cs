using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using SafetyCampaign.Ledger;
using SafetyCampaign.Operations;
using SafetyCampaign.Records.Api;
using SafetyCampaign.Records.Archive;
using SafetyCampaign.Records.AuditPack;
using SafetyCampaign.Records.Book;
using SafetyCampaign.Records.Exports;
using SafetyCampaign.Records.Lists;
using SafetyCampaign.Records.Report;
using SafetyCampaign.Records.Retaining;
using SafetyCampaign.Records.RollUp;
using SafetyCampaign.Records.Seals;
using SafetyCampaign.Records.Tokens;
using SafetyCampaign.Records.Verifier;
using SafetyCampaign.Storage;

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
        builder.Services.AddSingleton<ReportContributions>();
        builder.Services.AddSingleton<ReportPdf>();
        builder.Services.AddSingleton<ReportDocx>();
        builder.Services.AddSingleton<ChannelCounts>();
        builder.Services.AddSingleton<ILedgerSubscriber>(services => services.GetRequiredService<ChannelCounts>());
        builder.Services.AddScoped<RollUpReader>();
        builder.Services.AddSingleton<RollUpTable>();
        builder.AddReadingByToken();
        builder.AddWeeklyExports();
        builder.Services.AddScoped<AuditPackReader>();
        builder.Services.AddSingleton<KeptData>();
        builder.Services.AddSingleton<SealReader>();
        builder.Services.AddOptions<TimestampSettings>().BindConfiguration("Records").ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<TimestampSettings>, TimestampSettings.Validator>();
        builder.Services.AddSingleton<TimestampAuthority>();
        builder.Services.AddSingleton<SealTimestamps>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SealTimestamps>());
        builder.Services.AddSingleton<SealedRequests>();
        builder.Services.AddSingleton<AuditLines>();
        builder.Services.AddSingleton<ArchivePapers>();
        builder.Services.AddSingleton<ArchivePictures>();
        builder.Services.AddSingleton<ArchiveWriter>();
        builder.Services.AddSingleton<VerifierFile>();
        builder.Services.AddSingleton<ReceiptProof>();
    }

    private static void AddReadingByToken(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ApiTokens>();
        builder.Services.AddScoped<SignersReader>();
        builder.Services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, ApiTokenAuthentication>(
            ApiTokenAuthentication.SchemeName, displayName: null, configureOptions: null);
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(Policies.ReadCountsByToken, policy => ApiTokenAuthentication.Demand(policy, ApiScopes.Counts))
            .AddPolicy(Policies.ReadListsByToken, policy => ApiTokenAuthentication.Demand(policy, ApiScopes.Lists));
    }

    private static void AddWeeklyExports(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ExportSettings>().BindConfiguration("Exports").ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ExportSettings>, ExportSettings.Validator>();
        builder.Services.AddSingleton<Webhook>();
        builder.Services.AddSingleton<ExportContent>();
        builder.Services.AddSingleton<WeeklyExportService>();
        builder.Services.AddHostedService(services => services.GetRequiredService<WeeklyExportService>());
    }

    public static void MapRecords(this WebApplication app)
    {
        app.MapReadingByToken();
        app.MapGet(VerifierFile.Address, (VerifierFile verifier, HttpContext http) => verifier.Send(http)).AllowAnonymous()
            .ExcludeFromDescription();
        app.MapGet("/r/{receipt}/proof.json", (string receipt, ReceiptProof proofs, HttpContext http) => proofs.SendAsync(receipt, http))
            .AllowAnonymous().ExcludeFromDescription().WithMetadata(new RateLimitAttribute(RateLimitPurpose.Drawing));
    }
}
