using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Organizing;
using SafetyCampaign.Storage;

return await CommandLine.RunAsync(args, options =>
{
    var builder = WebApplication.CreateBuilder(options);
    builder.AddOperations();
    builder.AddStorage();
    builder.AddOrganizing();
    builder.AddLayout();

    var app = builder.Build();
    app.UseLanguages();
    app.UseOperations();
    app.UseOrganizing();

    app.MapStaticAssets().AllowAnonymous();
    app.MapRazorPages().WithStaticAssets();
    return app;
});

/// <summary>The program, for the tests' host.</summary>
public partial class Program;
