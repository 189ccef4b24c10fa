using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using SafetyCampaign.Intake;

namespace SafetyCampaign.Load.Host;

/// <summary>
/// What our program is measured against, in a process of its own: <c>/bare</c> parses a sign request and answers, and
/// stores nothing; <c>/context</c> does what most would write first. Both speak the same requests and answers as we do. What lies in the
/// folder <c>--files</c> is sent as it is.
/// </summary>
internal static class BaselineHost
{
    public static async Task RunAsync(RunOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Urls.Add($"http://127.0.0.1:{options.Number("port", 6300)}");

        var data = Directory.CreateTempSubdirectory("safety-campaign-baseline-");
        var contexts = await ContextPerRequest.CreateAsync(Path.Combine(data.FullName, "baseline.db"));
        app.MapPost("/bare/pledges", http => AnswerAsync(http, StoreNothingAsync));
        app.MapPost("/context/pledges", http => AnswerAsync(http, contexts.StoreAsync));
        if (options.Values.TryGetValue("files", out var folder))
            app.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(folder), ServeUnknownFileTypes = true });
        app.MapGet("/healthz/ready", http => Task.CompletedTask);
        // Whoever started us closes our input when it is gone, however it went.
        _ = Task.Run(() => { while (Console.ReadLine() is not null) { } app.Lifetime.StopApplication(); });
        try
        {
            await app.RunAsync();
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static Task<int> StoreNothingAsync(SignRequest request) => Task.FromResult(1);

    private static async Task AnswerAsync(HttpContext http, Func<SignRequest, Task<int>> store)
    {
        var request = await JsonSerializer.DeserializeAsync(http.Request.Body, BaselineJson.Default.SignRequest);
        var number = await store(request!);
        http.Response.StatusCode = StatusCodes.Status201Created;
        await http.Response.WriteAsJsonAsync(
            new SignAnswer("AAAAAAAAAAAAAAAAAAAAAAAA", number, DateTimeOffset.UtcNow, "0000-0000-0000"), BaselineJson.Default.SignAnswer);
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SignRequest))]
[JsonSerializable(typeof(SignAnswer))]
internal sealed partial class BaselineJson : JsonSerializerContext;
