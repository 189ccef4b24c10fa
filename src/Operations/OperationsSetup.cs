using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace SafetyCampaign.Operations;

public static class OperationsSetup
{
    public static void AddOperations(this WebApplicationBuilder builder)
    {
        // Broken JSON is the asker's mistake in every environment, never an exception page.
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = false);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All));
    }

    /// <summary>First in the line: whatever happens behind is answered in words.</summary>
    public static void UseOperations(this WebApplication app)
    {
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/api"), Faults.AnswerAsProblems);
        app.Use(Faults.AnswerUnmatched);
    }
}
