using System.Globalization;
using System.Text.RegularExpressions;
using SafetyCampaign.Load.Faults.Starting;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Stage;

/// <summary>Who leads through the event, by the presses of the host's page.</summary>
internal sealed partial class StageHost
{
    private readonly DeskSession desk;
    private readonly string page;

    private StageHost(DeskSession desk, string page, IReadOnlyList<(int Id, string Kind)> scenes) =>
        (this.desk, this.page, Scenes) = (desk, page, scenes);

    /// <summary>In the order of the event.</summary>
    public IReadOnlyList<(int Id, string Kind)> Scenes { get; }

    public static async Task<StageHost> OfAsync(DeskSession desk, SeededEvent e)
    {
        var rooms = Room().Matches(await desk.ReadAsync($"/display/{e.Code}"));
        return new StageHost(desk, $"/host/{e.Code}",
            [.. rooms.Select(room => (int.Parse(room.Groups[1].Value, CultureInfo.InvariantCulture), room.Groups[2].Value))]);
    }

    /// <summary>Opens the page, as a host has done before the first press.</summary>
    public Task OpenAsync() => desk.OpenAsync(page);

    public int SceneOf(string kind) => Scenes.First(scene => scene.Kind == kind).Id;

    public Task ShowAsync(int scene) => desk.PressAsync(page, "Show", ("scene", $"{scene}"), ("step", "0"));

    public Task SignNowAsync() => desk.PressAsync(page, "SignNow");

    public Task RunAsync(bool on) => desk.PressAsync(page, "Run", ("on", on ? "true" : "false"));

    [GeneratedRegex("""data-room="(\d+)" data-kind="(\w+)""")]
    private static partial Regex Room();
}
