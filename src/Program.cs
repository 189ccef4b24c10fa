using SafetyCampaign.Backups;
using SafetyCampaign.Desk;
using SafetyCampaign.Display;
using SafetyCampaign.Films;
using SafetyCampaign.Intake;
using SafetyCampaign.Layout;
using SafetyCampaign.Ledger;
using SafetyCampaign.Nodes;
using SafetyCampaign.Operations;
using SafetyCampaign.Organizing;
using SafetyCampaign.Pledging;
using SafetyCampaign.Records;
using SafetyCampaign.Schools;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;
return await CommandLine.RunAsync(args, [.. Verbs.Own, .. OrganizingSetup.Verbs], options =>
{
    var builder = WebApplication.CreateBuilder(options);
    builder.AddOperations();
    builder.AddStorage();
    builder.AddNodes();
    builder.AddFilms();
    builder.AddLedger();
    builder.AddBackups();
    builder.AddTallying();
    builder.AddIntake();
    builder.AddPledging();
    builder.AddDisplay();
    builder.AddDesk();
    builder.AddOrganizing();
    builder.AddSchools();
    builder.AddRecords();
    builder.AddLayout();
    return builder.Build();
}, app =>
{
    app.WarmUp();
    app.UseRequestNormalization();
    app.UseRouting(); // the sign route is answered here, before the middleware that only pages need
    app.UseLayout();
    app.UseOperations();
    app.UseDesk();
    app.MapOperations();
    app.MapPledging();
    app.MapDisplay();
    app.MapSchools();
    app.MapRecords();
    app.MapPages();
});
