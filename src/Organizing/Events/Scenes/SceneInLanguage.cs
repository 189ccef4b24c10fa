using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Organizing.Events.Scenes;

/// <summary>What a scene says in one further language, as a part of the form.</summary>
/// <param name="Field">The name of the part among the form's fields.</param>
/// <param name="Language">In which it is typed.</param>
/// <param name="Form">What stands in its fields.</param>
/// <param name="Original">The scene's own part, beside which it stands.</param>
/// <param name="Settings">The texts among its settings: its own field, and what stands in the original's.</param>
public sealed record SceneInLanguage(
    string Field, InterfaceLanguage Language, SceneTranslationForm Form, EventScenesPage.SceneForm Original,
    IReadOnlyList<(SettingField Field, string? Original)> Settings);
