using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Primitives;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Organizing.Events.Scenes;

/// <summary>A setting of a scene as a field of the form.</summary>
/// <param name="Name">Of the field in the form.</param>
/// <param name="Typed">What stands in the field.</param>
/// <param name="Texts">The texts of the scene.</param>
/// <param name="Stored">The scene as it is stored; null for one that has not been saved yet.</param>
public sealed record SettingField(
    SceneSetting Setting, string Name, StringValues Typed, IStringLocalizer Texts, ModelStateDictionary State,
    Scene? Stored, string EventCode)
{
    /// <summary>One view for each type of setting.</summary>
    public string View => $"/src/Organizing/Events/Scenes/Settings/{Setting.GetType().Name}.cshtml";

    public string Id => TagBuilder.CreateSanitizedId(Name, "_");

    public string Label => Text($"Settings.{Setting.Name}");

    public string? Hint => Texts[$"Settings.{Setting.Name}.Hint"] is { ResourceNotFound: false } hint ? hint.Value : null;

    public string? Error => State.TryGetValue(Name, out var entry) && entry.Errors.Count > 0 ? entry.Errors[0].ErrorMessage : null;

    public string? Class => Error is null ? null : "input-validation-error";

    public string? Invalid => Error is null ? null : "true";

    /// <summary>The ids of the hint and of the error, for a screen reader.</summary>
    public string? DescribedBy => (Hint, Error) switch
    {
        (null, null) => null,
        (_, null) => $"{Id}-hint",
        (null, _) => $"{Id}-error",
        _ => $"{Id}-hint {Id}-error",
    };

    public string Text(string key) => Texts[key];
}
