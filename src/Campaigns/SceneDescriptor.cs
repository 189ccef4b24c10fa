namespace SafetyCampaign.Campaigns;

/// <summary>
/// Describes one kind of scene: its number in the store, its name, its texts, and what an organizer settles for it. Each
/// kind has exactly one descriptor; <see cref="SceneRegistry{T}"/> holds them all.
/// </summary>
public abstract class SceneDescriptor
{
    /// <summary>The kind's number in the store.</summary>
    public abstract SceneKind Kind { get; }

    /// <summary>The kind's name in forms, for example <c>Oath</c>: ASCII letters, unique in any case.</summary>
    public virtual string Name => Kind.ToString();

    /// <summary>The kind's name in messages to screens, in scripts and in style sheets: <see cref="Name"/> in lower case.</summary>
    public string WireName => Name.ToLowerInvariant();

    /// <summary>
    /// The class whose resources hold the scene's texts. These keys are asked for by name: <c>Name</c> (the kind, in a list),
    /// <c>NewTitle</c> (the title of a scene that was just added), and for each setting <c>Settings.{name}</c> (its label) and,
    /// where it needs one, <c>Settings.{name}.Hint</c>.
    /// </summary>
    public abstract Type ResourceType { get; }

    /// <summary>What an organizer settles for a scene of this kind, in the order of the form; none by default.</summary>
    public virtual IReadOnlyList<SceneSetting> Settings => [];
}
