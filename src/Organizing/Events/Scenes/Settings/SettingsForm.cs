using System.Globalization;
using Microsoft.Extensions.Primitives;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;

namespace SafetyCampaign.Organizing.Events.Scenes;

/// <summary>
/// Writes the settings of a scene into the form and reads them from it, by the type of each setting. What belongs to
/// another kind of scene, or to another page such as the film's file or a lecture's cards, stays as it was.
/// </summary>
internal static class SettingsForm
{
    /// <summary>What stands in a setting's field before anybody types.</summary>
    public static StringValues Write(SceneSetting setting, SceneSettings settings) => setting switch
    {
        LineSetting line => line.Get(settings),
        LinesSetting lines => string.Join('\n', lines.Get(settings)),
        NumberSetting number => number.Get(settings).ToString(CultureInfo.InvariantCulture),
        _ => StringValues.Empty,
    };

    /// <summary>The settings with what was typed for one of them.</summary>
    public static SceneSettings Read(SceneSetting setting, StringValues typed, FormReader read, SceneSettings before) => setting switch
    {
        LineSetting line => line.Set(before, read.Line(line.Name, typed, line.MaxLength, required: false)),
        LinesSetting lines => lines.Set(before, read.Lines(lines.Name, typed, lines.MaxLength, lines.MaxLines)),
        NumberSetting number => number.Set(before, read.Number(number.Name, typed, number.Min, number.Max)),
        _ => before,
    };

    /// <summary>The words of a translation with what was typed for one of them, beside what is translated.</summary>
    public static SceneSettings ReadBeside(
        SceneSetting setting, StringValues typed, FormReader read, SceneSettings original, SceneSettings before) => setting switch
        {
            LinesSetting lines => lines.Set(before, Said(read.LinesBeside(lines.Name, typed, lines.MaxLength, lines.Get(original).Count))),
            _ => Read(setting, typed, read, before),
        };

    /// <summary>Nothing, where all of its lines are empty.</summary>
    private static List<string> Said(List<string> lines) => lines.Exists(line => line != "") ? lines : [];
}
