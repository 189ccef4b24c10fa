using Microsoft.AspNetCore.Mvc;
using SafetyCampaign.Operations;
using SafetyCampaign.Schools.Classes;
using SafetyCampaign.Schools.ClassLinks;
using SafetyCampaign.Schools.ClassPage;
using SafetyCampaign.Schools.Moves;
using SafetyCampaign.Schools.Paper;
using SafetyCampaign.Schools.Printing;
using SafetyCampaign.Schools.Relay;
using SafetyCampaign.Schools.Rosters.Import;
using SafetyCampaign.Schools.Slips;

namespace SafetyCampaign.Schools;

public static class SchoolsSetup
{
    public static void AddSchools(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ClassLinkAccess>();
        builder.Services.AddSingleton<PledgeClassUpdater>();
        builder.Services.AddSingleton<InterruptedChanges>();
        builder.Services.AddHostedService(services => services.GetRequiredService<InterruptedChanges>());
        builder.Services.AddSingleton<ClassMerger>();
        builder.Services.AddSingleton<ClassUnmerger>();
        builder.Services.AddSingleton<RosterImporter>();
        builder.Services.AddSingleton<RosterImports>();
        builder.Services.AddSingleton<RosterImportRecords>();
        builder.Services.AddSingleton<ClassCoverageReader>();
        builder.Services.AddSingleton<ClassPage.RosterAnswers>();
        builder.Services.AddSingleton<ClassPageDependencies>();
        builder.Services.AddSingleton<ClassSignEndpoint>();
        builder.Services.AddSingleton<ClassSignQueue>();
        builder.Services.AddSingleton<ClassSlips>();
        builder.Services.AddSingleton<PaperSheets>();
        builder.Services.AddSingleton<SheetPrinting>();
        builder.Services.AddSingleton<SlipPhotos>();
        builder.Services.AddSingleton<PaperPhotos>();
        builder.Services.AddSingleton<ClassPaperReader>();
        builder.Services.AddSingleton<PaperDecisions>();
        builder.Services.AddSingleton<SheetForms>();
        builder.Services.AddSingleton<EventPrinting>();
        builder.Services.AddSingleton<EventPrintDependencies>();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, SchoolsJson.Default));
    }

    public static void MapSchools(this WebApplication app)
    {
        var links = app.MapGroup("/api/class/{secret}").AllowAnonymous().WithTags("Classes")
            .WithMetadata(new RateLimitAttribute(RateLimitPurpose.ClassSigning), new RequestSizeLimitAttribute(ClassSignEndpoint.MaxBytes));
        var queue = app.Services.GetRequiredService<ClassSignQueue>();
        links.MapPost("/pledges", ClassApi.SignAsync).AddEndpointFilter(queue);
        links.MapPost("/answers", ClassApi.AnswerAsync).ExcludeFromDescription();
        app.MapGet(RelayWorkerEndpoint.Address, RelayWorkerEndpoint.Send).AllowAnonymous().ExcludeFromDescription();
    }
}
