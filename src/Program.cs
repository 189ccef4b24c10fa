using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

var builder = WebApplication.CreateBuilder(args);
builder.AddStorage();
builder.AddLayout();
builder.AddOperations();

var app = builder.Build();
app.UseLanguages();
app.UseOperations();
app.MapStaticAssets().AllowAnonymous();
app.MapRazorPages().WithStaticAssets();
app.Run();

/// <summary>The program, for the tests' host.</summary>
public partial class Program;
