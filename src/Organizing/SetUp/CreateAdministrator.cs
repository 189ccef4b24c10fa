using SafetyCampaign.Operations;

namespace SafetyCampaign.Organizing.SetUp;

/// <summary>
/// <c>create-administrator</c>: makes an account from the console, for a first start without a browser and for the day
/// when every administrator's password is lost.
/// </summary>
public static class CreateAdministrator
{
    public static readonly Verb Verb =
        new("create-administrator", "make an account that may do everything (asks; or --name NAME --password-file FILE)", RunAsync);

    private static async Task RunAsync(WebApplication app, IConfiguration typed)
    {
        await Verbs.UpgradeAsync(app);
        var name = typed["name"] ?? Ask("账号名 · Name: ", Console.ReadLine);
        var password = typed["password-file"] is { } file
            ? (await File.ReadAllTextAsync(file)).TrimEnd('\r', '\n')
            : Ask("密码 · Password: ", Console.IsInputRedirected ? Console.ReadLine : ReadUnseen);

        var outcome = await app.Services.GetRequiredService<AdministratorSetup>().CreateAsync(name, password);
        if (!outcome.Succeeded)
            throw new InvalidOperationException(string.Join(' ', outcome.Errors.Select(error => error.Description)));
        Console.WriteLine("账号已建立，首次登录后要先改密码 · The account is ready; its password must be changed first of all.");
    }

    private static string Ask(string question, Func<string?> read)
    {
        Console.Write(question);
        return read() ?? "";
    }

    private static string ReadUnseen()
    {
        var typed = new List<char>();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace)
                typed.RemoveRange(Math.Max(0, typed.Count - 1), Math.Min(1, typed.Count));
            else if (key.KeyChar != '\0')
                typed.Add(key.KeyChar);
        }
        Console.WriteLine();
        return new string([.. typed]);
    }
}
